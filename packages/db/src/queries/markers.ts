import type { Db } from '../connection.ts'
import { type MarkerRow, markerColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const MARKER = columns(markerColumns)

const byTimelines = statement<MarkerRow>(
  'marker_by_timelines',
  `select ${MARKER} from markers where user_id = $1 and timeline = any($2::text[]) order by timeline`,
)

/** How far a user has read, in the timelines asked for; those never marked are absent. */
export function markersOf(db: Db, userId: string, timelines: readonly string[]): Promise<MarkerRow[]> {
  return byTimelines(db, [userId, timelines])
}

const upsert = statement<MarkerRow>(
  'marker_upsert',
  `insert into markers as m (user_id, timeline, last_read_id, lock_version) values ($1, $2, $3, 1)
   on conflict (user_id, timeline) do update set
     last_read_id = excluded.last_read_id, lock_version = m.lock_version + 1, updated_at = now()
   returning ${MARKER}`,
)

/** Moves a marker, forwards or backwards, and counts its version. Safe in parallel: the last writer wins. */
export async function moveMarker(
  db: Db,
  userId: string,
  timeline: string,
  lastReadId: string,
): Promise<MarkerRow> {
  const [row] = await upsert(db, [userId, timeline, lastReadId])
  return row as MarkerRow
}
