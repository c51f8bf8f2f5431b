import type { Db } from '../connection.ts'
import type { CustomFilterRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

export interface FilterKeyword {
  id: string
  keyword: string
  whole_word: boolean
}

export interface FilteredStatus {
  id: string
  status_id: string
}

/** A filter with all it looks for, oldest first. */
export type FilterFacts = Pick<CustomFilterRow, 'id' | 'phrase' | 'context' | 'action' | 'expires_at'> & {
  keywords: FilterKeyword[]
  statuses: FilteredStatus[]
}

const FACTS = `f.id, f.phrase, f.context, f.action, f.expires_at,
  coalesce((select json_agg(json_build_object('id', k.id::text, 'keyword', k.keyword, 'whole_word', k.whole_word)
    order by k.id) from custom_filter_keywords k where k.custom_filter_id = f.id), '[]') as keywords,
  coalesce((select json_agg(json_build_object('id', s.id::text, 'status_id', s.status_id::text) order by s.id)
    from custom_filter_statuses s where s.custom_filter_id = f.id), '[]') as statuses`

const ofAccount = statement<FilterFacts>(
  'filters_of_account',
  `select ${FACTS} from custom_filters f where f.account_id = $1 order by f.id`,
)

/** Lists the filters of an account, those that have run out too. */
export function filtersOf(db: Db, accountId: string): Promise<FilterFacts[]> {
  return ofAccount(db, [accountId])
}

const ownById = statement<FilterFacts>(
  'filter_of_account_by_id',
  `select ${FACTS} from custom_filters f where f.account_id = $1 and f.id = $2`,
)

/** Finds a filter of an account; null for missing ones and for those of others. */
export async function filterOf(db: Db, accountId: string, id: string): Promise<FilterFacts | null> {
  return (await ownById(db, [accountId, id]))[0] ?? null
}

const lockFilter = statement<{ id: string }>(
  'filter_lock',
  'select id from custom_filters where account_id = $1 and id = $2 for update',
)

/** Keeps others from changing a filter of an account until the transaction ends; false when there is none. */
export async function lockFilterOf(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await lockFilter(db, [accountId, id])).length > 0
}

export type FilterValues = Pick<CustomFilterRow, 'phrase' | 'context' | 'action' | 'expires_at'>

const insert = statement<{ id: string }>(
  'filter_insert',
  `insert into custom_filters (account_id, phrase, context, action, expires_at) values ($1, $2, $3, $4, $5)
   returning id`,
)

/** Inserts a filter that looks for nothing yet; returns its id. */
export async function insertFilter(db: Db, accountId: string, values: FilterValues): Promise<string> {
  const { phrase, context, action, expires_at } = values
  const [row] = await insert(db, [accountId, phrase, context, action, expires_at])
  return row?.id ?? ''
}

const update = statement<never>(
  'filter_update',
  `update custom_filters set phrase = $2, context = $3, action = $4, expires_at = $5, updated_at = now()
   where id = $1`,
)

export async function updateFilter(db: Db, id: string, values: FilterValues): Promise<void> {
  await update(db, [id, values.phrase, values.context, values.action, values.expires_at])
}

const remove = statement<{ id: string }>(
  'filter_delete',
  'delete from custom_filters where account_id = $1 and id = $2 returning id',
)

/** Deletes a filter of an account with all it looks for; false when there is none. */
export async function deleteFilterOf(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await remove(db, [accountId, id])).length > 0
}

const insertWords = statement<FilterKeyword>(
  'filter_keywords_insert',
  `insert into custom_filter_keywords (custom_filter_id, keyword, whole_word)
   select $1, w.keyword, w.whole_word
   from unnest($2::text[], $3::boolean[]) with ordinality as w (keyword, whole_word, place) order by w.place
   returning id, keyword, whole_word`,
)

/** Adds keywords to a filter, in the given order. */
export async function insertFilterKeywords(
  db: Db,
  filterId: string,
  keywords: readonly Omit<FilterKeyword, 'id'>[],
): Promise<FilterKeyword[]> {
  if (keywords.length === 0) return []
  return insertWords(db, [
    filterId,
    keywords.map(({ keyword }) => keyword),
    keywords.map(({ whole_word }) => whole_word),
  ])
}

const updateWord = statement<never>(
  'filter_keyword_update',
  'update custom_filter_keywords set keyword = $2, whole_word = $3, updated_at = now() where id = $1',
)

export async function updateFilterKeyword(db: Db, keyword: FilterKeyword): Promise<void> {
  await updateWord(db, [keyword.id, keyword.keyword, keyword.whole_word])
}

const removeWords = statement<never>(
  'filter_keywords_delete',
  'delete from custom_filter_keywords where id = any($1::bigint[])',
)

export async function deleteFilterKeywords(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await removeWords(db, [ids])
}

const ofKeyword = statement<FilterFacts>(
  'filter_of_keyword',
  `select ${FACTS} from custom_filters f join custom_filter_keywords word on word.custom_filter_id = f.id
   where f.account_id = $1 and word.id = $2`,
)

/** Finds the filter of an account that a keyword belongs to; null for keywords of others. */
export async function filterOfKeyword(
  db: Db,
  accountId: string,
  keywordId: string,
): Promise<FilterFacts | null> {
  return (await ofKeyword(db, [accountId, keywordId]))[0] ?? null
}

const insertStatus = statement<FilteredStatus>(
  'filter_status_insert',
  `insert into custom_filter_statuses (custom_filter_id, status_id) values ($1, $2)
   on conflict do nothing returning id, status_id`,
)

/** Adds a status to a filter; null when it is there already. */
export async function insertFilteredStatus(
  db: Db,
  filterId: string,
  statusId: string,
): Promise<FilteredStatus | null> {
  return (await insertStatus(db, [filterId, statusId]))[0] ?? null
}

const statusOf = statement<FilteredStatus>(
  'filter_status_of_account',
  `select s.id, s.status_id from custom_filter_statuses s
   join custom_filters f on f.id = s.custom_filter_id and f.account_id = $1
   where s.id = $2`,
)

/** Finds an entry of a filter of an account. */
export async function filteredStatusOf(
  db: Db,
  accountId: string,
  id: string,
): Promise<FilteredStatus | null> {
  return (await statusOf(db, [accountId, id]))[0] ?? null
}

const removeStatus = statement<{ id: string }>(
  'filter_status_delete',
  `delete from custom_filter_statuses s using custom_filters f
   where f.id = s.custom_filter_id and f.account_id = $1 and s.id = $2 returning s.id`,
)

/** Deletes an entry of a filter of an account; false when there is none. */
export async function deleteFilteredStatusOf(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await removeStatus(db, [accountId, id])).length > 0
}
