import type { Announcement } from '@anancus/core/entities/types'
import { ReactionBar } from '../../components/reaction-bar.tsx'
import { toggleReaction } from './use-announcements.ts'

const MOST = 8

/** The reactions to an announcement. */
export function Reactions({ announcement }: { announcement: Announcement }) {
  return (
    <ReactionBar
      reactions={announcement.reactions}
      most={MOST}
      onToggle={(name) => toggleReaction(announcement, name)}
    />
  )
}
