import type { Db } from '../connection.ts'
import { type GeneratedAnnualReportRow, generatedAnnualReportColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const ALL = columns(generatedAnnualReportColumns)

const unread = statement<GeneratedAnnualReportRow>(
  'unread_annual_reports',
  `select ${ALL} from generated_annual_reports where account_id = $1 and viewed_at is null order by year`,
)
const ofYear = statement<GeneratedAnnualReportRow>(
  'annual_report_of_year',
  `select ${ALL} from generated_annual_reports where account_id = $1 and year = $2`,
)

/** Reports of an account that it has not looked at yet. */
export async function unreadAnnualReports(db: Db, accountId: string): Promise<GeneratedAnnualReportRow[]> {
  return unread(db, [accountId])
}

export async function annualReportOf(
  db: Db,
  accountId: string,
  year: number,
): Promise<GeneratedAnnualReportRow | null> {
  return (await ofYear(db, [accountId, year]))[0] ?? null
}

const years = statement<{ id: string; year: number }>(
  'annual_report_years',
  'select id, year from generated_annual_reports where id = any($1::bigint[])',
)

/** The years of reports by id. One statement, none for no ids. */
export async function annualReportYears(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  return new Map((await years(db, [ids])).map((row) => [row.id, row.year]))
}

const insert = statement<GeneratedAnnualReportRow>(
  'insert_annual_report',
  `insert into generated_annual_reports (account_id, year, schema_version, data, share_key)
   values ($1, $2, $3, $4::jsonb, $5) on conflict (account_id, year) do nothing returning ${ALL}`,
)

/** Keeps a report; null when there is one. */
export async function insertAnnualReport(
  db: Db,
  report: { accountId: string; year: number; schemaVersion: number; data: object; shareKey: string },
): Promise<GeneratedAnnualReportRow | null> {
  const { accountId, year, schemaVersion, data, shareKey } = report
  return (await insert(db, [accountId, year, schemaVersion, JSON.stringify(data), shareKey]))[0] ?? null
}

const view = statement(
  'view_annual_report',
  `update generated_annual_reports set viewed_at = coalesce(viewed_at, $2), updated_at = now() where id = $1`,
)

export async function markReportViewed(db: Db, id: string, at: Date): Promise<void> {
  await view(db, [id, at])
}

/** What an account wrote in a span of ids. */
export interface PostCounts {
  all: number
  polls: number
  reblogs: number
  /** To others. */
  replies: number
  standalone: number
  public: number
}

const counts = statement<Record<keyof PostCounts, string>>(
  'annual_post_counts',
  `select count(*) as "all",
     count(*) filter (where poll_id is not null) as polls,
     count(*) filter (where reblog_of_id is not null) as reblogs,
     count(*) filter (where in_reply_to_id is not null and in_reply_to_account_id is distinct from account_id) as replies,
     count(*) filter (where not reply and reblog_of_id is null) as standalone,
     count(*) filter (where visibility = 0) as public
   from statuses where account_id = $1 and id >= $2 and id < $3 and deleted_at is null`,
)

export async function postCounts(
  db: Db,
  accountId: string,
  fromId: string,
  toId: string,
): Promise<PostCounts> {
  const [row] = await counts(db, [accountId, fromId, toId])
  const number = (name: keyof PostCounts) => Number(row?.[name] ?? 0)
  return {
    all: number('all'),
    polls: number('polls'),
    reblogs: number('reblogs'),
    replies: number('replies'),
    standalone: number('standalone'),
    public: number('public'),
  }
}

const reblogged = statement<{ id: string }>(
  'annual_most_reblogged',
  `select s.id from statuses s join status_stats st on st.status_id = s.id
   where s.account_id = $1 and s.id >= $2 and s.id < $3 and s.deleted_at is null and s.visibility = 0
     and st.reblogs_count > 0
   order by st.reblogs_count desc, s.id desc limit 1`,
)

/** The public status of a span that was reblogged most; null when none was. */
export async function mostReblogged(
  db: Db,
  accountId: string,
  fromId: string,
  toId: string,
): Promise<string | null> {
  return (await reblogged(db, [accountId, fromId, toId]))[0]?.id ?? null
}

const hashtags = statement<{ name: string; count: string }>(
  'annual_top_hashtags',
  `select coalesce(t.display_name, t.name) as name, count(*) as count
   from statuses s join statuses_tags l on l.status_id = s.id join tags t on t.id = l.tag_id
   where s.account_id = $1 and s.id >= $2 and s.id < $3 and s.deleted_at is null
   group by t.id having count(*) > 1 order by count(*) desc, t.id limit $4`,
)

/** Hashtags that an account used more than once in a span of ids, most used first. */
export async function topHashtags(
  db: Db,
  accountId: string,
  fromId: string,
  toId: string,
  limit: number,
): Promise<{ name: string; count: number }[]> {
  const rows = await hashtags(db, [accountId, fromId, toId, limit])
  return rows.map(({ name, count }) => ({ name, count: Number(count) }))
}

const followers = statement<{ count: string }>(
  'annual_new_followers',
  'select count(*) as count from follows where target_account_id = $1 and created_at >= $2 and created_at < $3',
)

/** How many of the followers of an account came within a time. */
export async function newFollowers(db: Db, accountId: string, from: Date, to: Date): Promise<number> {
  return Number((await followers(db, [accountId, from, to]))[0]?.count ?? 0)
}
