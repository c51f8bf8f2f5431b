import type { AccountRow } from '@anancus/db'
import type { Document } from '../vocabulary.ts'
import { type AudienceDraft, audienceIn, storedAudience } from './quote-policy.ts'
import { documentOf } from './values.ts'

/** Whom an author lets favourite, answer and reblog; null is everybody. */
export interface InteractionPolicyDraft {
  favourite: AudienceDraft | null
  reply: AudienceDraft | null
  reblog: AudienceDraft | null
}

/**
 * Reads what may be done to an object. Null when it says nothing about it, which lets everybody do everything.
 *
 * @see https://docs.gotosocial.org/en/latest/federation/interaction_policy/
 */
export function interactionPolicyIn(document: Document): InteractionPolicyDraft | null {
  const policy = documentOf(document.interactionPolicy)
  const draft = {
    favourite: audienceIn(policy?.canLike),
    reply: audienceIn(policy?.canReply) ?? (isClosed(document) ? NOBODY : null),
    reblog: audienceIn(policy?.canAnnounce),
  }
  return draft.favourite || draft.reply || draft.reblog ? draft : null
}

const NOBODY: AudienceDraft = { automatic: [], manual: [] }
/** PeerTube's number for it. */
const COMMENTS_DISABLED = 2

/** Whether nobody may answer any more, as PeerTube, Pixelfed, Lemmy and Mobilizon say it: they drop what comes. */
function isClosed(document: Document): boolean {
  const { commentsEnabled, commentsPolicy, repliesModerationOption } = document
  return (
    commentsEnabled === false || commentsPolicy === COMMENTS_DISABLED || repliesModerationOption === 'closed'
  )
}

type Author = Pick<AccountRow, 'uri' | 'followers_url' | 'following_url'>

/** The stored form, each part as that of who may quote. */
export function storedInteractionPolicy(draft: InteractionPolicyDraft | null, author: Author) {
  if (draft === null) return null
  const stored = (part: AudienceDraft | null) => (part === null ? null : storedAudience(part, author))
  return { favourite: stored(draft.favourite), reply: stored(draft.reply), reblog: stored(draft.reblog) }
}
