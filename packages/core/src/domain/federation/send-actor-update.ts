import { accountById } from '@anancus/db/queries/accounts'
import { updateActorJson } from '../../activitypub/render/index.ts'
import { loadGraph } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { accountReach } from './reach.ts'
import { sendActivity } from './send-activity.ts'

/** Tells everyone who knows a local account how its profile looks now. What `updateActorJob` runs. */
export async function sendActorUpdate(ctx: Ctx, payload: { accountId: string }): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || !isLocal(account)) return
  const inboxes = await accountReach(ctx, account)
  if (inboxes.length === 0) return
  const graph = await loadGraph(ctx, null, { accounts: [account.id] })
  const activity = updateActorJson(graph, ctx.config, account.id, account)
  await sendActivity(ctx, { signer: account, activity, inboxes })
}
