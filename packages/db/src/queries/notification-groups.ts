import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type NotificationRow, notificationColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const NOTIFICATION = columns(notificationColumns, 'n')
const OF_PAGE = columns(notificationColumns, 'page')

/** A notification that stands for its group on a page. */
export interface GroupHead extends NotificationRow {
  /** `ungrouped-<id>` for one that stands alone. */
  shown_group_key: string
}

export interface GroupSelection {
  /** Null: all. */
  types: readonly string[] | null
  includeFiltered: boolean
  /** Types that are grouped at all. */
  groupedTypes: readonly string[]
}

const KEY = `case when n.group_key is not null and n.type = any($7::text[]) then n.group_key
     else 'ungrouped-' || n.id end`
const SHOWN = `not exists (select from accounts a where a.id = n.from_account_id and a.suspended_at is not null)`
const SELECTED = `n.account_id = $4 and ($5 or not n.filtered) and ($6::text[] is null or n.type = any($6)) and ${SHOWN}`

// From one head to the next: the nearest notification whose group has not been met yet.
const page: PagedStatement<GroupHead> = pagedStatement('notification_group_page', (order) => {
  const beyond = order === 'desc' ? '<' : '>'
  return `with recursive page as (
     (select ${NOTIFICATION}, ${KEY} as shown_group_key, array[${KEY}] as met, 1 as place
      from notifications n where n.id < $1 and n.id > $2 and ${SELECTED} order by n.id ${order} limit 1)
     union all
     select following.*, page.met || following.shown_group_key, page.place + 1
     from page cross join lateral (
       select ${NOTIFICATION}, ${KEY} as shown_group_key
       from notifications n
       where n.id < $1 and n.id > $2 and n.id ${beyond} page.id and ${SELECTED} and ${KEY} <> all (page.met)
       order by n.id ${order} limit 1
     ) as following
     where page.place < $3
   )
   select ${OF_PAGE}, page.shown_group_key from page order by page.id ${order} limit $3`
})

/** Lists groups of notifications by the notification of each that is met first, newest first. */
export function notificationGroupPage(
  db: Db,
  window: Window,
  accountId: string,
  selection: GroupSelection,
): Promise<GroupHead[]> {
  const { includeFiltered, types, groupedTypes } = selection
  return page(db, window, [accountId, includeFiltered, types, groupedTypes])
}

/** A group as far as it reaches into a range of notification ids. */
export interface GroupExtent {
  group_key: string
  count: number
  most_recent_id: string
  latest_at: Date
  sample_account_ids: string[]
  min_id: string | null
}

const extents = statement<GroupExtent>(
  'notification_group_extents',
  `select k.group_key, g.count, g.most_recent_id, g.latest_at, g.min_id, s.sample_account_ids
   from unnest($2::text[]) as k (group_key)
   cross join lateral (
     select count(*)::int as count, max(n.id) as most_recent_id, max(n.created_at) as latest_at,
       min(n.id) filter (where n.id >= $3) as min_id
     from notifications n where n.account_id = $1 and n.group_key = k.group_key and n.id <= $4 and ${SHOWN}
   ) as g
   cross join lateral (
     select coalesce(array_agg(newest.from_account_id), '{}')::text[] as sample_account_ids from (
       select n.from_account_id from notifications n
       where n.account_id = $1 and n.group_key = k.group_key and n.id <= $4 and ${SHOWN}
       order by n.id desc limit $5
     ) as newest
   ) as s
   where g.count > 0`,
)

/** Sizes, samples and bounds of groups, up to `range.maxId`; groups without any are absent. */
export async function groupExtents(
  db: Db,
  accountId: string,
  groupKeys: readonly string[],
  range: { minId: string; maxId: string },
  sampleSize: number,
): Promise<Map<string, GroupExtent>> {
  if (groupKeys.length === 0) return new Map()
  const rows = await extents(db, [accountId, groupKeys, range.minId, range.maxId, sampleSize])
  return new Map(rows.map((row) => [row.group_key, row]))
}

const newestOf = statement<NotificationRow>(
  'notification_group_newest',
  `select ${NOTIFICATION} from notifications n
   where n.account_id = $1 and (n.group_key = $2 or n.id = $3) and ${SHOWN} order by n.id desc limit 1`,
)

/** Finds the newest notification of a group of this account; null when there is none. */
export async function newestOfGroup(
  db: Db,
  accountId: string,
  groupKey: string,
): Promise<NotificationRow | null> {
  return (await newestOf(db, [accountId, groupKey, loneId(groupKey)]))[0] ?? null
}

const removeGroup = statement<never>(
  'notification_group_delete',
  'delete from notifications where account_id = $1 and (group_key = $2 or id = $3)',
)

/** Deletes the notifications of a group of this account. */
export async function deleteGroup(db: Db, accountId: string, groupKey: string): Promise<void> {
  await removeGroup(db, [accountId, groupKey, loneId(groupKey)])
}

const LONE = /^ungrouped-(\d{1,18})$/

/** The notification behind a key of one that stands alone. */
function loneId(groupKey: string): string | null {
  return LONE.exec(groupKey)?.[1] ?? null
}

export interface GroupMember {
  id: string
  account_id: string
}

const members: PagedStatement<GroupMember> = pagedStatement(
  'notification_group_members',
  (order) => `select n.id, n.from_account_id as account_id from notifications n
   where n.account_id = $4 and n.group_key = $5 and n.id < $1 and n.id > $2 and ${SHOWN}
   order by n.id ${order} limit $3`,
)

/** Lists who is behind a group, newest notification first. */
export function groupMembers(
  db: Db,
  window: Window,
  accountId: string,
  groupKey: string,
): Promise<GroupMember[]> {
  return members(db, window, [accountId, groupKey])
}
