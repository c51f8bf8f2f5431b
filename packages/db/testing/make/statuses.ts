import {
  type AccountRow,
  type ConversationRow,
  type Db,
  idAt,
  type MediaAttachmentRow,
  type QuoteRow,
  type StatusEditRow,
  type StatusRow,
  type StatusStatRow,
  type StoredVisibility,
  stored,
  VISIBILITIES,
} from '../../src/index.ts'
import { makeAccount } from './accounts.ts'
import { insertRow, next } from './insert.ts'
import { makeTag } from './status-parts.ts'

export type StatusValues = Partial<Omit<StatusRow, 'visibility'>> & {
  /** Default: a new local account. */
  account?: AccountRow
  visibility?: StoredVisibility
  inReplyTo?: StatusRow
  reblogOf?: StatusRow
  quoteOf?: StatusRow
  /** State of the quote. Default 1, accepted. */
  quoteState?: number
  mentions?: readonly Pick<AccountRow, 'id'>[]
  /** Addressed without being named in the text. */
  silentMentions?: readonly Pick<AccountRow, 'id'>[]
  tags?: readonly string[]
  media?: readonly Pick<MediaAttachmentRow, 'id'>[]
  /** Counters to start with. */
  stats?: Partial<Omit<StatusStatRow, 'id' | 'status_id'>>
}

/** A status with what hangs on it; counters of author, thread and reblogged status follow. */
export async function makeStatus(db: Db, values: StatusValues = {}): Promise<StatusRow> {
  const { account: given, visibility, inReplyTo, reblogOf, quoteOf, quoteState, ...rest } = values
  const { mentions, silentMentions, tags, media, stats, ...columns } = rest
  const account = given ?? (await makeAccount(db))
  const status = await insertRow<StatusRow>(db, 'statuses', {
    account_id: account.id,
    text: reblogOf ? '' : `Status number ${next()}`,
    visibility: stored(VISIBILITIES, visibility ?? 'public'),
    local: account.domain === null,
    language: reblogOf ? null : 'en',
    ...(columns.created_at ? { id: idAt(columns.created_at) } : {}),
    ...(account.domain === null ? {} : remoteAddresses(account)),
    ...(await threadColumns(db, inReplyTo)),
    ...(reblogOf ? { reblog_of_id: reblogOf.id } : {}),
    ...(media ? { ordered_media_attachment_ids: media.map((item) => item.id) } : {}),
    ...columns,
  })
  await insertRow(db, 'status_stats', { status_id: status.id, ...stats })
  await hangOn(db, status, { mentions, silentMentions, tags, media })
  if (quoteOf) await makeQuote(db, { status, quoted: quoteOf, state: quoteState ?? 1 })
  await count(db, status, { inReplyTo, reblogOf })
  return status
}

function remoteAddresses(account: AccountRow): object {
  const number = next()
  return {
    uri: `${account.uri}/statuses/${number}`,
    url: `https://${account.domain}/@${account.username}/${number}`,
  }
}

async function threadColumns(db: Db, parent: StatusRow | undefined): Promise<object> {
  if (!parent) {
    const conversation = await insertRow<ConversationRow>(db, 'conversations', {
      uri: null,
      created_at: new Date(),
    })
    return { conversation_id: conversation.id }
  }
  return {
    in_reply_to_id: parent.id,
    in_reply_to_account_id: parent.account_id,
    conversation_id: parent.conversation_id,
    reply: true,
  }
}

type Parts = Pick<StatusValues, 'mentions' | 'silentMentions' | 'tags' | 'media'>

async function hangOn(db: Db, status: StatusRow, parts: { [Part in keyof Parts]: Parts[Part] | undefined }) {
  for (const account of parts.mentions ?? [])
    await insertRow(db, 'mentions', { status_id: status.id, account_id: account.id })
  for (const account of parts.silentMentions ?? [])
    await insertRow(db, 'mentions', { status_id: status.id, account_id: account.id, silent: true })
  for (const name of parts.tags ?? []) {
    const tag = await makeTag(db, { name })
    await db('statuses_tags').insert({ status_id: status.id, tag_id: tag.id })
  }
  for (const item of parts.media ?? [])
    await db('media_attachments').where({ id: item.id }).update({ status_id: status.id })
}

async function count(
  db: Db,
  status: StatusRow,
  { inReplyTo, reblogOf }: { inReplyTo: StatusRow | undefined; reblogOf: StatusRow | undefined },
): Promise<void> {
  const isPublic = status.visibility <= stored(VISIBILITIES, 'unlisted')
  if (status.visibility !== stored(VISIBILITIES, 'direct'))
    await db('account_stats')
      .where({ account_id: status.account_id })
      .increment('statuses_count', 1)
      .update({ last_status_at: status.created_at })
  if (inReplyTo && isPublic)
    await db('status_stats').where({ status_id: inReplyTo.id }).increment('replies_count', 1)
  if (reblogOf) await db('status_stats').where({ status_id: reblogOf.id }).increment('reblogs_count', 1)
}

/** A quote of one status in another; 1 is accepted, see the stored states of `quotes`. */
export async function makeQuote(
  db: Db,
  values: Partial<QuoteRow> & { status: StatusRow; quoted: StatusRow | null },
): Promise<QuoteRow> {
  const { status, quoted, ...columns } = values
  return insertRow(db, 'quotes', {
    status_id: status.id,
    account_id: status.account_id,
    quoted_status_id: quoted?.id ?? null,
    quoted_account_id: quoted?.account_id ?? null,
    state: 1,
    ...columns,
  })
}

/** A snapshot of a status as it was. */
export async function makeStatusEdit(
  db: Db,
  values: Partial<StatusEditRow> & { status: StatusRow },
): Promise<StatusEditRow> {
  const { status, ...columns } = values
  return insertRow(db, 'status_edits', {
    status_id: status.id,
    account_id: status.account_id,
    text: status.text,
    spoiler_text: status.spoiler_text,
    sensitive: status.sensitive,
    ordered_media_attachment_ids: status.ordered_media_attachment_ids,
    ...columns,
  })
}
