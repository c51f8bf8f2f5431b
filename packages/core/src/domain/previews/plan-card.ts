import type { StatusRow } from '@anancus/db'
import { detachOtherCards, hasCard, showsMediaOrQuote } from '@anancus/db/queries/preview-cards'
import { fetchCardJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { REMOTE_JITTER_MS } from './limits.ts'
import { statusLink } from './status-link.ts'

/**
 * Sees to the preview of a new or edited status: asks for one where it links to a page and shows nothing else, takes
 * away that of a link which an edit removed. Every server gets another's status at once, so that its page is read after
 * a moment that chance decides.
 */
export async function planCard(ctx: Ctx, status: StatusRow, kind: 'create' | 'update'): Promise<void> {
  if (status.reblog_of_id !== null) return
  const link = await statusLink(ctx, status)
  const isBare = link !== null && !(await showsMediaOrQuote(ctx.db, status.id))
  if (kind === 'update') await detachOtherCards(ctx.db, status.id, isBare ? link : null)
  if (!isBare || (kind === 'update' && (await hasCard(ctx.db, status.id)))) return
  const delayMs = status.local ? 0 : Math.round(1_000 + Math.random() * (REMOTE_JITTER_MS - 1_000))
  await enqueue(ctx, fetchCardJob, { statusId: status.id }, { delayMs })
}
