import type { Db } from '../../connection.ts'
import { statement } from '../../statement.ts'

/** What a notification is about, and the status that shows it. */
export interface NotifiedStatus {
  activity_type: string
  activity_id: string
  status_id: string
}

const notified = statement<NotifiedStatus>(
  'graph_notified_statuses',
  `select 'Favourite' as activity_type, id as activity_id, status_id from favourites where id = any($1::bigint[])
   union all
   select 'Mention', id, status_id from mentions where id = any($2::bigint[])
   union all
   select 'Poll', id, status_id from polls where id = any($3::bigint[])
   union all
   select 'Quote', id, status_id from quotes where id = any($4::bigint[])
   union all
   select 'Status', id, coalesce(reblog_of_id, id) from statuses where id = any($5::bigint[])`,
)

const ACTIVITY_TYPES = ['Favourite', 'Mention', 'Poll', 'Quote', 'Status'] as const

/** Finds the statuses that notifications are about; those about none, or about something deleted, are absent. */
export async function notifiedStatuses(
  db: Db,
  notifications: readonly { activity_type: string; activity_id: string }[],
): Promise<NotifiedStatus[]> {
  if (notifications.length === 0) return []
  const idsByType = ACTIVITY_TYPES.map((type) =>
    notifications.filter((row) => row.activity_type === type).map((row) => row.activity_id),
  )
  return notified(db, idsByType)
}
