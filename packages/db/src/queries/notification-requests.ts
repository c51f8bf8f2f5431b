import type { Db } from '../connection.ts'
import { stored, VISIBILITIES } from '../enums.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type NotificationRequestRow, notificationRequestColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const REQUEST = columns(notificationRequestColumns)
const PAGED = columns(notificationRequestColumns, 'r')

/** A request counts no more notifications than this. */
export const MOST_COUNTED = 100

const upsert = statement<never>(
  'notification_request_upsert',
  `insert into notification_requests (account_id, from_account_id, last_status_id, notifications_count)
   values ($1, $2, $3, (
     select count(*) from (
       select from notifications where account_id = $1 and from_account_id = $2 and filtered
         and type in ('mention', 'quote') limit ${MOST_COUNTED}) as counted))
   on conflict (account_id, from_account_id) do update set
     last_status_id = excluded.last_status_id, notifications_count = excluded.notifications_count, updated_at = now()`,
)

/** Notes that filtered notifications from somebody wait, and counts them anew. */
export async function upsertNotificationRequest(
  db: Db,
  accountId: string,
  fromAccountId: string,
  lastStatusId: string | null,
): Promise<void> {
  await upsert(db, [accountId, fromAccountId, lastStatusId])
}

const page: PagedStatement<NotificationRequestRow> = pagedStatement(
  'notification_request_page',
  (order) => `select ${PAGED} from notification_requests r
   join accounts a on a.id = r.from_account_id and a.suspended_at is null
   where r.account_id = $4 and r.id < $1 and r.id > $2 order by r.id ${order} limit $3`,
)

export function notificationRequestPage(
  db: Db,
  window: Window,
  accountId: string,
): Promise<NotificationRequestRow[]> {
  return page(db, window, [accountId])
}

const byIds = statement<NotificationRequestRow>(
  'notification_request_by_ids',
  `select ${REQUEST} from notification_requests where account_id = $1 and id = any($2::bigint[])`,
)

/** Finds requests of this account; ids of others are absent. */
export function findNotificationRequests(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<NotificationRequestRow[]> {
  return byIds(db, [accountId, ids])
}

const remove = statement<{ from_account_id: string }>(
  'notification_request_delete',
  `delete from notification_requests where account_id = $1 and id = any($2::bigint[]) returning from_account_id`,
)

/** Deletes requests of this account and says from whom they were. */
export async function deleteNotificationRequests(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<string[]> {
  return (await remove(db, [accountId, ids])).map((row) => row.from_account_id)
}

const permit = statement<never>(
  'notification_permission_insert',
  `insert into notification_permissions (account_id, from_account_id)
   select $1::bigint, s.id from unnest($2::bigint[]) as s (id)
   where not exists (select from notification_permissions p where p.account_id = $1 and p.from_account_id = s.id)`,
)

/** Lets the notifications of these senders through from now on. */
export async function insertNotificationPermissions(
  db: Db,
  accountId: string,
  fromAccountIds: readonly string[],
): Promise<void> {
  await permit(db, [accountId, fromAccountIds])
}

const forbid = statement<never>(
  'notification_permission_delete',
  'delete from notification_permissions where account_id = $1 and from_account_id = $2',
)

export async function deleteNotificationPermission(
  db: Db,
  accountId: string,
  fromAccountId: string,
): Promise<void> {
  await forbid(db, [accountId, fromAccountId])
}

const unfilter = statement<{ status_id: string }>(
  'notification_unfilter',
  `with shown as (
     update notifications set filtered = false, updated_at = now()
     where account_id = $1 and from_account_id = any($2::bigint[]) and filtered
     returning activity_type, activity_id
   )
   select m.status_id from shown join mentions m on shown.activity_type = 'Mention' and m.id = shown.activity_id
   join statuses s on s.id = m.status_id and s.deleted_at is null and s.visibility = ${stored(VISIBILITIES, 'direct')}
   order by m.status_id`,
)

/** Shows what was filtered from these senders; returns the direct statuses among it. */
export async function unfilterNotifications(
  db: Db,
  accountId: string,
  fromAccountIds: readonly string[],
): Promise<string[]> {
  return (await unfilter(db, [accountId, fromAccountIds])).map((row) => row.status_id)
}

const removeFiltered = statement<never>(
  'notification_delete_filtered',
  'delete from notifications where account_id = $1 and from_account_id = any($2::bigint[]) and filtered',
)

export async function deleteFilteredNotifications(
  db: Db,
  accountId: string,
  fromAccountIds: readonly string[],
): Promise<void> {
  await removeFiltered(db, [accountId, fromAccountIds])
}

const removeAll = statement<never>(
  'notification_request_delete_all',
  'delete from notification_requests where account_id = $1',
)

export async function deleteAllNotificationRequests(db: Db, accountId: string): Promise<void> {
  await removeAll(db, [accountId])
}
