import type { AccountRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { hasLocalFollower, isEnabledRelay } from '@anancus/db/queries/inbox'
import { isAuthorRelevant } from '@anancus/db/queries/remote-statuses'
import type { NoteDraft } from '../../activitypub/parse/note.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { accountsAmong, remoteVisibility } from '../statuses/index.ts'
import type { Arrival } from './handler.ts'

/**
 * Whether a status that was sent to us concerns anybody here: it is addressed to somebody here, or somebody here
 * follows its author and may read it, or, when it is for everybody, it answers somebody of ours or whom we follow, or
 * came by a relay. Strangers' statuses to nobody are not kept, and neither are letters to others.
 */
export async function isRelevant(
  ctx: Ctx,
  author: AccountRow,
  draft: NoteDraft,
  arrival: Arrival,
): Promise<boolean> {
  if (arrival.inboxOwner !== null || (await addressesUs(ctx, draft))) return true
  const visibility = remoteVisibility(draft, author, false)
  if (visibility === 'direct' || visibility === 'limited') return false
  if (visibility === 'private') return hasLocalFollower(ctx.db, author.id)
  if (await isAuthorRelevant(ctx.db, author.id, draft.inReplyTo)) return true
  return (await isRelay(ctx, author)) || (await isFromRelay(ctx, author, arrival))
}

/** Passed on, in the author's own words, by a relay we asked. */
async function isFromRelay(ctx: Ctx, author: AccountRow, { bringerId }: Arrival): Promise<boolean> {
  if (bringerId === null || bringerId === author.id) return false
  const bringer = await accountById(ctx.db, bringerId)
  return bringer !== null && isRelay(ctx, bringer)
}

/** Whether an actor is a relay we asked. Its inbox says so, which only counts where the actor itself is at home. */
export function isRelay(ctx: Ctx, actor: AccountRow): Promise<boolean> {
  const inboxes = [actor.inbox_url, actor.shared_inbox_url]
  return isEnabledRelay(
    ctx.db,
    inboxes.filter((inbox) => isSameOrigin(inbox, actor.uri)),
  )
}

/** One statement, however many of ours are named. */
async function addressesUs(ctx: Ctx, draft: NoteDraft): Promise<boolean> {
  const own = new Set([...draft.to, ...draft.cc, ...draft.mentions].filter((uri) => isOwnUri(ctx, uri)))
  const known = own.size === 0 ? null : await accountsAmong(ctx, [...own])
  return known !== null && [...own].some((uri) => known.has(uri))
}
