import { type AccountRow, idAt, isId, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { incrementAccountStats } from '@anancus/db/queries/accounts'
import { setInteractionPolicy } from '@anancus/db/queries/interaction-policies'
import { insertMentions } from '@anancus/db/queries/mentions'
import {
  conversationBegunBy,
  conversationForUri,
  insertRemoteMedia,
  insertRemotePoll,
  setMediaOrder,
  setRemoteParts,
  setUntrustedCounts,
  statusByUriWithDeleted,
} from '@anancus/db/queries/remote-statuses'
import { insertStatus, lockName } from '@anancus/db/queries/status-writes'
import { incrementStatusStats } from '@anancus/db/queries/statuses'
import { setStatusTags } from '@anancus/db/queries/tags'
import { hasTombstone } from '@anancus/db/queries/tombstones'
import { storedInteractionPolicy } from '../../activitypub/parse/interaction-policy.ts'
import type { NoteDraft } from '../../activitypub/parse/note.ts'
import { storedQuotePolicy } from '../../activitypub/parse/quote-policy.ts'
import { httpUri, isSameOrigin } from '../../activitypub/parse/values.ts'
import {
  distributeStatusJob,
  fetchFirstRepliesJob,
  fetchMediaJob,
  resolveMentionJob,
  resolveThreadJob,
} from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { RaceError } from '../../kernel/errors.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isOwnUri, type ResolveOptions } from '../accounts/index.ts'
import { domainRule } from '../federation/index.ts'
import { keepRemoteEmojis } from '../media/index.ts'
import { planCard } from '../previews/index.ts'
import { useTags } from '../tags/index.ts'
import { type Addressed, findAddressed } from './find-addressed.ts'
import { knownStatus } from './known-status.ts'
import { ASKED_AGAIN_MS, FIRST_REPLIES } from './limits.ts'
import { remoteLanguage } from './remote-language.ts'
import { remoteMediaRow } from './remote-media.ts'
import { storeRemoteQuote } from './remote-quote.ts'
import { remoteVisibility } from './remote-visibility.ts'
import { tagRemoteCollections } from './tag-collections.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')
const DIRECT = stored(VISIBILITIES, 'direct')
const ID_ATTEMPTS = 3
/** No server spoke ActivityPub before: an older date is a mistake, and would sort under everything. */
const EARLIEST = new Date('2006-01-01T00:00:00Z')

export interface StoreOptions extends ResolveOptions {
  /** Whose personal inbox it came to: may read it. */
  inboxOwner?: AccountRow | null | undefined
  /** Goes to feeds, streams and notifications; what is merely fetched and old does not. */
  distribute: boolean
  /** Told of a parent we do not know, instead of a job: the caller climbs the thread itself. */
  onUnknownParent?: ((uri: string) => void) | undefined
  /** How many quotes led to it. Default 0. */
  quoteDepth?: number | undefined
}

/**
 * Stores a status of another server. Its id, author and origin have been checked by the caller, who fetched it from
 * its own server or got it signed by its author. One address makes one status, however often and from wherever it
 * comes; one that its author deleted stays deleted.
 *
 * @returns null when it was deleted, or belongs to somebody else
 */
export async function storeRemoteStatus(
  ctx: Ctx,
  author: AccountRow,
  draft: NoteDraft,
  options: StoreOptions,
): Promise<StatusRow | null> {
  const addressed = await findAddressed(ctx, draft, options)
  if (options.inboxOwner) addSilent(addressed, options.inboxOwner)
  const parent = draft.inReplyTo === null ? null : await knownStatus(ctx, draft.inReplyTo)
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, draft.uri) // a Delete of it waits here, or has left its tombstone
    const known = await statusByUriWithDeleted(tx.db, draft.uri)
    if (known) return known.deleted_at === null && known.account_id === author.id ? known : null
    if (await hasTombstone(tx.db, author.id, draft.uri)) return null
    return insert(tx, author, draft, { addressed, parent, options })
  })
}

function addSilent(addressed: Addressed, account: AccountRow): void {
  const isThere = [...addressed.mentioned, ...addressed.silent].some(({ id }) => id === account.id)
  if (!isThere) addressed.silent.push(account)
}

