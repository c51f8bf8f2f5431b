import type { AccountRow, StatusRow } from '@anancus/db'
import { statusById } from '@anancus/db/queries/statuses'
import {
  announceJson,
  createJson,
  deleteNoteJson,
  type NoteGraph,
  undoAnnounceJson,
  updateNoteJson,
} from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { announceToRelays, inboxOf, loadNotes, sendActivity, statusInboxes } from '../federation/index.ts'
import { approverOf } from './approve-status.ts'

/**
 * Sends a status of ours, an edit of it, or a reblog by one of ours to the servers it concerns; `refresh` is what changes
 * about a status without being an edit.
 */
export async function federateStatus(
  ctx: Ctx,
  status: StatusRow,
  author: AccountRow,
  kind: 'create' | 'update' | 'refresh',
): Promise<void> {
  if (kind === 'create') await announceToRelays(ctx, status, author)
  const inboxes = await statusInboxes(ctx, status)
  if (inboxes.length === 0) return
  const graph = await loadNotes(ctx, [status.id])
  await sendActivity(ctx, { signer: author, activity: render(ctx, graph, status, kind), inboxes })
}

/** Sends a status of ours to the author whose approval it needs, and to nobody else. */
export async function federateToApprover(
  ctx: Ctx,
  status: StatusRow,
  author: AccountRow,
  kind: 'create' | 'update' | 'refresh',
): Promise<void> {
  const approver = await approverOf(ctx, status)
  if (!approver) return
  const graph = await loadNotes(ctx, [status.id])
  const activity = render(ctx, graph, status, kind)
  await sendActivity(ctx, { signer: author, activity, inboxes: [inboxOf(approver)] })
}

function render(ctx: Ctx, graph: NoteGraph, status: StatusRow, kind: 'create' | 'update' | 'refresh') {
  if (status.reblog_of_id !== null) return announceJson(graph, ctx.config, status.id)
  if (kind === 'create') return createJson(graph, ctx.config, status.id)
  return updateNoteJson(graph, ctx.config, status.id, { isEdit: kind === 'update' })
}

/**
 * Tells the servers that may have a deleted status, or a reblog that was taken back. To be called while the rows that
 * say who they are still hang on it. A reblog that went with its original needs no word of its own.
 */
export async function federateRemoval(ctx: Ctx, status: StatusRow, author: AccountRow): Promise<void> {
  const inboxes = await statusInboxes(ctx, status, { includeInteracted: true })
  if (inboxes.length === 0) return
  const activity =
    status.reblog_of_id === null
      ? deleteNoteJson(ctx.config, status, author)
      : await renderUndoneReblog(ctx, status, author, status.reblog_of_id)
  if (activity) await sendActivity(ctx, { signer: author, activity, inboxes })
}

async function renderUndoneReblog(ctx: Ctx, reblog: StatusRow, account: AccountRow, originalId: string) {
  if (!(await statusById(ctx.db, originalId))) return null
  const graph = await loadNotes(ctx, [originalId])
  // The reblog is deleted already, so the graph does not find it by itself.
  graph.statuses.set(reblog.id, reblog)
  graph.accounts.set(account.id, account)
  return undoAnnounceJson(ctx.config, account, reblog.id, announceJson(graph, ctx.config, reblog.id))
}
