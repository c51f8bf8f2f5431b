import { type AccountRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { sharedStatus, usableTagsOf } from '@anancus/db/queries/trends'
import type { Ctx } from '../../kernel/context.ts'
import { recordUsed, recordUses } from './uses.ts'

const PUBLIC = stored(VISIBILITIES, 'public')

/**
 * Counts a new status for what may trend: an original for its hashtags, a reblog for the link and the status it
 * shares. Only what is public and by somebody who is heard counts. At most one statement.
 */
export async function registerStatus(
  ctx: Ctx,
  status: StatusRow,
  author: Pick<AccountRow, 'id' | 'silenced_at'>,
): Promise<void> {
  if (status.visibility !== PUBLIC || author.silenced_at !== null) return
  if (status.reblog_of_id === null)
    await recordUses(ctx, 'tags', await usableTagsOf(ctx.db, status.id), author.id)
  else await registerShare(ctx, status.reblog_of_id, author.id)
}

async function registerShare(ctx: Ctx, statusId: string, accountId: string): Promise<void> {
  const original = await sharedStatus(ctx.db, statusId)
  if (original?.is_trendable_link && original.card_id !== null)
    await recordUses(ctx, 'links', [original.card_id], accountId)
  if (original?.may_trend) await recordUsed(ctx, 'statuses', [original.id])
}

/** Counts a favourite for the status. Whether it may trend is looked at when scores are made. No statement. */
export async function registerFavourite(
  ctx: Ctx,
  status: Pick<StatusRow, 'id' | 'visibility' | 'sensitive' | 'spoiler_text' | 'reply'>,
): Promise<void> {
  const isOpen = status.visibility === PUBLIC && !status.sensitive && status.spoiler_text === ''
  if (isOpen && !status.reply) await recordUsed(ctx, 'statuses', [status.id])
}

/** Counts a link that was just hung on a status, for its author. One statement. */
export async function registerLink(ctx: Ctx, status: Pick<StatusRow, 'id' | 'account_id'>): Promise<void> {
  const facts = await sharedStatus(ctx.db, status.id)
  if (facts?.is_trendable_link && facts.card_id !== null)
    await recordUses(ctx, 'links', [facts.card_id], status.account_id)
}
