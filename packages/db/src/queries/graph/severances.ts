import type { Db } from '../../connection.ts'
import { statement } from '../../statement.ts'

/** Follows that somebody lost by one event. */
export interface SeveranceFacts {
  id: string
  type: number
  purged: boolean
  target_name: string
  followers_count: number
  following_count: number
  created_at: Date
}

const byIds = statement<SeveranceFacts>(
  'graph_severances',
  `select mine.id, event.type, event.purged, event.target_name, mine.followers_count, mine.following_count,
     mine.created_at
   from account_relationship_severance_events mine
   join relationship_severance_events event on event.id = mine.relationship_severance_event_id
   where mine.id = any($1::bigint[])`,
)

/** Loads events by which follows were lost, as those see them who lost them; no statement without ids. */
export async function severancesByIds(db: Db, ids: readonly string[]): Promise<SeveranceFacts[]> {
  return ids.length === 0 ? [] : byIds(db, [ids])
}
