import { accountById } from '@anancus/db/queries/accounts'
import { setMovedTo } from '@anancus/db/queries/moves'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { fetchActor } from './confirm-actor.ts'
import { fetchBudget } from './fetch-budget.ts'
import { storeRemoteAccount } from './store-remote-account.ts'

/**
 * Fetches the account that a remote profile points to. One that points elsewhere itself counts as nowhere, so that
 * nobody leads us on without end. What `followRedirectJob` runs.
 *
 * @throws RemoteServerError the server of the new account did not answer
 */
export async function followRedirect(
  ctx: Ctx,
  payload: { accountId: string; targetUri: string },
): Promise<void> {
  const account = await accountById(ctx.db, payload.accountId)
  if (!account || isLocal(account) || account.suspended_at !== null) return
  const actor = await fetchActor(ctx, payload.targetUri, { budget: fetchBudget() })
  const isEnd = actor?.draft.uri === payload.targetUri && actor.draft.movedTo === null
  const target = isEnd ? await storeRemoteAccount(ctx, actor) : null
  await setMovedTo(ctx.db, account.id, target?.id ?? null)
}
