import { type AccountRow, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { incrementAccountStats } from '@anancus/db/queries/accounts'
import { attachMedia } from '@anancus/db/queries/media-attachments'
import { insertMentions } from '@anancus/db/queries/mentions'
import { insertApproval } from '@anancus/db/queries/interaction-policies'
import { insertPoll } from '@anancus/db/queries/polls'
import { insertStatus } from '@anancus/db/queries/status-writes'
import { incrementStatusStats } from '@anancus/db/queries/statuses'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { InvariantError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { actorUri } from '../../kernel/uris.ts'
import { countInteraction } from '../instance/index.ts'
import { type DraftOptions, draftStatus, type StatusDraft, type StatusParams } from './draft-status.ts'
import { awaitPollEnd } from './end-poll.ts'
import { storeQuote } from './publish-quote.ts'
import { mediaGone } from './status-media.ts'
import { tagLinkedCollections } from './tag-collections.ts'
import { tagStatus } from './tag-status.ts'

const DIRECT = stored(VISIBILITIES, 'direct')
const UNLISTED = stored(VISIBILITIES, 'unlisted')

/**
 * Publishes a status of ours. Consequences (feeds, notifications, federation) follow by `statuses.distribute`.
 *
 * HOT PATH: status publish. One transaction, at most 9 statements in it, 11 with a poll, 3 more with a quote.
 *
 * @throws NotFoundError the status replied to is not visible to the author, or that quoted may not be
 * @throws ValidationError text blank or too long, media not ready, poll malformed, unknown visibility, a disallowed hashtag
 * @throws UnexpectedMentionsError somebody is addressed who is not in `allowedMentions`
 * @see https://docs.joinmastodon.org/methods/statuses/#create
 */
export async function publishStatus(
  ctx: Ctx,
  account: AccountRow,
  params: StatusParams,
  options: DraftOptions = {},
): Promise<StatusRow> {
  const draft = await draftStatus(ctx, account, params, options)
  return transaction(ctx, (tx) => storeStatus(tx, account, draft))
}

/** Writes a draft down with all that hangs on it. Inside a transaction. */
export async function storeStatus(tx: Ctx, account: AccountRow, draft: StatusDraft): Promise<StatusRow> {
  const status = await insertDraft(tx, account, draft)
  await insertMentions(
    tx.db,
    status.id,
    draft.mentions.map((mentioned) => mentioned.id),
  )
  if (draft.mustBeApproved) await insertApproval(tx.db, status.id)
  if (draft.quoted) await storeQuote(tx, account, status, draft.quoted)
  if (draft.tagNames.length > 0) await tagStatus(tx, status, draft.tagNames)
  await tagLinkedCollections(tx, status.id, status.text)
  await attach(tx, account, status, draft)
  const pollId = await beginPoll(tx, status, draft)
  await count(tx, status)
  if (draft.thread && draft.thread.account_id !== account.id) await countInteraction(tx, account)
  await enqueue(tx, distributeStatusJob, { statusId: status.id, kind: 'create' })
  return { ...status, poll_id: pollId }
}

async function beginPoll(tx: Ctx, status: StatusRow, { poll }: StatusDraft): Promise<string | null> {
  if (!poll) return null
  const id = await insertPoll(tx.db, status.account_id, status.id, poll)
  await awaitPollEnd(tx, { id, expiresAt: poll.expiresAt })
  return id
}

async function insertDraft(tx: Ctx, account: AccountRow, draft: StatusDraft): Promise<StatusRow> {
  const { thread } = draft
  const status = await insertStatus(tx.db, {
    accountId: account.id,
    inReplyToId: thread?.id ?? null,
    inReplyToAccountId: thread ? repliedAccountId(account, thread) : null,
    isReply: thread !== null,
    reblogOfId: null,
    applicationId: draft.applicationId,
    conversationId: thread?.conversation_id ?? null,
    language: draft.language,
    isLocal: true,
    mediaIds: draft.media.map((media) => media.id),
    quoteApprovalPolicy: draft.quoteApprovalPolicy,
    sensitive: draft.sensitive,
    spoilerText: draft.spoilerText,
    text: draft.text,
    visibility: draft.visibility,
    uri: null,
    uriPrefix: `${actorUri(tx.config, account)}/statuses/`,
    uriSuffix: '',
    createdAt: tx.clock.now(),
  })
  if (!status) throw new InvariantError('a new status has the address of another')
  return status
}

/** Who continues their own reply still speaks to the one they answered first. */
function repliedAccountId(account: AccountRow, thread: StatusRow): string {
  if (thread.account_id !== account.id || !thread.reply) return thread.account_id
  return thread.in_reply_to_account_id ?? thread.account_id
}

async function attach(tx: Ctx, account: AccountRow, status: StatusRow, draft: StatusDraft): Promise<void> {
  const ids = draft.media.map((media) => media.id)
  if ((await attachMedia(tx.db, account.id, status.id, ids)) < ids.length) throw mediaGone(ids)
}

async function count(tx: Ctx, status: StatusRow): Promise<void> {
  if (status.visibility === DIRECT) return
  await incrementAccountStats(tx.db, status.account_id, { statuses: 1, lastStatusAt: status.created_at })
  if (status.in_reply_to_id !== null && status.visibility <= UNLISTED)
    await incrementStatusStats(tx.db, status.in_reply_to_id, { replies: 1 })
}
