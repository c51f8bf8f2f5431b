import type { Db } from '../connection.ts'
import { type StatusRow, statusColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { byColumn } from '../to-map.ts'

const all = columns(statusColumns)

const selectById = statement<StatusRow>(
  'status_by_id',
  `select ${all} from statuses where id = $1 and deleted_at is null`,
)

/** A status that is not deleted; whether anybody may see it is the caller's question. */
export async function statusById(db: Db, id: string): Promise<StatusRow | null> {
  return (await selectById(db, [id]))[0] ?? null
}

const selectByIds = statement<StatusRow>(
  'statuses_by_ids',
  `select ${all} from statuses where id = any($1::bigint[]) and deleted_at is null`,
)

/** Statuses by id; missing and deleted ones are absent. */
export async function statusesByIds(db: Db, ids: readonly string[]): Promise<Map<string, StatusRow>> {
  if (ids.length === 0) return new Map()
  return byColumn(await selectByIds(db, [ids]), 'id')
}

const selectByUri = statement<StatusRow>(
  'status_by_uri',
  `select ${all} from statuses where uri = $1 and deleted_at is null`,
)

/** A status by its ActivityPub id as stored; local ones store theirs too. */
export async function statusByUri(db: Db, uri: string): Promise<StatusRow | null> {
  return (await selectByUri(db, [uri]))[0] ?? null
}

const selectAnyById = statement<StatusRow>(
  'status_by_id_with_deleted',
  `select ${all} from statuses where id = $1`,
)

/** A status even when it is deleted: for those who clear up after it. */
export async function statusByIdWithDeleted(db: Db, id: string): Promise<StatusRow | null> {
  return (await selectAnyById(db, [id]))[0] ?? null
}

const upsertStats = statement<{ status_id: string }>(
  'increment_status_stats',
  `insert into status_stats as stats (status_id, replies_count, reblogs_count, favourites_count)
   values ($1, greatest($2::bigint, 0), greatest($3::bigint, 0), greatest($4::bigint, 0))
   on conflict (status_id) do update set
     replies_count = greatest(stats.replies_count + $2, 0),
     reblogs_count = greatest(stats.reblogs_count + $3, 0),
     favourites_count = greatest(stats.favourites_count + $4, 0),
     updated_at = now()
   returning status_id`,
)

/** Adds to the counters of a status; none falls below 0. */
export async function incrementStatusStats(
  db: Db,
  statusId: string,
  by: { replies?: number; reblogs?: number; favourites?: number },
): Promise<void> {
  await upsertStats(db, [statusId, by.replies ?? 0, by.reblogs ?? 0, by.favourites ?? 0])
}
