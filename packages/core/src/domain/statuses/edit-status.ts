import {
  type AccountRow,
  type MediaAttachmentRow,
  type PollRow,
  type StatusRow,
  type UserRow,
} from '@anancus/db'
import { attachMedia, describeMedia, mediaOfStatus } from '@anancus/db/queries/media-attachments'
import { insertMentions, silenceMentionsExcept } from '@anancus/db/queries/mentions'
import { deletePoll, insertPoll, type PollContent, replacePoll } from '@anancus/db/queries/polls'
import { pollOfStatus } from '@anancus/db/queries/remote-statuses'
import { insertStatusEdit } from '@anancus/db/queries/status-edits'
import { lockStatus, updateStatus } from '@anancus/db/queries/status-writes'
import { quoteOfStatus } from '@anancus/db/queries/quotes'
import { userByAccountId } from '@anancus/db/queries/users'
import { shownSettings } from '../../graph/index.ts'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { extractHashtags } from '../../kernel/text/extract.ts'
import { transaction } from '../../kernel/transaction.ts'
import { checkDescription, parseFocus } from '../media/index.ts'
import { languageFor, quotePolicyFor } from './draft-status.ts'
import { awaitPollEnd } from './end-poll.ts'
import { findMentions, type Mentions } from './find-mentions.ts'
import { draftPoll, type PollParams } from './poll-draft.ts'
import { mediaForStatus, mediaGone } from './status-media.ts'
import { refuseProblems, type StatusText, statusText, textProblems } from './status-text.ts'
import { retagLinkedCollections } from './tag-collections.ts'
import { retagStatus } from './tag-status.ts'

/** An edit is a replacement: what is absent is emptied, but for language and quote policy. */
export interface EditParams {
  status?: string | undefined
  spoilerText?: string | undefined
  sensitive?: boolean | undefined
  language?: string | undefined
  mediaIds?: readonly string[] | undefined
  poll?: PollParams | undefined
  mediaAttributes?: readonly MediaChange[] | undefined
  quoteApprovalPolicy?: string | undefined
}

export interface MediaChange {
  id: string
  description?: string | undefined
  focus?: string | undefined
}

interface Edit extends StatusText {
  mentions: Mentions
  language: string
  quoteApprovalPolicy: number
  /** What hangs on the status, also what it no longer shows. */
  attached: MediaAttachmentRow[]
  media: MediaAttachmentRow[]
  poll: PollContent | null
  /** The quote in it, which no edit changes. */
  quoteId: string | null
  changes: MediaChange[]
}

/**
 * Replaces the content of an own status and keeps what it was. Nothing changed: nothing recorded, nothing sent.
 *
 * @throws NotFoundError not theirs, or a reblog
 * @throws ValidationError as `publishStatus`
 * @see https://docs.joinmastodon.org/methods/statuses/#edit
 */
export async function editStatus(
  ctx: Ctx,
  account: AccountRow,
  status: StatusRow,
  params: EditParams,
  options: { user?: UserRow | undefined; deadlineMs?: number | undefined } = {},
): Promise<StatusRow> {
  if (status.account_id !== account.id || status.reblog_of_id !== null) throw new NotFoundError()
  const edit = await draftEdit(ctx, account, status, params, options)
  return transaction(ctx, async (tx) => {
    const before = await lockStatus(tx.db, status.id)
    if (!before) throw new NotFoundError()
    const poll = await pollOfStatus(tx.db, before.id)
    const isVisible = isVisibleChange(before, edit) || isPollChanged(poll, edit.poll)
    if (!isVisible && before.quote_approval_policy === edit.quoteApprovalPolicy) return before
    const after = await apply(tx, before, poll, edit, isVisible ? nextEditTime(before, tx.clock.now()) : null)
    // A new quote policy alone is no edit: nobody is notified.
    const kind = isVisible ? 'update' : 'refresh'
    await enqueue(tx, distributeStatusJob, { statusId: after.id, kind })
    return after
  })
}

async function draftEdit(
  ctx: Ctx,
  account: AccountRow,
  status: StatusRow,
  params: EditParams,
  options: { user?: UserRow | undefined; deadlineMs?: number | undefined },
): Promise<Edit> {
  const attached = await mediaOfStatus(ctx.db, status.id)
  const media = await mediaForStatus(ctx, account.id, params.mediaIds ?? [], attached)
  const quote = await quoteOfStatus(ctx.db, status.id)
  const text = statusText(params, false, { hasQuote: quote !== null })
  const poll = params.poll ? draftPoll(params.poll, ctx.clock.now()) : null
  const mayBeBlank = media.length > 0 || quote !== null
  refuseProblems([...textProblems(text, { mayBeBlank }), ...(poll?.problems ?? [])])
  const changes = (params.mediaAttributes ?? []).filter((change) => media.some(({ id }) => id === change.id))
  for (const change of changes) checkDescription(change.description)
  const user = options.user ?? (await userByAccountId(ctx.db, account.id))
  const defaults = shownSettings(user?.settings ?? null)
  const mentions = await findMentions(ctx, account, text.text, { deadlineMs: options.deadlineMs })
  return {
    ...text,
    text: mentions.text,
    mentions,
    language: languageFor(ctx, params.language, status.language, defaults.defaultLanguage, user?.locale),
    quoteApprovalPolicy: params.quoteApprovalPolicy
      ? quotePolicyFor(status.visibility, params.quoteApprovalPolicy, defaults)
      : status.quote_approval_policy,
    attached,
    media,
    poll: poll?.poll ?? null,
    quoteId: quote?.id ?? null,
    changes,
  }
}

