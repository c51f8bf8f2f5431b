import type { Db } from '../connection.ts'
import type { FollowRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** What cut the relationships; the integers are Mastodon's. */
export const SEVERANCE_TYPES = ['domain_block', 'user_domain_block', 'account_suspension'] as const

const FOLLOWER_SIDE = 0
const FOLLOWING_SIDE = 1

const insert = statement<{ id: string }>(
  'severance_insert',
  `with event as (
     insert into relationship_severance_events (type, target_name) values ($1, $2) returning id
   ), lost as (
     insert into severed_relationships
       (relationship_severance_event_id, local_account_id, remote_account_id, direction, show_reblogs, notify, languages)
     select event.id, $3, f.remote_account_id, f.direction, f.show_reblogs, f.notify, f.languages
     from event, jsonb_to_recordset($4::jsonb)
       as f (remote_account_id bigint, direction int, show_reblogs boolean, notify boolean, languages text[])
     returning direction
   )
   insert into account_relationship_severance_events
     (account_id, relationship_severance_event_id, followers_count, following_count)
   select $3, event.id,
     (select count(*) from lost where direction = ${FOLLOWER_SIDE}),
     (select count(*) from lost where direction = ${FOLLOWING_SIDE})
   from event returning id`,
)

/**
 * Records which follows an account lost by one event.
 *
 * @param lost the deleted follows, in either direction
 * @returns the id of the event as the account sees it
 */
export async function insertSeverance(
  db: Db,
  event: { type: (typeof SEVERANCE_TYPES)[number]; targetName: string; accountId: string },
  lost: readonly FollowRow[],
): Promise<string> {
  const entries = lost.map((follow) => {
    const isOurs = follow.account_id === event.accountId
    return {
      remote_account_id: isOurs ? follow.target_account_id : follow.account_id,
      direction: isOurs ? FOLLOWING_SIDE : FOLLOWER_SIDE,
      show_reblogs: follow.show_reblogs,
      notify: follow.notify,
      languages: follow.languages,
    }
  })
  const [row] = await insert(db, [
    SEVERANCE_TYPES.indexOf(event.type),
    event.targetName,
    event.accountId,
    JSON.stringify(entries),
  ])
  return (row as { id: string }).id
}
