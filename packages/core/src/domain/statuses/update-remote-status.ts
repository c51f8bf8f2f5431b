import { type AccountRow, type MediaAttachmentRow, type PollRow, type StatusRow } from '@anancus/db'
import { mediaOfStatus } from '@anancus/db/queries/media-attachments'
import { setInteractionPolicy } from '@anancus/db/queries/interaction-policies'
import { insertMentions, silenceMentionsExcept } from '@anancus/db/queries/mentions'
import {
  editRemoteStatus,
  insertRemoteMedia,
  insertRemotePoll,
  moveRemoteMedia,
  pollOfStatus,
  setUntrustedCounts,
  updateRemoteMedia,
  updateRemotePoll,
} from '@anancus/db/queries/remote-statuses'
import { quoteOfStatus, setQuotePolicy } from '@anancus/db/queries/quotes'
import { insertStatusEdit, type NewStatusEdit } from '@anancus/db/queries/status-edits'
import { lockStatus } from '@anancus/db/queries/status-writes'
import type { AttachmentDraft } from '../../activitypub/parse/attachment.ts'
import { storedInteractionPolicy } from '../../activitypub/parse/interaction-policy.ts'
import type { NoteDraft } from '../../activitypub/parse/note.ts'
import { storedQuotePolicy } from '../../activitypub/parse/quote-policy.ts'
import type { PollDraft } from '../../activitypub/parse/poll.ts'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { sanitizeStatusHtml } from '../../kernel/text/sanitize-html.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { ResolveOptions } from '../accounts/index.ts'
import { keepRemoteEmojis } from '../media/index.ts'
import { awaitPollEnd } from './end-poll.ts'
import { type Addressed, findAddressed } from './find-addressed.ts'
import { remoteLanguage } from './remote-language.ts'
import { remoteMediaRow } from './remote-media.ts'
import { refreshRemoteQuote, updateRemoteQuote } from './remote-quote.ts'
import { fetchFiles, statusPage, tagRemoteStatus } from './store-remote-status.ts'
import { tagRemoteCollections } from './tag-collections.ts'

/**
 * Takes over what the author of a remote status says now. A newer `updated` is an edit; without one only counts and
 * poll results are taken; an older one is ignored. Author, audience, parent and date of a status never change.
 *
 * @returns `edited` when readers see something new, `refreshed` when only counts changed, `ignored` otherwise
 */
export async function updateRemoteStatus(
  ctx: Ctx,
  author: AccountRow,
  status: StatusRow,
  draft: NoteDraft,
  options: ResolveOptions = {},
): Promise<'edited' | 'refreshed' | 'ignored'> {
  if (status.account_id !== author.id || status.local) return 'ignored'
  const kind = kindOf(status, draft)
  if (kind === 'old') return 'ignored'
  if (kind === 'counts') return transaction(ctx, (tx) => refresh(tx, author, status, draft))
  const addressed = await findAddressed(ctx, draft, options)
  return transaction(ctx, async (tx) => {
    const locked = await lockStatus(tx.db, status.id)
    if (!locked || kindOf(locked, draft) !== 'edit') return 'ignored'
    return edit(tx, author, locked, draft, addressed)
  })
}

function kindOf(status: StatusRow, draft: NoteDraft): 'edit' | 'counts' | 'old' {
  const { updatedAt } = draft
  if (status.edited_at === null) {
    const isEdit = updatedAt !== null && updatedAt.getTime() !== draft.publishedAt?.getTime()
    return isEdit ? 'edit' : 'counts'
  }
  if (updatedAt === null || updatedAt < status.edited_at) return 'old'
  return updatedAt > status.edited_at ? 'edit' : 'counts'
}

/** No edit: counts, results, who may quote it, and whether it may quote. */
async function refresh(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  draft: NoteDraft,
): Promise<'refreshed'> {
  await takePolicies(tx, author, status, draft)
  await refreshRemoteQuote(tx, author, status, draft.quote)
  await setUntrustedCounts(tx.db, status.id, { favourites: draft.likesCount, reblogs: draft.sharesCount })
  const poll = draft.poll && (await pollOfStatus(tx.db, status.id))
  const isSame = poll && draft.poll && poll.options.join('\n') === draft.poll.options.join('\n')
  if (poll && draft.poll && isSame) await takePoll(tx, poll, draft.poll)
  return 'refreshed'
}

/** What others may do to it. */
async function takePolicies(tx: Ctx, author: AccountRow, status: StatusRow, draft: NoteDraft): Promise<void> {
  const policy = storedQuotePolicy(draft.quotePolicy, author)
  if (policy !== status.quote_approval_policy) await setQuotePolicy(tx.db, status.id, policy)
  await setInteractionPolicy(tx.db, status.id, storedInteractionPolicy(draft.interactionPolicy, author))
}

