import type { AccountRow } from '@anancus/db'
import { accountByUri } from '@anancus/db/queries/accounts'
import { setMovedTo } from '@anancus/db/queries/moves'
import type { ActorDraft } from '../../activitypub/parse/actor.ts'
import { followRedirectJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { isOwnUri, localAccountByUri } from './local-account.ts'

/**
 * Notes where a remote profile says it has gone, or that it says so no more. Only what its page shows comes of it: who
 * follows it goes along by a Move alone. A new account that we do not know is fetched by a job.
 *
 * @param account as it is now, not suspended
 */
export async function noteRedirect(tx: Ctx, account: AccountRow, draft: ActorDraft): Promise<AccountRow> {
  const { movedTo } = draft
  if (movedTo === null || movedTo === account.uri) return point(tx, account, null)
  const target = isOwnUri(tx, movedTo)
    ? await localAccountByUri(tx, movedTo)
    : await accountByUri(tx.db, movedTo)
  if (target || isOwnUri(tx, movedTo)) return point(tx, account, target?.id ?? null)
  await enqueue(
    tx,
    followRedirectJob,
    { accountId: account.id, targetUri: movedTo },
    { jobId: `redirect-${account.id}` },
  )
  return account
}

async function point(tx: Ctx, account: AccountRow, targetId: string | null): Promise<AccountRow> {
  if (account.moved_to_account_id === targetId) return account
  return (await setMovedTo(tx.db, account.id, targetId)) ?? account
}
