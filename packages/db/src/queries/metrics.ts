import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What moderators' dashboards count by day. Reads many rows: cache it. */

/** A day, `2026-01-31`, and what was counted on it. */
export interface DayRow {
  day: string
  value: string
}

const newUsers = statement<DayRow>(
  'metrics.new_users',
  `select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::text as value
   from users where created_at >= $1 and created_at < $2 group by 1`,
)
const openedReports = statement<DayRow>(
  'metrics.opened_reports',
  `select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::text as value
   from reports where created_at >= $1 and created_at < $2 group by 1`,
)
const resolvedReports = statement<DayRow>(
  'metrics.resolved_reports',
  `select to_char(action_taken_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::text as value
   from reports where action_taken_at >= $1 and action_taken_at < $2 group by 1`,
)

const OWN = { new_users: newUsers, opened_reports: openedReports, resolved_reports: resolvedReports }
export type OwnMeasure = keyof typeof OWN

/** Counts what happened here by day, UTC; days without anything are absent. */
export function ownDays(db: Db, measure: OwnMeasure, from: Date, until: Date): Promise<DayRow[]> {
  return OWN[measure](db, [from, until])
}

const tagServerDays = statement<DayRow>(
  'metrics.tag_server_days',
  `select to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
     count(distinct coalesce(a.domain, ''))::text as value
   from statuses_tags t join statuses s on s.id = t.status_id join accounts a on a.id = s.account_id
   where t.tag_id = $1 and t.status_id >= $2 and t.status_id < $3 and s.deleted_at is null group by 1`,
)
const tagServerTotal = statement<{ value: string }>(
  'metrics.tag_server_total',
  `select count(distinct a.domain)::text as value
   from statuses_tags t join statuses s on s.id = t.status_id join accounts a on a.id = s.account_id
   where t.tag_id = $1 and t.status_id >= $2 and t.status_id < $3 and s.deleted_at is null`,
)

/** Ids of statuses, from the first to before the second. */
export type IdRange = readonly [string, string]

/** From how many servers a hashtag was used, by day; ours is one. */
export function tagServersByDay(db: Db, tagId: string, [from, until]: IdRange): Promise<DayRow[]> {
  return tagServerDays(db, [tagId, from, until])
}

/** From how many other servers a hashtag was used. */
export async function tagServersTotal(db: Db, tagId: string, [from, until]: IdRange): Promise<string> {
  return (await tagServerTotal(db, [tagId, from, until]))[0]?.value ?? '0'
}

const tagExists = statement<{ id: string }>('metrics.tag_exists', 'select id from tags where id = $1')

export async function isTag(db: Db, tagId: string): Promise<boolean> {
  return (await tagExists(db, [tagId])).length > 0
}

interface Total {
  value: string | null
}

/**
 * What is counted of other servers: all of it, and what is new by day. Account by account, so that a small server costs
 * little whatever the tables hold.
 */