async function edit(
  tx: Ctx,
  author: AccountRow,
  before: StatusRow,
  draft: NoteDraft,
  addressed: Addressed,
): Promise<'edited' | 'refreshed'> {
  const media = await mediaOfStatus(tx.db, before.id)
  const poll = await pollOfStatus(tx.db, before.id)
  const mediaIds = await updateMedia(tx, author, before, media, draft.attachments)
  const pollId = await updatePoll(tx, author, before, poll, draft)
  await takePolicies(tx, author, before, draft)
  const quoteBefore = await quoteOfStatus(tx.db, before.id)
  const isQuoteChanged = await updateRemoteQuote(tx, author, before, draft.quote)
  const isVisible =
    isQuoteChanged ||
    isTextChanged(before, draft) ||
    isMediaChanged(before, media, mediaIds, draft) ||
    (poll?.options.join('\n') ?? '') !== (draft.poll?.options.join('\n') ?? '')
  if (isVisible)
    await snapshot(tx, before, media, {
      pollOptions: poll?.options ?? null,
      quoteId: quoteBefore?.id ?? null,
      createdAt: before.created_at,
      onlyFirst: true,
    })
  const after = await editRemoteStatus(tx.db, before.id, {
    text: draft.text,
    spoilerText: draft.spoilerText,
    sensitive: draft.sensitive || author.sensitized_at !== null,
    language: remoteLanguage(draft.language),
    url: statusPage(draft),
    pollId,
    mediaIds,
    editedAt: isVisible ? draft.updatedAt : null,
  })
  await tagRemoteStatus(tx, before.id, draft)
  await tagRemoteCollections(tx, before.id, draft.collections)
  await updateMentions(tx, before.id, addressed)
  await keepRemoteEmojis(tx, author.domain ?? '', draft.emojis)
  await setUntrustedCounts(tx.db, before.id, { favourites: draft.likesCount, reblogs: draft.sharesCount })
  if (!isVisible || !after) return 'refreshed'
  const shown = await mediaOfStatus(tx.db, before.id)
  await snapshot(tx, after, shown, {
    pollOptions: draft.poll?.options ?? null,
    quoteId: (await quoteOfStatus(tx.db, before.id))?.id ?? null,
    createdAt: draft.updatedAt ?? tx.clock.now(),
    onlyFirst: false,
  })
  await enqueue(tx, distributeStatusJob, { statusId: before.id, kind: 'update' })
  return 'edited'
}

/** Readers compare what they see: markup that is sanitised away is no change. */
function isTextChanged(before: StatusRow, draft: NoteDraft): boolean {
  return (
    before.spoiler_text !== draft.spoilerText ||
    (before.text !== draft.text && sanitizeStatusHtml(before.text) !== sanitizeStatusHtml(draft.text))
  )
}

function isMediaChanged(
  before: StatusRow,
  media: readonly MediaAttachmentRow[],
  mediaIds: readonly string[],
  draft: NoteDraft,
): boolean {
  if (shownIds(before, media).join() !== mediaIds.join()) return true
  return draft.attachments.some((attachment) => {
    const row = media.find((item) => item.remote_url === attachment.url)
    return row !== undefined && (row.description ?? '') !== (attachment.description ?? '')
  })
}

function shownIds(status: StatusRow, media: readonly MediaAttachmentRow[]): string[] {
  return status.ordered_media_attachment_ids ?? media.map((item) => item.id)
}

/** Attachments are the same as long as their address is; so their ids, and what points to them, last. */
async function updateMedia(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  known: readonly MediaAttachmentRow[],
  drafts: readonly AttachmentDraft[],
): Promise<string[]> {
  const ids: string[] = []
  const added: string[] = []
  for (const draft of drafts) {
    const row = knownMedia(known, draft)
    if (row && row.remote_url !== draft.url) await moveRemoteMedia(tx.db, row.id, remoteMediaRow(draft))
    if (row) await updateRemoteMedia(tx.db, row.id, draft)
    else added.push(...(await insertRemoteMedia(tx.db, author.id, status.id, [remoteMediaRow(draft)])))
    ids.push(row?.id ?? (added.at(-1) as string))
  }
  if (added.length > 0) await fetchFiles(tx, author, added)
  return ids
}

/** What an object itself is stays the same attachment, wherever its server keeps the file by now. */
function knownMedia(
  known: readonly MediaAttachmentRow[],
  draft: AttachmentDraft,
): MediaAttachmentRow | undefined {
  const same = known.find((item) => item.remote_url === draft.url)
  return same ?? (draft.isOwn && known.length === 1 ? known[0] : undefined)
}

async function updatePoll(
  tx: Ctx,
  author: AccountRow,
  status: StatusRow,
  poll: PollRow | null,
  draft: NoteDraft,
): Promise<string | null> {
  if (!draft.poll) return null
  if (poll === null) return insertRemotePoll(tx.db, author.id, status.id, draft.poll)
  await takePoll(tx, poll, draft.poll)
  return poll.id
}

/** When the end has moved, voters of ours are told at the new one. */
async function takePoll(tx: Ctx, poll: PollRow, draft: PollDraft): Promise<void> {
  await updateRemotePoll(tx.db, poll.id, draft)
  const { expiresAt } = draft
  if (expiresAt !== null && expiresAt.getTime() !== poll.expires_at?.getTime())
    await awaitPollEnd(tx, { id: poll.id, expiresAt, isRemote: true })
}

/** Who was once named keeps access, silently. */
async function updateMentions(tx: Ctx, statusId: string, addressed: Addressed): Promise<void> {
  const named = addressed.mentioned.map((account) => account.id)
  await silenceMentionsExcept(tx.db, statusId, named)
  await insertMentions(tx.db, statusId, named)
}

async function snapshot(
  tx: Ctx,
  status: StatusRow,
  media: readonly MediaAttachmentRow[],
  more: Pick<NewStatusEdit, 'pollOptions' | 'quoteId' | 'createdAt' | 'onlyFirst'>,
): Promise<void> {
  const ids = shownIds(status, media)
  await insertStatusEdit(tx.db, {
    statusId: status.id,
    accountId: status.account_id,
    text: status.text,
    spoilerText: status.spoiler_text,
    sensitive: status.sensitive,
    mediaIds: ids,
    mediaDescriptions: ids.map((id) => media.find((item) => item.id === id)?.description ?? ''),
    ...more,
  })
}
