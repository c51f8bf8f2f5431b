import type { Status } from '@anancus/core/entities/types'
import type { ReactNode } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { FullTime } from '../../components/time-ago.tsx'
import { Text, useText } from '../../i18n/text.tsx'
import { openOverlay } from '../../state/overlays.ts'
import { statusPath } from './paths.ts'
import { VISIBILITIES } from './visibility.tsx'

/** What a timeline has no room for: the full date, who may read it, what it was written with, who reacted. */
export function FocusedFoot({ status }: { status: Status }) {
  const say = useText()
  const { icon: Icon, label } = VISIBILITIES[status.visibility]
  return (
    <>
      <p className="focused-facts">
        <FullTime date={status.created_at} />
        <span className="fact">
          <Icon size={14} aria-hidden="true" /> {say(label)}
        </span>
        {status.application && <span className="fact">{status.application.name}</span>}
        {status.edited_at && (
          <button
            type="button"
            className="fact fact-button"
            onClick={() => openOverlay({ type: 'history', statusId: status.id })}
          >
            <Text id="status.edited_at" values={{ when: <FullTime key="when" date={status.edited_at} /> }} />
          </button>
        )}
      </p>
      <Reactions status={status} />
    </>
  )
}

function Reactions({ status }: { status: Status }) {
  if (status.reblogs_count + status.favourites_count === 0) return null
  return (
    <p className="focused-counts">
      {status.reblogs_count > 0 && (
        <AppLink to={`${statusPath(status)}/reblogs`}>
          <Text id="status.reblogs" values={{ count: status.reblogs_count, b: strong }} />
        </AppLink>
      )}
      {status.favourites_count > 0 && (
        <AppLink to={`${statusPath(status)}/favourites`}>
          <Text id="status.favourites" values={{ count: status.favourites_count, b: strong }} />
        </AppLink>
      )}
    </p>
  )
}

// Typed for <Text>: a function among the values marks up a part of the message.
const strong = ((words: ReactNode) => <strong>{words}</strong>) as unknown as ReactNode
