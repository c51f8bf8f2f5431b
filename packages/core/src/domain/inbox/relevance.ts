import type { AccountRow } from '@anancus/db'
import { isEnabledRelay } from '@anancus/db/queries/inbox'
import { isAuthorRelevant } from '@anancus/db/queries/remote-statuses'
import type { NoteDraft } from '../../activitypub/parse/note.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri, localAccountByUri } from '../accounts/index.ts'
import type { Arrival } from './handler.ts'

/**
 * Whether a status that was sent to us concerns anybody here: somebody follows its author, it answers somebody of ours
 * or somebody we follow, or it is addressed to somebody here. Strangers' statuses to nobody are not kept.
 */
export async function isRelevant(
  ctx: Ctx,
  author: AccountRow,
  draft: NoteDraft,
  arrival: Arrival,
): Promise<boolean> {
  if (arrival.inboxOwner !== null || (await addressesUs(ctx, draft))) return true
  if (await isAuthorRelevant(ctx.db, author.id, draft.inReplyTo)) return true
  return isRelay(ctx, author)
}

export function isRelay(ctx: Ctx, actor: AccountRow): Promise<boolean> {
  return isEnabledRelay(ctx.db, [actor.inbox_url, actor.shared_inbox_url].filter(Boolean))
}

async function addressesUs(ctx: Ctx, draft: NoteDraft): Promise<boolean> {
  const own = new Set([...draft.to, ...draft.cc, ...draft.mentions].filter((uri) => isOwnUri(ctx, uri)))
  for (const uri of own) if (await localAccountByUri(ctx, uri)) return true
  return false
}
