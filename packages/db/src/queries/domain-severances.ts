import type { Db } from '../connection.ts'
import type { FollowRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** Follows that a domain block cut: one event for the server, and for each of ours who lost something one of their own. */

const DOMAIN_BLOCK = 0
const FOLLOWER_SIDE = 0
const FOLLOWING_SIDE = 1

const find = statement<{ id: string }>(
  'domain_severance.find',
  `select id from relationship_severance_events
   where type = ${DOMAIN_BLOCK} and target_name = $1 and created_at >= $2 order by id desc limit 1`,
)
const insert = statement<{ id: string }>(
  'domain_severance.insert',
  `insert into relationship_severance_events (type, target_name, created_at, updated_at)
   values (${DOMAIN_BLOCK}, $1, $2, $2) returning id`,
)

/** The event of a block that was made or tightened at `at`; one, however often it is asked for. */
export async function domainSeveranceOf(db: Db, domain: string, at: Date): Promise<string> {
  const [known] = await find(db, [domain, at])
  const [row] = known ? [known] : await insert(db, [domain, at])
  return (row as { id: string }).id
}

const times = statement<{ created_at: Date }>(
  'domain_severance.times',
  `select created_at from relationship_severance_events
   where type = ${DOMAIN_BLOCK} and target_name = $1 order by id`,
)

/** When a server was cut off, the first time first. */
export async function domainSeveranceTimes(db: Db, domain: string): Promise<Date[]> {
  return (await times(db, [domain])).map((row) => row.created_at)
}

const insertLost = statement<never>(
  'domain_severance.insert_lost',
  `insert into severed_relationships
     (relationship_severance_event_id, local_account_id, remote_account_id, direction, show_reblogs, notify, languages)
   select $1, f.local_id, f.remote_id, f.direction, f.show_reblogs, f.notify, f.languages
   from jsonb_to_recordset($2::jsonb)
     as f (local_id bigint, remote_id bigint, direction int, show_reblogs boolean, notify boolean, languages text[])
   on conflict do nothing`,
)

/** Records lost follows. @param isOurs tells of an account id whether it is the local end */
export async function insertSevered(
  db: Db,
  eventId: string,
  lost: readonly FollowRow[],
  isOurs: (accountId: string) => boolean,
): Promise<void> {
  const entries = lost.map((follow) => {
    const isFollowing = isOurs(follow.account_id)
    return {
      local_id: isFollowing ? follow.account_id : follow.target_account_id,
      remote_id: isFollowing ? follow.target_account_id : follow.account_id,
      direction: isFollowing ? FOLLOWING_SIDE : FOLLOWER_SIDE,
      show_reblogs: follow.show_reblogs,
      notify: follow.notify,
      languages: follow.languages,
    }
  })
  if (entries.length > 0) await insertLost(db, [eventId, JSON.stringify(entries)])
}

export interface OwnSeverance {
  id: string
  account_id: string
}

const tell = statement<OwnSeverance>(
  'domain_severance.tell',
  `insert into account_relationship_severance_events
     (account_id, relationship_severance_event_id, followers_count, following_count)
   select s.local_account_id, $1,
     count(*) filter (where s.direction = ${FOLLOWER_SIDE}), count(*) filter (where s.direction = ${FOLLOWING_SIDE})
   from severed_relationships s
   where s.relationship_severance_event_id = $1 and not exists (
     select from account_relationship_severance_events e
     where e.relationship_severance_event_id = $1 and e.account_id = s.local_account_id)
   group by s.local_account_id
   order by s.local_account_id limit $2
   returning id, account_id`,
)

/** Counts the losses of at most `limit` of ours who were not told yet. */
export async function countSevered(db: Db, eventId: string, limit: number): Promise<OwnSeverance[]> {
  return tell(db, [eventId, limit])
}
