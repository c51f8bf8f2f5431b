import type { AccountRow } from '@anancus/db'
import { replaceKeysOf } from '@anancus/db/queries/keys'
import { deleteTombstonesOf } from '@anancus/db/queries/tombstones'
import { refollowJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { redisKey } from '../../kernel/redis-keys.ts'

/** Some servers change their keys again and again: nobody is asked anew more often than this. */
const ASKED_ANEW_SECONDS = 24 * 60 * 60

/**
 * Sets the keys that the server of a known account shows. When it shows none of those we had, and nothing signed by one
 * of them says so, the server may have begun anew: what it deleted before counts no more, and our follows are told again.
 *
 * @param before the keys it had; null when an old one says that they change
 */
export async function changeKeys(
  tx: Ctx,
  account: Pick<AccountRow, 'id'>,
  keys: readonly { uri: string; publicKey: string }[],
  before: ReadonlySet<string> | null,
): Promise<void> {
  await replaceKeysOf(tx.db, account.id, keys)
  if (!before || before.size === 0 || keys.length === 0) return
  if (keys.some((key) => before.has(key.publicKey.trim()))) return
  await deleteTombstonesOf(tx.db, account.id)
  const memory = redisKey(tx, `asked_anew:${account.id}`)
  if (await tx.redis.set(memory, '1', 'EX', ASKED_ANEW_SECONDS, 'NX'))
    await enqueue(tx, refollowJob, { accountId: account.id, afterFollowId: '0' })
}
