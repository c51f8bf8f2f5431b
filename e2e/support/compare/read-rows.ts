import {
  type AccountRow,
  type ConversationRow,
  connect,
  type Db,
  disconnect,
  type MediaAttachmentRow,
  type PollRow,
  type QuoteRow,
  type ReportRow,
  type StatusRow,
} from '@anancus/db'

/** A row that ties an account to another one, or to a status. */
export interface TieRow {
  from_id: string
  to_id: string
  uri: string | null
  created_at: Date
}

/** What is read of one database, all at one moment. */
export interface Rows {
  accounts: (AccountRow & { is_gone: boolean })[]
  statuses: (StatusRow & { edits: string })[]
  conversations: ConversationRow[]
  mentions: { status_id: string; account_id: string; silent: boolean }[]
  tags: { status_id: string; name: string }[]
  media: MediaAttachmentRow[]
  polls: PollRow[]
  votes: (TieRow & { choice: number })[]
  quotes: QuoteRow[]
  follows: TieRow[]
  requests: TieRow[]
  blocks: TieRow[]
  favourites: TieRow[]
  pins: TieRow[]
  featuredTags: { account_id: string; name: string }[]
  reports: ReportRow[]
  /** Counters that differ from what they count. */
  miscounts: { what: string; id: string; said: string; counted: string }[]
  suspendedDomains: { domain: string }[]
  liftedBlocks: { domain: string; lifted_at: Date }[]
}

const tie = (table: string, from: string, to: string) =>
  `select ${from} as from_id, ${to} as to_id, uri, created_at from ${table}`

const SELECTS: Record<Exclude<keyof Rows, 'miscounts'>, string> = {
  // Of one whose login is gone, or whose data was erased after a suspension, nothing comes back.
  accounts: `select a.*, a.suspended_at is not null and a.domain is null
      and not exists (select from account_deletion_requests r where r.account_id = a.id) as is_gone from accounts a`,
  statuses: `select s.*, (select count(*) from status_edits e where e.status_id = s.id) as edits
    from statuses s where s.deleted_at is null`,
  conversations: 'select * from conversations',
  mentions: 'select status_id, account_id, silent from mentions order by id',
  tags: 'select st.status_id, t.name from statuses_tags st join tags t on t.id = st.tag_id',
  media: 'select * from media_attachments where status_id is not null',
  polls: 'select * from polls',
  votes: `select v.account_id as from_id, p.status_id as to_id, v.uri, v.choice, v.created_at
    from poll_votes v join polls p on p.id = v.poll_id`,
  quotes: 'select * from quotes',
  follows: tie('follows', 'account_id', 'target_account_id'),
  requests: tie('follow_requests', 'account_id', 'target_account_id'),
  blocks: tie('blocks', 'account_id', 'target_account_id'),
  favourites: tie('favourites', 'account_id', 'status_id'),
  pins: 'select account_id as from_id, status_id as to_id, null as uri, created_at from status_pins',
  featuredTags: 'select f.account_id, t.name from featured_tags f join tags t on t.id = f.tag_id',
  reports: 'select * from reports',
  suspendedDomains: 'select domain from domain_blocks where severity = 1',
  liftedBlocks: `select human_identifier as domain, max(created_at) as lifted_at from admin_action_logs
    where target_type = 'DomainBlock' and action = 'destroy' group by 1`,
}

const visible = `deleted_at is null and visibility <> 3`

/** Each counts for every row what a counter of it should say; only what somebody here owns is counted exactly. */
const COUNTERS: Record<string, string> = {
  followers_count: counted('account_stats', 'account_id', 'accounts', 'owner.domain is null', {
    column: 'followers_count',
    truth: 'select count(*) from follows where target_account_id = owner.id',
  }),
  following_count: counted('account_stats', 'account_id', 'accounts', 'owner.domain is null', {
    column: 'following_count',
    truth: 'select count(*) from follows where account_id = owner.id',
  }),
  statuses_count: counted('account_stats', 'account_id', 'accounts', 'owner.domain is null', {
    column: 'statuses_count',
    truth: `select count(*) from statuses where account_id = owner.id and ${visible}`,
  }),
  favourites_count: counted('status_stats', 'status_id', 'statuses', 'owner.deleted_at is null', {
    column: 'favourites_count',
    truth: 'select count(*) from favourites where status_id = owner.id',
  }),
  reblogs_count: counted('status_stats', 'status_id', 'statuses', 'owner.deleted_at is null', {
    column: 'reblogs_count',
    truth: 'select count(*) from statuses s where s.reblog_of_id = owner.id and s.deleted_at is null',
  }),
  replies_count: counted('status_stats', 'status_id', 'statuses', 'owner.deleted_at is null', {
    column: 'replies_count',
    truth: `select count(*) from statuses s where s.in_reply_to_id = owner.id and s.deleted_at is null
      and s.visibility in (0, 1)`,
  }),
  quotes_count: counted('status_stats', 'status_id', 'statuses', 'owner.deleted_at is null', {
    column: 'quotes_count',
    truth: `select count(*) from quotes q join statuses s on s.id = q.status_id and s.deleted_at is null
      where q.quoted_status_id = owner.id and q.state = 1`,
  }),
}

function counted(
  stats: string,
  key: string,
  owners: string,
  among: string,
  { column, truth }: { column: string; truth: string },
): string {
  return `select '${column}' as what, id, said, counted from (
    select owner.id, coalesce(stats.${column}, 0) as said, (${truth}) as counted
    from ${owners} owner left join ${stats} stats on stats.${key} = owner.id where ${among}
  ) compared where said <> counted`
}

/** Reads a database in one snapshot of it; nothing is written. */
export async function readRows(databaseUrl: string): Promise<Rows> {
  const db = connect({ url: databaseUrl, poolSize: 1 })
  try {
    return await db.transaction(readAll, { isolationLevel: 'repeatable read', readOnly: true })
  } finally {
    await disconnect(db)
  }
}

async function readAll(db: Db): Promise<Rows> {
  const rows: Record<string, unknown[]> = { miscounts: [] }
  for (const [name, select] of Object.entries(SELECTS)) rows[name] = (await db.raw(select)).rows
  for (const select of Object.values(COUNTERS)) rows.miscounts?.push(...(await db.raw(select)).rows)
  return rows as unknown as Rows
}
