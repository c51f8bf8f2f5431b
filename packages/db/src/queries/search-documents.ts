import type { Db } from '../connection.ts'
import { INSTANCE_ACTOR_ID } from '../enums.ts'
import { statement } from '../statement.ts'
import { PROPERTIES } from './status-search.ts'

/**
 * What a search engine outside of the database is told. Every row says at which moment it was read, in microseconds: the
 * later reading wins, in whatever order two of them arrive. A row that is there no more is read as well, empty.
 */
const READ_AT = '(extract(epoch from statement_timestamp()) * 1000000)::bigint as version'

export interface StatusDocumentRow {
  id: string
  version: string
  /** False for what is deleted or a boost: everything else is null then. */
  is_there: boolean
  is_local: boolean
  account_id: string
  text: string
  spoiler_text: string
  language: string | null
  created_at: Date
  /** Anybody may find it. */
  is_public: boolean
  options: string[]
  descriptions: string[]
  tags: string[]
  properties: string[]
  /** Accounts of ours that may find it, public or not. */
  searchable_by: string[]
}

const properties = Object.entries(PROPERTIES).map(([name, is]) => `case when ${is} then '${name}' end`)

const statuses = statement<StatusDocumentRow>(
  'search_documents_statuses',
  `select asked.id, ${READ_AT}, s.id is not null as is_there, author.domain is null as is_local, s.account_id, s.text,
     s.spoiler_text, s.language, s.created_at,
     s.visibility = 0 and author.indexable and author.suspended_at is null as is_public,
     coalesce((select p.options from polls p where p.id = s.poll_id), '{}') as options,
     array(select m.description from media_attachments m
       where m.status_id = s.id and m.description <> '' order by m.id) as descriptions,
     array(select t.name from statuses_tags st join tags t on t.id = st.tag_id
       where st.status_id = s.id order by t.name) as tags,
     array_remove(array[${properties.join(', ')}], null) as properties,
     array(select who.id from (
       select s.account_id as id
       union select t.account_id from mentions t where t.status_id = s.id and not t.silent
       union select t.account_id from favourites t where t.status_id = s.id
       union select t.account_id from bookmarks t where t.status_id = s.id
       union select t.account_id from statuses t where t.reblog_of_id = s.id and t.deleted_at is null
       union select t.account_id from poll_votes t where t.poll_id = s.poll_id
     ) found join accounts who on who.id = found.id and who.domain is null order by who.id) as searchable_by
   from unnest($1::bigint[]) as asked(id)
   left join statuses s on s.id = asked.id and s.deleted_at is null and s.reblog_of_id is null
   left join accounts author on author.id = s.account_id`,
)

export async function statusSearchDocuments(db: Db, ids: readonly string[]): Promise<StatusDocumentRow[]> {
  return statuses(db, [ids])
}

export interface AccountDocumentRow {
  id: string
  version: string
  is_there: boolean
  is_local: boolean
  username: string
  domain: string | null
  display_name: string
  note: string
  properties: string[]
  followers_count: string
  following_count: string
  last_status_at: Date | null
}

const accounts = statement<AccountDocumentRow>(
  'search_documents_accounts',
  `select asked.id, ${READ_AT}, a.id is not null as is_there, a.domain is null as is_local, a.username, a.domain,
     a.display_name, a.note,
     array_remove(array[case when a.actor_type in ('Application', 'Service') then 'bot' end,
       case when a.discoverable then 'discoverable' end], null) as properties,
     coalesce(st.followers_count, 0) as followers_count, coalesce(st.following_count, 0) as following_count,
     st.last_status_at
   from unnest($1::bigint[]) as asked(id)
   left join accounts a on a.id = asked.id and a.suspended_at is null and a.moved_to_account_id is null
     and a.id <> ${INSTANCE_ACTOR_ID}
     and (a.domain is not null
       or exists (select from users u where u.account_id = a.id and u.approved and u.confirmed_at is not null))
   left join account_stats st on st.account_id = a.id`,
)

export async function accountSearchDocuments(db: Db, ids: readonly string[]): Promise<AccountDocumentRow[]> {
  return accounts(db, [ids])
}

export interface TagDocumentRow {
  id: string
  version: string
  is_there: boolean
  name: string
  is_reviewed: boolean
  last_status_at: Date | null
}

const tags = statement<TagDocumentRow>(
  'search_documents_tags',
  `select asked.id, ${READ_AT}, t.id is not null as is_there, t.name, t.reviewed_at is not null as is_reviewed,
     t.last_status_at
   from unnest($1::bigint[]) as asked(id) left join tags t on t.id = asked.id and t.listable is not false`,
)

export async function tagSearchDocuments(db: Db, ids: readonly string[]): Promise<TagDocumentRow[]> {
  return tags(db, [ids])
}

export interface InstanceDocumentRow {
  /** The domain. */
  id: string
  version: string
  is_there: boolean
  accounts_count: string
}

const instances = statement<InstanceDocumentRow>(
  'search_documents_instances',
  `select asked.domain as id, ${READ_AT}, counted.accounts_count > 0 as is_there, counted.accounts_count
   from unnest($1::text[]) as asked(domain)
   cross join lateral (select count(*) as accounts_count from accounts a where a.domain = asked.domain) counted`,
)

export async function instanceSearchDocuments(
  db: Db,
  domains: readonly string[],
): Promise<InstanceDocumentRow[]> {
  return instances(db, [domains])
}