interface Surroundings {
  addressed: Addressed
  parent: StatusRow | null
  options: StoreOptions
}

async function insert(
  tx: Ctx,
  author: AccountRow,
  draft: NoteDraft,
  { addressed, parent, options }: Surroundings,
): Promise<StatusRow> {
  const status = await insertRow(tx, author, draft, addressed, parent)
  const pollId = draft.poll ? await insertRemotePoll(tx.db, author.id, status.id, draft.poll) : null
  const url = statusPage(draft)
  const editedAt = editTime(draft)
  await setRemoteParts(tx.db, status.id, { url, pollId, editedAt })
  await insertMentions(tx.db, status.id, idsOf(addressed.mentioned))
  await insertMentions(tx.db, status.id, idsOf(addressed.silent), { silent: true })
  await askAgain(tx, status, addressed.unanswered)
  if (draft.quote) await storeRemoteQuote(tx, author, status, draft.quote, options.quoteDepth ?? 0)
  if (draft.interactionPolicy)
    await setInteractionPolicy(tx.db, status.id, storedInteractionPolicy(draft.interactionPolicy, author))
  await tagRemoteStatus(tx, status.id, draft)
  if (draft.collections.length > 0) await tagRemoteCollections(tx, status.id, draft.collections)
  await attach(tx, author, status, draft)
  await keepRemoteEmojis(tx, author.domain ?? '', draft.emojis)
  await count(tx, status, draft)
  if (parent === null) await askForParent(tx, status, draft.inReplyTo, options)
  // Whoever climbs a thread reads its answers without our help.
  if (!options.onUnknownParent) await askForReplies(tx, status, draft)
  if (options.distribute) await enqueue(tx, distributeStatusJob, { statusId: status.id, kind: 'create' })
  else await planCard(tx, status, 'create')
  return { ...status, url, poll_id: pollId, edited_at: editedAt }
}

/** When a status was last edited before we met it. What an older Update says is then known to be old. */
function editTime({ publishedAt, updatedAt }: NoteDraft): Date | null {
  return updatedAt !== null && updatedAt.getTime() !== publishedAt?.getTime() ? updatedAt : null
}

/** Who is named and could not be found is asked for again in a while. */
async function askAgain(tx: Ctx, status: StatusRow, uris: readonly string[]): Promise<void> {
  for (const uri of uris) {
    const { from, to } = ASKED_AGAIN_MS
    const delayMs = from + Math.floor(Math.random() * (to - from))
    await enqueue(tx, resolveMentionJob, { statusId: status.id, uri }, { delayMs })
  }
}

/** A parent of ours that is not there is gone; another's may be fetched. */
async function askForParent(
  tx: Ctx,
  status: StatusRow,
  uri: string | null,
  options: StoreOptions,
): Promise<void> {
  if (uri === null || httpUri(uri) === null || isOwnUri(tx, uri)) return
  if (options.onUnknownParent) options.onUnknownParent(uri)
  else await enqueue(tx, resolveThreadJob, { statusId: status.id, parentUri: uri })
}

/** The first answers to a status for everybody: those it names, or those its server lists by now. */
async function askForReplies(tx: Ctx, status: StatusRow, { replies }: NoteDraft): Promise<void> {
  const age = tx.clock.now().getTime() - status.created_at.getTime()
  if (!replies || status.visibility > UNLISTED) return
  if (replies.items.length === 0 && age < FIRST_REPLIES.minimumAgeMs) return
  const { collection, items: uris } = replies
  await enqueue(tx, fetchFirstRepliesJob, { statusId: status.id, collection, uris })
}

