import type { Db } from '../connection.ts'
import { type PreviewCardRow, previewCardColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const CARD = columns(previewCardColumns)

const byUrl = statement<PreviewCardRow>('card_by_url', `select ${CARD} from preview_cards where url = $1`)

/** Finds the preview of a link by its exact address. */
export async function cardByUrl(db: Db, url: string): Promise<PreviewCardRow | null> {
  return (await byUrl(db, [url]))[0] ?? null
}

const byId = statement<PreviewCardRow>('card_by_id', `select ${CARD} from preview_cards where id = $1`)

export async function cardById(db: Db, id: string): Promise<PreviewCardRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

/** What a page says of itself. */
export type CardContent = Pick<
  PreviewCardRow,
  | 'author_account_id'
  | 'author_name'
  | 'author_url'
  | 'description'
  | 'embed_url'
  | 'height'
  | 'html'
  | 'image_description'
  | 'language'
  | 'link_type'
  | 'provider_name'
  | 'provider_url'
  | 'published_at'
  | 'title'
  | 'type'
  | 'unverified_author_account_id'
  | 'url'
  | 'width'
>

const upsert = statement<PreviewCardRow>(
  'card_upsert',
  `insert into preview_cards (url, title, description, type, link_type, html, embed_url, width, height, author_name,
     author_url, provider_name, provider_url, language, published_at, image_description, author_account_id,
     unverified_author_account_id, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)
   on conflict (url) do update set title = excluded.title, description = excluded.description, type = excluded.type,
     link_type = excluded.link_type, html = excluded.html, embed_url = excluded.embed_url, width = excluded.width,
     height = excluded.height, author_name = excluded.author_name, author_url = excluded.author_url,
     provider_name = excluded.provider_name, provider_url = excluded.provider_url, language = excluded.language,
     published_at = excluded.published_at, image_description = excluded.image_description,
     author_account_id = excluded.author_account_id,
     unverified_author_account_id = excluded.unverified_author_account_id, updated_at = excluded.updated_at
   returning ${CARD}`,
)

/** Writes what a page says, over what it said before. The picture is left as it is. */
export async function upsertCard(db: Db, card: CardContent, at: Date): Promise<PreviewCardRow> {
  const [row] = await upsert(db, [
    card.url,
    card.title,
    card.description,
    card.type,
    card.link_type,
    card.html,
    card.embed_url,
    card.width,
    card.height,
    card.author_name,
    card.author_url,
    card.provider_name,
    card.provider_url,
    card.language,
    card.published_at,
    card.image_description,
    card.author_account_id,
    card.unverified_author_account_id,
    at,
  ])
  return row as PreviewCardRow
}

export interface CardPicture {
  fileName: string
  contentType: string
  bytes: number
  blurhash: string
  /** Of the stored file; null keeps those of the player. */
  width: number | null
  height: number | null
}

const setPicture = statement<PreviewCardRow>(
  'card_set_picture',
  `update preview_cards set image_file_name = $2, image_content_type = $3, image_file_size = $4, blurhash = $5,
     width = coalesce($6, width), height = coalesce($7, height), image_storage_schema_version = 1,
     image_updated_at = now()
   where id = $1 returning ${CARD}`,
)

/** Notes the stored picture of a card. Null: the card is gone. */
export async function setCardPicture(
  db: Db,
  id: string,
  picture: CardPicture,
): Promise<PreviewCardRow | null> {
  const { fileName, contentType, bytes, blurhash, width, height } = picture
  return (await setPicture(db, [id, fileName, contentType, bytes, blurhash, width, height]))[0] ?? null
}

const attach = statement<{ preview_card_id: string }>(
  'card_attach',
  `insert into preview_cards_statuses (preview_card_id, status_id, url)
   select $2, s.id, $3 from statuses s
   where s.id = $1 and s.deleted_at is null
     and not exists (select from preview_cards_statuses there where there.status_id = s.id)
   on conflict do nothing returning preview_card_id`,
)

/**
 * Hangs a card on a status that has none.
 *
 * @param url the address as the status has it: the card may be known by the one it leads to
 * @returns false when the status has a card, or is gone
 */
export async function attachCard(db: Db, statusId: string, cardId: string, url: string): Promise<boolean> {
  return (await attach(db, [statusId, cardId, url])).length > 0
}

const detachOther = statement<{ preview_card_id: string }>(
  'card_detach_other',
  `delete from preview_cards_statuses pcs using preview_cards card
   where pcs.status_id = $1 and card.id = pcs.preview_card_id
     and ($2::text is null or coalesce(pcs.url, card.url) <> $2)
   returning pcs.preview_card_id`,
)

/** Takes the card of a status away unless it is that of this address; null takes any. */
export async function detachOtherCards(db: Db, statusId: string, url: string | null): Promise<void> {
  await detachOther(db, [statusId, url])
}

const has = statement<{ preview_card_id: string }>(
  'status_has_card',
  'select preview_card_id from preview_cards_statuses where status_id = $1 limit 1',
)

export async function hasCard(db: Db, statusId: string): Promise<boolean> {
  return (await has(db, [statusId])).length > 0
}

const mentionUrls = statement<{ uri: string; url: string | null; username: string; domain: string | null }>(
  'card_mention_addresses',
  `select a.uri, a.url, a.username, a.domain from mentions m join accounts a on a.id = m.account_id
   where m.status_id = $1`,
)

/** Whom a status names, as far as links to them go. */
export async function mentionAddresses(db: Db, statusId: string) {
  return mentionUrls(db, [statusId])
}

const blocksCard = statement<{ is_blocked: boolean }>(
  'status_shows_else',
  `select exists (select from media_attachments where status_id = $1)
     or exists (select from quotes where status_id = $1) as is_blocked`,
)

/** Whether a status has media or a quote: then it gets no card. */
export async function showsMediaOrQuote(db: Db, statusId: string): Promise<boolean> {
  return (await blocksCard(db, [statusId]))[0]?.is_blocked ?? false
}

const credit = statement<{ id: string }>(
  'cards_credit_author',
  `update preview_cards set author_account_id = unverified_author_account_id, unverified_author_account_id = null,
     updated_at = updated_at
   where id = any($1::bigint[]) and unverified_author_account_id = $2 returning id`,
)

/** Names an account as the author of cards that named it without its leave until now. */
export async function creditAuthor(db: Db, cardIds: readonly string[], accountId: string): Promise<number> {
  return cardIds.length === 0 ? 0 : (await credit(db, [cardIds, accountId])).length
}

const uncredited = statement<{ id: string; url: string }>(
  'cards_uncredited',
  `select id, url from preview_cards where unverified_author_account_id = $1 and id > $2 order by id limit $3`,
)

/** A page of the cards whose page names an account that has not allowed it, oldest first. */
export async function uncreditedCards(
  db: Db,
  accountId: string,
  afterId: string,
  limit: number,
): Promise<{ id: string; url: string }[]> {
  return uncredited(db, [accountId, afterId, limit])
}
