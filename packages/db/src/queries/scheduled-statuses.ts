import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import {
  type MediaAttachmentRow,
  mediaAttachmentColumns,
  type ScheduledStatusRow,
  scheduledStatusColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const SCHEDULED = columns(scheduledStatusColumns)

const insert = statement<ScheduledStatusRow>(
  'scheduled_status_insert',
  `insert into scheduled_statuses (account_id, scheduled_at, params) values ($1, $2, $3::jsonb) returning ${SCHEDULED}`,
)

export async function insertScheduledStatus(
  db: Db,
  accountId: string,
  scheduledAt: Date,
  params: object,
): Promise<ScheduledStatusRow> {
  const [row] = await insert(db, [accountId, scheduledAt, JSON.stringify(params)])
  return row as ScheduledStatusRow
}

const counts = statement<{ total: number; that_day: number }>(
  'scheduled_status_counts',
  `select count(*)::int as total, count(*) filter (
     where (scheduled_at at time zone 'UTC')::date = ($2::timestamptz at time zone 'UTC')::date)::int as that_day
   from scheduled_statuses where account_id = $1 and id is distinct from $3::bigint`,
)

/**
 * How much an account has scheduled, in all and for a day (UTC).
 *
 * @param besides id of one that does not count
 */
export async function countScheduled(
  db: Db,
  accountId: string,
  day: Date,
  besides: string | null,
): Promise<{ total: number; thatDay: number }> {
  const [row] = await counts(db, [accountId, day, besides])
  return { total: row?.total ?? 0, thatDay: row?.that_day ?? 0 }
}

const page = pagedStatement<ScheduledStatusRow>(
  'scheduled_statuses_of_account',
  (order) => `select ${SCHEDULED} from scheduled_statuses
   where account_id = $4 and id < $1 and id > $2 order by id ${order} limit $3`,
)

export function scheduledStatusesOf(
  db: Db,
  window: Window,
  accountId: string,
): Promise<ScheduledStatusRow[]> {
  return page(db, window, [accountId])
}

const byId = statement<ScheduledStatusRow>(
  'scheduled_status_by_id',
  `select ${SCHEDULED} from scheduled_statuses where id = $1`,
)

export async function scheduledStatusById(db: Db, id: string): Promise<ScheduledStatusRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const move = statement<ScheduledStatusRow>(
  'scheduled_status_move',
  `update scheduled_statuses set scheduled_at = $3 where account_id = $1 and id = $2 returning ${SCHEDULED}`,
)

/** Null when the account has none with this id. */
export async function moveScheduledStatus(
  db: Db,
  accountId: string,
  id: string,
  scheduledAt: Date,
): Promise<ScheduledStatusRow | null> {
  return (await move(db, [accountId, id, scheduledAt]))[0] ?? null
}

const remove = statement<{ id: string }>(
  'scheduled_status_delete',
  'delete from scheduled_statuses where account_id = $1 and id = $2 returning id',
)

/** Its uploads are free again. False when the account has none with this id. */
export async function deleteScheduledStatus(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await remove(db, [accountId, id])).length > 0
}

const take = statement<{ id: string }>(
  'scheduled_status_take',
  'delete from scheduled_statuses where id = $1 and scheduled_at <= $2 returning id',
)

/** Takes one that is due for publishing; false when somebody else has, or it was put off. */
export async function takeScheduledStatus(db: Db, id: string, now: Date): Promise<boolean> {
  return (await take(db, [id, now])).length > 0
}

const due = statement<ScheduledStatusRow>(
  'scheduled_statuses_due',
  `select ${SCHEDULED} from scheduled_statuses where scheduled_at <= $1 and id > $2 order by id limit $3`,
)

/** Those that are due, with an id above `afterId`. */
export function dueScheduledStatuses(
  db: Db,
  now: Date,
  afterId: string,
  limit: number,
): Promise<ScheduledStatusRow[]> {
  return due(db, [now, afterId, limit])
}

const hold = statement<{ id: string }>(
  'scheduled_status_hold_media',
  `update media_attachments set scheduled_status_id = $2, updated_at = now()
   where id = any($3::bigint[]) and account_id = $1 and status_id is null and scheduled_status_id is null returning id`,
)

/** Keeps uploads for a scheduled status; fewer than asked means that somebody was faster. */
export async function holdMedia(
  db: Db,
  accountId: string,
  scheduledId: string,
  ids: readonly string[],
): Promise<number> {
  return ids.length === 0 ? 0 : (await hold(db, [accountId, scheduledId, ids])).length
}

const media = statement<MediaAttachmentRow>(
  'scheduled_status_media',
  `select ${columns(mediaAttachmentColumns)} from media_attachments where scheduled_status_id = any($1::bigint[])
   order by id`,
)

/** The uploads kept for scheduled statuses. */
export async function mediaOfScheduled(db: Db, ids: readonly string[]): Promise<MediaAttachmentRow[]> {
  return ids.length === 0 ? [] : media(db, [ids])
}
