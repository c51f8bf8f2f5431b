import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'
import type { IdRange } from './metrics.ts'

/** What moderators' dashboards rank. Reads many rows: cache it. */

/** Null is what has no name: our own server, a status without a language, the website. */
export interface RankedRow {
  name: string | null
  value: string
}

const locales = statement<RankedRow>(
  'metrics.locales',
  `select locale as name, count(*)::text as value from users
   where current_sign_in_at >= $1 and current_sign_in_at < $2 and locale is not null
   group by locale order by count(*) desc, locale limit $3`,
)

/** The languages of users who were here in a time. */
export function rankedLocales(db: Db, from: Date, until: Date, limit: number): Promise<RankedRow[]> {
  return locales(db, [from, until, limit])
}

const sources = statement<RankedRow>(
  'metrics.sources',
  `select o.name, count(*)::text as value
   from users u left join oauth_applications o on o.id = u.created_by_application_id
   where u.created_at >= $1 and u.created_at < $2
   group by o.name order by count(*) desc, o.name limit $3`,
)

/** The apps in which users of a time signed up. */
export function rankedSources(db: Db, from: Date, until: Date, limit: number): Promise<RankedRow[]> {
  return sources(db, [from, until, limit])
}

const servers = statement<RankedRow>(
  'metrics.servers',
  `select a.domain as name, count(*)::text as value from statuses s join accounts a on a.id = s.account_id
   where s.id >= $1 and s.id < $2 and s.deleted_at is null
   group by a.domain order by count(*) desc, a.domain limit $3`,
)

/** The servers by statuses. */
export function rankedServers(db: Db, [from, until]: IdRange, limit: number): Promise<RankedRow[]> {
  return servers(db, [from, until, limit])
}

const tagServers = statement<RankedRow>(
  'metrics.tag_servers',
  `select a.domain as name, count(*)::text as value
   from statuses_tags t join statuses s on s.id = t.status_id join accounts a on a.id = s.account_id
   where t.tag_id = $4 and t.status_id >= $1 and t.status_id < $2 and s.deleted_at is null
   group by a.domain order by count(*) desc, a.domain limit $3`,
)

/** The servers by statuses with a hashtag. */
export function rankedTagServers(
  db: Db,
  [from, until]: IdRange,
  limit: number,
  tagId: string,
): Promise<RankedRow[]> {
  return tagServers(db, [from, until, limit, tagId])
}

const tagLanguages = statement<RankedRow>(
  'metrics.tag_languages',
  `select s.language as name, count(*)::text as value
   from statuses_tags t join statuses s on s.id = t.status_id
   where t.tag_id = $4 and t.status_id >= $1 and t.status_id < $2 and s.deleted_at is null
   group by s.language order by count(*) desc, s.language limit $3`,
)

/** The languages of statuses with a hashtag. */
export function rankedTagLanguages(
  db: Db,
  [from, until]: IdRange,
  limit: number,
  tagId: string,
): Promise<RankedRow[]> {
  return tagLanguages(db, [from, until, limit, tagId])
}

const serverAccounts = statement<RankedRow>(
  'metrics.server_accounts',
  `select a.username as name, count(f.id)::text as value
   from accounts a left join follows f on f.target_account_id = a.id
   where a.domain = $1 group by a.id order by count(f.id) desc, a.id limit $2`,
)

/** The accounts of a server by followers here. */
export function rankedServerAccounts(db: Db, domain: string, limit: number): Promise<RankedRow[]> {
  return serverAccounts(db, [domain, limit])
}

const serverLanguages = statement<RankedRow>(
  'metrics.server_languages',
  `select s.language as name, count(*)::text as value from statuses s join accounts a on a.id = s.account_id
   where a.domain = $4 and s.id >= $1 and s.id < $2 and s.reblog_of_id is null and s.deleted_at is null
   group by s.language order by count(*) desc, s.language limit $3`,
)

/** The languages of a server's statuses. */
export function rankedServerLanguages(
  db: Db,
  [from, until]: IdRange,
  limit: number,
  domain: string,
): Promise<RankedRow[]> {
  return serverLanguages(db, [from, until, limit, domain])
}

const sizes = statement<{ database: string; media: string }>(
  'metrics.sizes',
  `select pg_database_size(current_database())::text as database, (
     coalesce((select sum(coalesce(file_file_size, 0)::bigint + coalesce(thumbnail_file_size, 0))
               from media_attachments), 0)
     + coalesce((select sum(image_file_size::bigint) from custom_emojis), 0)
     + coalesce((select sum(image_file_size::bigint) from preview_cards), 0)
     + coalesce((select sum(coalesce(avatar_file_size, 0)::bigint + coalesce(header_file_size, 0))
                 from accounts), 0)
     + coalesce((select sum(dump_file_size) from backups), 0)
     + coalesce((select sum(file_file_size::bigint) from site_uploads), 0))::text as media`,
)

/** Bytes of the database, and of all files of media as their rows tell them. Reads whole tables: cache it. */
export async function storedSizes(db: Db): Promise<{ database: string; media: string }> {
  return (await sizes(db, []))[0] ?? { database: '0', media: '0' }
}

const version = statement<{ version: string }>(
  'metrics.server_version',
  "select current_setting('server_version') as version",
)

/** Of PostgreSQL: `17.2`. */
export async function databaseVersion(db: Db): Promise<string> {
  return (await version(db, []))[0]?.version.split(' ')[0] ?? ''
}
