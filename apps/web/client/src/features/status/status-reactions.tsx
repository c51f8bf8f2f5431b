import type { Status } from '@anancus/core/entities/types'
import { reactToStatus } from '../../api/statuses.ts'
import { ReactionBar } from '../../components/reaction-bar.tsx'
import { patchStatus, statuses } from '../../state/entities.ts'
import { openOverlay } from '../../state/overlays.ts'
import { isSignedIn } from '../../state/session.ts'
import { withToggled } from '../../state/with-reaction.ts'

const MOST = 50

/** The reactions to a post; without any only the post that a thread is about has a place for them. */
export function StatusReactions({ status, focused }: { status: Status; focused?: boolean }) {
  const reactions = status.reactions ?? []
  if (reactions.length === 0 && !(focused && isSignedIn)) return null
  return <ReactionBar reactions={reactions} most={MOST} onToggle={(name) => toggle(status.id, name)} />
}

/** Shown at once, and as before when the server says no. */
async function toggle(id: string, name: string): Promise<void> {
  if (!isSignedIn) return openOverlay({ type: 'sign-in' })
  const before = statuses.get(id)?.reactions ?? []
  const isMine = before.find((reaction) => reaction.name === name)?.me === true
  patchStatus(id, { reactions: withToggled(before, name) })
  try {
    await reactToStatus(id, isMine ? 'unreact' : 'react', name)
  } catch (error) {
    patchStatus(id, { reactions: before })
    throw error
  }
}