function isVisibleChange(before: StatusRow, edit: Edit): boolean {
  return (
    before.text !== edit.text ||
    before.spoiler_text !== edit.spoilerText ||
    before.sensitive !== edit.sensitive ||
    before.language !== edit.language ||
    shownIds(before, edit.attached).join() !== edit.media.map((media) => media.id).join() ||
    edit.changes.some((change) => changesMedia(edit.media, change))
  )
}

/** A poll is sent with the time it has left, so that one that is sent again has another end: as Mastodon, an edit. */
function isPollChanged(before: PollRow | null, after: PollContent | null): boolean {
  if (before === null || after === null) return before !== after
  return (
    before.options.join('\n') !== after.options.join('\n') ||
    before.multiple !== after.multiple ||
    before.hide_totals !== after.hideTotals ||
    before.expires_at?.getTime() !== after.expiresAt.getTime()
  )
}

function changesMedia(media: readonly MediaAttachmentRow[], change: MediaChange): boolean {
  const row = media.find(({ id }) => id === change.id)
  if (!row) return false
  if (change.description !== undefined && (row.description ?? '') !== change.description) return true
  const focus = parseFocus(change.focus)
  const meta = row.file_meta as { focus?: { x: number; y: number } } | null
  return focus !== undefined && (focus.x !== meta?.focus?.x || focus.y !== meta?.focus?.y)
}

/** What a status shows, in its author's order; without an order what hangs on it. */
function shownIds(status: StatusRow, attached: readonly MediaAttachmentRow[]): string[] {
  return status.ordered_media_attachment_ids ?? attached.map((media) => media.id)
}

const SECOND = 1000

/** Other servers compare whole seconds: an edit must be newer than what they know, even right after publishing. */
function nextEditTime(before: StatusRow, now: Date): Date {
  const known = Math.max(before.created_at.getTime(), before.edited_at?.getTime() ?? 0)
  const isNewer = Math.floor(now.getTime() / SECOND) > Math.floor(known / SECOND)
  return isNewer ? now : new Date(known + SECOND)
}

async function apply(
  tx: Ctx,
  before: StatusRow,
  poll: PollRow | null,
  edit: Edit,
  editedAt: Date | null,
): Promise<StatusRow> {
  if (editedAt !== null)
    await snapshot(tx, before, edit.attached, before.created_at, {
      pollOptions: poll?.options,
      quoteId: edit.quoteId,
      onlyFirst: true,
    })
  await changeMedia(tx, before, edit)
  const pollId = await changePoll(tx, before, poll, edit.poll)
  const after = await updateStatus(tx.db, before.id, {
    text: edit.text,
    spoilerText: edit.spoilerText,
    sensitive: edit.sensitive,
    language: edit.language,
    mediaIds: edit.media.map((media) => media.id),
    quoteApprovalPolicy: edit.quoteApprovalPolicy,
    pollId,
    editedAt,
  })
  if (!after) throw new NotFoundError()
  if (editedAt === null) return after
  await snapshot(tx, after, await mediaOfStatus(tx.db, after.id), editedAt, {
    pollOptions: edit.poll?.options,
    quoteId: edit.quoteId,
  })
  await retagStatus(tx, after, extractHashtags(after.text))
  await retagLinkedCollections(tx, after.id, after.text)
  const mentionedIds = edit.mentions.accounts.map((account) => account.id)
  await silenceMentionsExcept(tx.db, after.id, mentionedIds)
  await insertMentions(tx.db, after.id, mentionedIds)
  return after
}

async function snapshot(
  tx: Ctx,
  status: StatusRow,
  attached: readonly MediaAttachmentRow[],
  createdAt: Date,
  {
    pollOptions,
    quoteId,
    onlyFirst,
  }: { pollOptions?: readonly string[] | undefined; quoteId: string | null; onlyFirst?: boolean },
): Promise<void> {
  const ids = shownIds(status, attached)
  await insertStatusEdit(tx.db, {
    statusId: status.id,
    accountId: status.account_id,
    text: status.text,
    spoilerText: status.spoiler_text,
    sensitive: status.sensitive,
    mediaIds: ids,
    mediaDescriptions: ids.map((id) => attached.find((media) => media.id === id)?.description ?? ''),
    pollOptions: pollOptions ?? null,
    quoteId,
    createdAt,
    onlyFirst: onlyFirst ?? false,
  })
}

/** @returns the id of the poll that the status has from now on */
async function changePoll(
  tx: Ctx,
  status: StatusRow,
  before: PollRow | null,
  after: PollContent | null,
): Promise<string | null> {
  if (!isPollChanged(before, after)) return status.poll_id
  if (after === null) {
    if (before) await deletePoll(tx.db, before.id)
    return null
  }
  if (before) await replacePoll(tx.db, before.id, after)
  const id = before?.id ?? (await insertPoll(tx.db, status.account_id, status.id, after))
  await awaitPollEnd(tx, { id, expiresAt: after.expiresAt })
  return id
}

async function changeMedia(tx: Ctx, status: StatusRow, edit: Edit): Promise<void> {
  const ids = edit.media.map((media) => media.id)
  if ((await attachMedia(tx.db, status.account_id, status.id, ids)) < ids.length) throw mediaGone(ids)
  for (const change of edit.changes) {
    const { description } = change
    await describeMedia(tx.db, change.id, { description, focus: parseFocus(change.focus) })
  }
}