async function insertRow(
  tx: Ctx,
  author: AccountRow,
  draft: NoteDraft,
  addressed: Addressed,
  parent: StatusRow | null,
): Promise<StatusRow> {
  const now = tx.clock.now()
  const isPast = draft.publishedAt !== null && draft.publishedAt < now && draft.publishedAt > EARLIEST
  const createdAt = isPast ? (draft.publishedAt as Date) : now
  const visibility = remoteVisibility(draft, author, addressed.silent.length > 0)
  const conversationId = parent?.conversation_id ?? (await conversationOf(tx, draft))
  for (let attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
    const status = await insertStatus(tx.db, {
      id: isPast ? idAt(createdAt) : undefined,
      accountId: author.id,
      inReplyToId: parent?.id ?? null,
      inReplyToAccountId: parent?.account_id ?? null,
      isReply: draft.inReplyTo !== null,
      reblogOfId: null,
      applicationId: null,
      conversationId,
      language: remoteLanguage(draft.language),
      isLocal: false,
      mediaIds: [],
      quoteApprovalPolicy: storedQuotePolicy(draft.quotePolicy, author),
      sensitive: draft.sensitive || author.sensitized_at !== null,
      spoilerText: draft.spoilerText,
      text: draft.text,
      visibility: stored(VISIBILITIES, visibility),
      uri: draft.uri,
      uriPrefix: '',
      uriSuffix: '',
      createdAt,
    })
    if (status) return status
  }
  throw new RaceError()
}

/** The conversation a status says it belongs to; null begins a new one. */
async function conversationOf(tx: Ctx, draft: NoteDraft): Promise<string | null> {
  const uri = draft.conversation
  if (uri === null) return null
  if (!isOwnUri(tx, uri)) return isOwnTag(tx, uri) ? null : conversationForUri(tx.db, uri)
  const statusId = /^\/contexts\/-?\d+-(\d+)$/.exec(URL.parse(uri)?.pathname ?? '')?.[1]
  return statusId !== undefined && isId(statusId) ? conversationBegunBy(tx.db, statusId) : null
}

function isOwnTag(tx: Ctx, uri: string): boolean {
  return uri.startsWith(`tag:${tx.config.localDomain},`)
}

/** Gives a remote status its hashtags, making new ones. */
export async function tagRemoteStatus(tx: Ctx, statusId: string, draft: NoteDraft): Promise<void> {
  const names = draft.hashtags.filter((name) => /\D/.test(normalizeTagName(name)))
  const tags = names.length === 0 ? [] : await useTags(tx, names)
  await setStatusTags(
    tx.db,
    statusId,
    tags.map((tag) => tag.id),
  )
}

async function attach(tx: Ctx, author: AccountRow, status: StatusRow, draft: NoteDraft): Promise<void> {
  if (draft.attachments.length === 0) return
  const ids = await insertRemoteMedia(tx.db, author.id, status.id, draft.attachments.map(remoteMediaRow))
  await setMediaOrder(tx.db, status.id, ids)
  await fetchFiles(tx, author, ids)
}

/** Fetches the files of new attachments, unless none are wanted from there, or not before somebody looks. */
export async function fetchFiles(tx: Ctx, author: AccountRow, mediaIds: readonly string[]): Promise<void> {
  if (tx.config.env.REMOTE_MEDIA === 'demand') return
  const rule = await domainRule(tx, author.domain ?? '')
  if (rule?.rejectMedia) return
  await enqueueMany(
    tx,
    fetchMediaJob,
    mediaIds.map((mediaAttachmentId) => ({ mediaAttachmentId })),
  )
}

async function count(tx: Ctx, status: StatusRow, draft: NoteDraft): Promise<void> {
  await setUntrustedCounts(tx.db, status.id, { favourites: draft.likesCount, reblogs: draft.sharesCount })
  if (status.visibility === DIRECT) return
  await incrementAccountStats(tx.db, status.account_id, { statuses: 1, lastStatusAt: status.created_at })
  if (status.in_reply_to_id !== null && status.visibility <= UNLISTED)
    await incrementStatusStats(tx.db, status.in_reply_to_id, { replies: 1 })
}

/** The page for people, if it is where the status itself is. */
export function statusPage(draft: NoteDraft): string {
  return draft.url !== null && isSameOrigin(draft.url, draft.uri) ? draft.url : draft.uri
}

function idsOf(accounts: readonly AccountRow[]): string[] {
  return accounts.map((account) => account.id)
}
