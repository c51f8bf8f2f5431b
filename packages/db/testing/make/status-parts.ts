import {
  type AccountRow,
  type CustomEmojiRow,
  type Db,
  MEDIA_TYPES,
  type MediaAttachmentRow,
  PROCESSING_STATES,
  type PollRow,
  type PollVoteRow,
  type PreviewCardRow,
  type StatusRow,
  type StoredMediaType,
  stored,
  type TagRow,
} from '../../src/index.ts'
import { insertRow, next } from './insert.ts'

type Ref = { id: string }

export type MediaValues = Partial<Omit<MediaAttachmentRow, 'type'>> & {
  account: Pick<AccountRow, 'id' | 'domain'>
  status?: Ref
  type?: StoredMediaType
}

/** A processed picture of 640 × 480; for a remote account one that is not cached yet. */
export async function makeMedia(db: Db, values: MediaValues): Promise<MediaAttachmentRow> {
  const { account, status, type = 'image', ...columns } = values
  const number = next()
  return insertRow(db, 'media_attachments', {
    account_id: account.id,
    status_id: status?.id,
    type: stored(MEDIA_TYPES, type),
    shortcode: account.domain === null ? `Shortcode${number}` : null,
    blurhash: 'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH',
    file_meta: pictureMeta(640, 480),
    ...(account.domain === null ? uploadedFile(number) : notCached(account.domain, number)),
    ...columns,
  })
}

function uploadedFile(number: number): object {
  return {
    file_file_name: `picture${number}.png`,
    file_content_type: 'image/png',
    file_file_size: 12_345,
    file_updated_at: new Date(),
    file_storage_schema_version: 1,
    processing: stored(PROCESSING_STATES, 'complete'),
  }
}

function notCached(domain: string, number: number): object {
  return {
    remote_url: `https://${domain}/media/${number}.png`,
    file_content_type: 'image/png',
    file_storage_schema_version: 1,
  }
}

function pictureMeta(width: number, height: number): object {
  const entry = { width, height, size: `${width}x${height}`, aspect: width / height }
  return { focus: { x: 0, y: 0 }, original: entry, small: entry }
}

/** A tag by its normalised name; one that exists is given back. */
export async function makeTag(db: Db, values: Partial<TagRow> & { name: string }): Promise<TagRow> {
  const existing = await db<TagRow>('tags').whereRaw('lower(name) = lower(?)', [values.name]).first()
  return existing ?? insertRow(db, 'tags', { ...values, name: values.name.toLowerCase() })
}

/** A poll on a status that has none; tallies start at zero. */
export async function makePoll(db: Db, values: Partial<PollRow> & { status: StatusRow }): Promise<PollRow> {
  const { status, ...columns } = values
  const options = columns.options ?? ['yes', 'no']
  const poll = await insertRow<PollRow>(db, 'polls', {
    status_id: status.id,
    account_id: status.account_id,
    options,
    cached_tallies: options.map(() => 0),
    expires_at: new Date(Date.now() + 86_400_000),
    voters_count: 0,
    ...columns,
  })
  await db('statuses').where({ id: status.id }).update({ poll_id: poll.id })
  status.poll_id = poll.id
  return poll
}

/** A vote; the tallies of the poll are left as they are. */
export async function makePollVote(
  db: Db,
  values: Partial<PollVoteRow> & { account: Ref; poll: Ref },
): Promise<PollVoteRow> {
  const { account, poll, ...columns } = values
  return insertRow(db, 'poll_votes', { account_id: account.id, poll_id: poll.id, ...columns })
}

/** A link preview, hung on a status if one is given. */
export async function makeCard(
  db: Db,
  values: Partial<PreviewCardRow> & { status?: Ref } = {},
): Promise<PreviewCardRow> {
  const { status, ...columns } = values
  const number = next()
  const card = await insertRow<PreviewCardRow>(db, 'preview_cards', {
    url: `https://news.example/article/${number}`,
    title: `Article ${number}`,
    description: 'What it is about',
    provider_name: 'News',
    ...columns,
  })
  if (status)
    await db('preview_cards_statuses').insert({
      status_id: status.id,
      preview_card_id: card.id,
      url: card.url,
    })
  return card
}

export async function makeCustomEmoji(
  db: Db,
  values: Partial<CustomEmojiRow> & { shortcode: string },
): Promise<CustomEmojiRow> {
  const remote = values.domain
    ? { image_remote_url: `https://${values.domain}/emoji/${values.shortcode}.png` }
    : {}
  return insertRow(db, 'custom_emojis', {
    image_file_name: `${values.shortcode}.png`,
    image_content_type: 'image/png',
    image_file_size: 1000,
    image_updated_at: new Date(),
    image_storage_schema_version: 1,
    ...remote,
    ...values,
  })
}
