import { accountById } from '@anancus/db/queries/accounts'
import { pollInboxUrls } from '@anancus/db/queries/deliveries'
import { statusById } from '@anancus/db/queries/statuses'
import { updatePollJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { loadNotes, sendActivity } from '../federation/index.ts'

/** Tells the servers of those who see a poll of ours how it stands. What `sendPollUpdateJob` runs. */
export async function sendPollUpdate(ctx: Ctx, payload: { statusId: string }): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  const author = status ? await accountById(ctx.db, status.account_id) : null
  if (!status || status.poll_id === null || !author || !isLocal(author) || author.suspended_at !== null)
    return
  const inboxes = await pollInboxUrls(ctx.db, status.id)
  if (inboxes.length === 0) return
  const graph = await loadNotes(ctx, [status.id])
  await sendActivity(ctx, { signer: author, activity: updatePollJson(graph, ctx.config, status.id), inboxes })
}
