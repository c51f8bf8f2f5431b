import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { hasMailReaders } from '@anancus/db/queries/email-subscriptions'
import { mailSubscribersJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { MAIL_DELAY_MS } from './limits.ts'

const PUBLIC = stored(VISIBILITIES, 'public')

/** Those who read an account by mail get what its author starts in public, some minutes later. One statement. */
export async function mailReaders(tx: Ctx, status: StatusRow): Promise<void> {
  const isOwnStart = status.reblog_of_id === null && status.in_reply_to_id === null && !status.reply
  if (status.visibility !== PUBLIC || !isOwnStart || !(await hasMailReaders(tx.db, status.account_id))) return
  await enqueue(
    tx,
    mailSubscribersJob,
    { accountId: status.account_id, firstStatusId: status.id, statusIds: [], afterReaderId: '0' },
    { delayMs: MAIL_DELAY_MS, jobId: status.account_id },
  )
}
