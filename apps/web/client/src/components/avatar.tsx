import type { Account } from '@anancus/core/entities/types'
import { animatesPictures } from '../state/preferences.ts'

/** The picture beside a name; the name says who it is, so it is mute for screen readers. */
export function Avatar({ account, size = 46 }: { account: Account; size?: number }) {
  return (
    <img
      className="avatar"
      src={animatesPictures() ? account.avatar : account.avatar_static}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  )
}