const OF_SERVERS = {
  instance_accounts: {
    total: statement<Total>(
      'metrics.server_accounts_total',
      'select count(*)::text as value from accounts a where a.domain = any($1::text[])',
    ),
    days: statement<DayRow>(
      'metrics.server_accounts_days',
      `select to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::text as value
       from accounts a
       where a.domain = any($1::text[]) and a.created_at >= $2 and a.created_at < $3 group by 1`,
    ),
  },
  instance_media_attachments: {
    total: statement<Total>(
      'metrics.server_media_total',
      `select sum(x.value)::text as value from accounts a
       cross join lateral (
         select sum(coalesce(m.file_file_size, 0)::bigint + coalesce(m.thumbnail_file_size, 0)) as value
         from media_attachments m where m.account_id = a.id) x
       where a.domain = any($1::text[])`,
    ),
    days: statement<DayRow>(
      'metrics.server_media_days',
      `select x.day, sum(x.value)::text as value from accounts a
       cross join lateral (
         select to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
           sum(coalesce(m.file_file_size, 0)::bigint + coalesce(m.thumbnail_file_size, 0)) as value
         from media_attachments m
         where m.account_id = a.id and m.created_at >= $2 and m.created_at < $3 group by 1) x
       where a.domain = any($1::text[]) group by 1`,
    ),
  },
  instance_reports: {
    total: statement<Total>(
      'metrics.server_reports_total',
      `select sum(x.value)::text as value from accounts a
       cross join lateral (
         select count(*) as value
         from reports r where r.target_account_id = a.id) x
       where a.domain = any($1::text[])`,
    ),
    days: statement<DayRow>(
      'metrics.server_reports_days',
      `select x.day, sum(x.value)::text as value from accounts a
       cross join lateral (
         select to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
           count(*) as value
         from reports r
         where r.target_account_id = a.id and r.created_at >= $2 and r.created_at < $3 group by 1) x
       where a.domain = any($1::text[]) group by 1`,
    ),
  },
  instance_statuses: {
    total: statement<Total>(
      'metrics.server_statuses_total',
      `select sum(x.value)::text as value from accounts a
       cross join lateral (
         select count(*) as value
         from statuses s where s.account_id = a.id and s.deleted_at is null) x
       where a.domain = any($1::text[])`,
    ),
    days: statement<DayRow>(
      'metrics.server_statuses_days',
      `select x.day, sum(x.value)::text as value from accounts a
       cross join lateral (
         select to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
           count(*) as value
         from statuses s
         where s.account_id = a.id and s.deleted_at is null
           -- Ids begin with the time, and the index of an account's statuses is by id.
           and s.id >= (extract(epoch from $2::timestamptz) * 1000)::bigint << 16
           and s.id < (extract(epoch from $3::timestamptz) * 1000)::bigint << 16 group by 1) x
       where a.domain = any($1::text[]) group by 1`,
    ),
  },
  instance_follows: {
    total: statement<Total>(
      'metrics.server_follows_total',
      `select sum(x.value)::text as value from accounts a
       cross join lateral (
         select count(*) as value
         from follows f where f.target_account_id = a.id) x
       where a.domain = any($1::text[])`,
    ),
    days: statement<DayRow>(
      'metrics.server_follows_days',
      `select x.day, sum(x.value)::text as value from accounts a
       cross join lateral (
         select to_char(f.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
           count(*) as value
         from follows f
         where f.target_account_id = a.id and f.created_at >= $2 and f.created_at < $3 group by 1) x
       where a.domain = any($1::text[]) group by 1`,
    ),
  },
  instance_followers: {
    total: statement<Total>(
      'metrics.server_followers_total',
      `select sum(x.value)::text as value from accounts a
       cross join lateral (
         select count(*) as value
         from follows f where f.account_id = a.id) x
       where a.domain = any($1::text[])`,
    ),
    days: statement<DayRow>(
      'metrics.server_followers_days',
      `select x.day, sum(x.value)::text as value from accounts a
       cross join lateral (
         select to_char(f.created_at at time zone 'UTC', 'YYYY-MM-DD') as day,
           count(*) as value
         from follows f
         where f.account_id = a.id and f.created_at >= $2 and f.created_at < $3 group by 1) x
       where a.domain = any($1::text[]) group by 1`,
    ),
  },
}
export type ServerMeasure = keyof typeof OF_SERVERS

/** Counts what we have of some servers. */
export async function serverTotal(
  db: Db,
  measure: ServerMeasure,
  domains: readonly string[],
): Promise<string> {
  return (await OF_SERVERS[measure].total(db, [domains]))[0]?.value ?? '0'
}

/** Counts what is new of some servers by day, UTC. */
export function serverDays(
  db: Db,
  measure: ServerMeasure,
  domains: readonly string[],
  from: Date,
  until: Date,
): Promise<DayRow[]> {
  return OF_SERVERS[measure].days(db, [domains, from, until])
}

/** A period in which users joined, the last one in which they were here, and how many there are. */
export interface RetentionRow {
  joined: Date
  seen: Date | null
  users: string
}

const retention = statement<RetentionRow>(
  'metrics.retention',
  `select date_trunc($1, created_at at time zone 'UTC') at time zone 'UTC' as joined,
     date_trunc($1, current_sign_in_at at time zone 'UTC') at time zone 'UTC' as seen, count(*)::text as users
   from users where created_at >= $2 and created_at < $3 group by 1, 2`,
)

/** Groups the users who joined in a time by when they came and when they were last seen. */
export function retentionRows(
  db: Db,
  frequency: 'day' | 'month',
  from: Date,
  until: Date,
): Promise<RetentionRow[]> {
  return retention(db, [frequency, from, until])
}
