import { insertMentions } from '@anancus/db/queries/mentions'
import { statusById } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'
import { fetchBudget, resolveAccountByUri } from '../accounts/index.ts'

/**
 * Asks once more for an account that a remote status names and whose server did not answer when it came. What
 * `resolveMentionJob` runs.
 *
 * @throws RemoteServerError it does not answer yet
 */
export async function resolveMention(ctx: Ctx, payload: { statusId: string; uri: string }): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  if (!status || status.local) return
  const account = await resolveAccountByUri(ctx, payload.uri, { budget: fetchBudget() })
  if (account) await insertMentions(ctx.db, status.id, [account.id])
}
