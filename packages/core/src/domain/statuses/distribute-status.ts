import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { localQuotesOf, quoteOfStatus } from '@anancus/db/queries/quotes'
import { localRebloggers, mentionedLocals, notifiedFollowers } from '@anancus/db/queries/status-audience'
import { statusById } from '@anancus/db/queries/statuses'
import { notifyJob, pushToFeedsJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import { updateConversation } from '../conversations/index.ts'
import { planCard } from '../previews/index.ts'
import { publishToStreams } from '../timelines/index.ts'
import { registerStatus } from '../trends/index.ts'
import { notifyQuoted } from './answer-quote.ts'
import { awaitsApproval } from './approve-status.ts'
import { federateStatus, federateToApprover } from './federate-status.ts'
import { mailReaders } from './mail-readers.ts'
import { requestQuote } from './publish-quote.ts'
import { quoteStateOf } from './settle-quote.ts'

const DIRECT = stored(VISIBILITIES, 'direct')

/**
 * All consequences of a new or edited status, local or remote, reblogs included: conversations, home feeds, public
 * streams, notifications, and for ours other servers. May run again after a crash: nothing happens twice to a reader.
 * What has to be approved by the author of another server goes to them alone until they do.
 * A `refresh` is a change that is no edit (who may quote it, whether its quote stands): it is shown, nobody is notified.
 */
export async function distributeStatus(
  ctx: Ctx,
  payload: { statusId: string; kind: 'create' | 'update' | 'refresh' },
): Promise<void> {
  const status = await statusById(ctx.db, payload.statusId)
  const author = status ? await accountById(ctx.db, status.account_id) : null
  if (!status || !author || author.suspended_at !== null) return
  const { kind } = payload
  if (await awaitsApproval(ctx, status)) return federateToApprover(ctx, status, author, kind)
  const shownAs = kind === 'create' ? 'create' : 'update'
  // Together, so that a job that runs again has not sent half of it before.
  await transaction(ctx, async (tx) => {
    if (status.visibility >= DIRECT && kind === 'create' && isLocal(author))
      await updateConversation(tx, { accountId: author.id, statusId: status.id })
    if (kind !== 'refresh') await planCard(tx, status, kind)
    await enqueue(tx, pushToFeedsJob, { statusId: status.id, afterFollowId: '0', kind: shownAs })
    if (kind !== 'refresh') await notifyOf(tx, status, kind)
    if (!isLocal(author)) return
    await federateStatus(tx, status, author, kind)
    if (kind === 'create') await mailReaders(tx, status)
    if (kind === 'create' && status.reblog_of_id === null) await requestQuote(tx, status, author)
  })
  await publishToStreams(ctx, status, shownAs)
  if (kind === 'create') await registerStatus(ctx, status, author)
}

/** Who is named, who asked to be told, and after an edit who has reblogged. Whether they want it `notify` knows. */
async function notifyOf(tx: Ctx, status: StatusRow, kind: 'create' | 'update'): Promise<void> {
  if (status.reblog_of_id !== null) return
  await notifyOfQuotes(tx, status, kind)
  const mentions = await mentionedLocals(tx.db, status.id, status.account_id)
  const about = { activityType: 'Status', activityId: status.id, fromAccountId: status.account_id }
  const others = await (kind === 'create' ? followersToTell(tx, status) : localRebloggers(tx.db, status.id))
  const mentioned = new Set(mentions.map((mention) => mention.account_id))
  await enqueueMany(tx, notifyJob, [
    ...mentions.map(({ id, account_id }) => ({
      ...about,
      recipientId: account_id,
      type: 'mention',
      activityType: 'Mention',
      activityId: id,
    })),
    ...others
      .filter((id) => id !== status.account_id && !(kind === 'create' && mentioned.has(id)))
      .map((id) => ({ ...about, recipientId: id, type: kind === 'create' ? 'status' : 'update' })),
  ])
}

/** Of a new quote that stands its author hears; of an edit those of ours who quote what was edited. */
async function notifyOfQuotes(tx: Ctx, status: StatusRow, kind: 'create' | 'update'): Promise<void> {
  if (kind === 'update') {
    const quoting = await localQuotesOf(tx.db, status.id)
    await enqueueMany(
      tx,
      notifyJob,
      quoting
        .filter(({ account_id }) => account_id !== status.account_id)
        .map(({ account_id, status_id }) => ({
          recipientId: account_id,
          type: 'quoted_update',
          activityType: 'Status',
          activityId: status_id,
          fromAccountId: status.account_id,
        })),
    )
    return
  }
  const quote = await quoteOfStatus(tx.db, status.id)
  if (!quote || quote.quoted_account_id === null || quote.quoted_account_id === status.account_id) return
  if (quoteStateOf(quote) === 'accepted') await notifyQuoted(tx, quote, quote.quoted_account_id)
}

/** Followers with the bell on hear of what starts or continues the author's own threads. */
async function followersToTell(tx: Ctx, status: StatusRow): Promise<string[]> {
  const answersOthers = status.reply && status.in_reply_to_account_id !== status.account_id
  if (status.visibility >= DIRECT || answersOthers) return []
  return notifiedFollowers(tx.db, status.account_id)
}
