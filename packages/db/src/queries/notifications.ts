import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type NotificationRow, notificationColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const NOTIFICATION = columns(notificationColumns)
const PAGED = columns(notificationColumns, 'n')

/** Which notifications of an account are meant; null means any. */
export interface NotificationSelection {
  types: readonly string[] | null
  fromAccountId: string | null
  includeFiltered: boolean
}

const SELECTED = `n.account_id = $4 and ($5 or not n.filtered)
   and ($6::bigint is null or n.from_account_id = $6) and ($7::text[] is null or n.type = any($7))
   and not exists (select from accounts a where a.id = n.from_account_id and a.suspended_at is not null)`

const page: PagedStatement<NotificationRow> = pagedStatement(
  'notification_page',
  (order) => `select ${PAGED} from notifications n
   where n.id < $1 and n.id > $2 and ${SELECTED} order by n.id ${order} limit $3`,
)

/** Lists notifications, newest first; those of suspended accounts are left out. */
export function notificationPage(
  db: Db,
  window: Window,
  accountId: string,
  selection: NotificationSelection,
): Promise<NotificationRow[]> {
  return page(db, window, selectionValues(accountId, selection))
}

function selectionValues(accountId: string, selection: NotificationSelection): unknown[] {
  return [accountId, selection.includeFiltered, selection.fromAccountId, selection.types]
}

const countAbove = statement<{ count: number }>(
  'notification_count_above',
  `select count(*)::int as count from (
     select from notifications n
     where n.id < $1 and n.id > coalesce(
       (select m.last_read_id from markers m where m.user_id = $2 and m.timeline = 'notifications'), 0)
     and ${SELECTED} limit $3) as unread`,
)

const HIGHEST_ID = '9223372036854775807'

/** Counts what lies above the user's marker, up to `limit`. */
export async function countUnreadNotifications(
  db: Db,
  user: { id: string; accountId: string },
  limit: number,
  selection: NotificationSelection,
): Promise<number> {
  const values = [HIGHEST_ID, user.id, limit, ...selectionValues(user.accountId, selection)]
  return (await countAbove(db, values))[0]?.count ?? 0
}

const byId = statement<NotificationRow>(
  'notification_by_id',
  `select ${PAGED} from notifications n where n.id = $1 and n.account_id = $2
   and not exists (select from accounts a where a.id = n.from_account_id and a.suspended_at is not null)`,
)

/** Finds a notification of this account; null for those of others. */
export async function findNotification(
  db: Db,
  accountId: string,
  id: string,
): Promise<NotificationRow | null> {
  return (await byId(db, [id, accountId]))[0] ?? null
}

export interface NewNotification {
  accountId: string
  fromAccountId: string
  type: string
  activityType: string
  activityId: string
  filtered: boolean
  groupKey: string | null
}

const insert = statement<NotificationRow>(
  'notification_insert',
  `insert into notifications (account_id, from_account_id, type, activity_type, activity_id, filtered, group_key)
   values ($1, $2, $3, $4, $5, $6, $7) returning ${NOTIFICATION}`,
)

export async function insertNotification(db: Db, draft: NewNotification): Promise<NotificationRow> {
  const [row] = await insert(db, [
    draft.accountId,
    draft.fromAccountId,
    draft.type,
    draft.activityType,
    draft.activityId,
    draft.filtered,
    draft.groupKey,
  ])
  return row as NotificationRow
}

const lock = statement<never>(
  'notification_lock_activity',
  `select pg_advisory_xact_lock(hashtextextended('notify:' || $1::bigint || ':' || $2 || ':' || $3::bigint, 0))`,
)

/** Waits for every other transaction that notifies the account of the same activity. */
export async function lockNotification(
  db: Db,
  accountId: string,
  activityType: string,
  activityId: string,
): Promise<void> {
  await lock(db, [accountId, activityType, activityId])
}

const exists = statement<{ found: boolean }>(
  'notification_exists',
  `select exists (select from notifications
     where account_id = $1 and activity_type = $2 and activity_id = $3 and type = $4) as found`,
)

export async function hasNotification(
  db: Db,
  accountId: string,
  activity: { activityType: string; activityId: string; type: string },
): Promise<boolean> {
  const values = [accountId, activity.activityType, activity.activityId, activity.type]
  return (await exists(db, values))[0]?.found ?? false
}

const removeOfType = statement<never>(
  'notification_delete_of_type',
  `delete from notifications where account_id = $1 and activity_type = $2 and activity_id = $3 and type = $4`,
)

/** Deletes what an account was told about an activity by one type of notification. */
export async function deleteNotificationsOfType(
  db: Db,
  accountId: string,
  activity: { activityType: string; activityId: string; type: string },
): Promise<void> {
  await removeOfType(db, [accountId, activity.activityType, activity.activityId, activity.type])
}

const removeOfActivity = statement<never>(
  'notification_delete_of_activity',
  'delete from notifications where activity_type = $1 and activity_id = $2',
)

/** Deletes what anybody was told about an activity. */
export async function deleteNotificationsOfActivity(
  db: Db,
  activityType: string,
  activityId: string,
): Promise<void> {
  await removeOfActivity(db, [activityType, activityId])
}

const removeOne = statement<{ id: string }>(
  'notification_delete',
  'delete from notifications where id = $1 and account_id = $2 returning id',
)

/** Deletes a notification of this account; false for those of others. */
export async function deleteNotification(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await removeOne(db, [id, accountId])).length > 0
}

const removeAll = statement<never>(
  'notification_delete_all',
  'delete from notifications where account_id = $1',
)

export async function deleteAllNotifications(db: Db, accountId: string): Promise<void> {
  await removeAll(db, [accountId])
}

const removeFrom = statement<never>(
  'notification_delete_from',
  `with requests as (delete from notification_requests where account_id = $1 and from_account_id = $2)
   delete from notifications where account_id = $1 and from_account_id = $2`,
)

/** Deletes the notifications an account has from another, and their request. */
export async function deleteNotificationsFrom(
  db: Db,
  accountId: string,
  fromAccountId: string,
): Promise<void> {
  await removeFrom(db, [accountId, fromAccountId])
}

const removeFromDomain = statement<never>(
  'notification_delete_from_domain',
  `with requests as (
     delete from notification_requests r using accounts a
     where r.account_id = $1 and a.id = r.from_account_id and a.domain = $2
   )
   delete from notifications n using accounts a
   where n.account_id = $1 and a.id = n.from_account_id and a.domain = $2`,
)

/** Deletes the notifications an account has from a server, and their requests. */
export async function deleteNotificationsFromDomain(
  db: Db,
  accountId: string,
  domain: string,
): Promise<void> {
  await removeFromDomain(db, [accountId, domain])
}
