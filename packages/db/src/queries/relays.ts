import type { Db } from '../connection.ts'
import { type RelayRow, relayColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Relays: servers that pass public statuses on between many. As stored by Mastodon. */
export const RELAY_STATES = { idle: 0, pending: 1, accepted: 2, rejected: 3 } as const

const RELAY = columns(relayColumns)

const all = statement<RelayRow>('relay_all', `select ${RELAY} from relays order by id`)

export const allRelays = (db: Db): Promise<RelayRow[]> => all(db, [])

const byId = statement<RelayRow>('relay_by_id', `select ${RELAY} from relays where id = $1`)

export async function relayById(db: Db, id: string): Promise<RelayRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const insert = statement<RelayRow>(
  'relay_insert',
  `insert into relays (inbox_url, actor_uri)
   select $1, $2 where not exists (select from relays where inbox_url = $1)
   returning ${RELAY}`,
)

/**
 * Inserts an idle relay; null when there is one of that address.
 *
 * @param actorUri of one that is followed as an actor
 */
export async function insertRelay(
  db: Db,
  inboxUrl: string,
  actorUri: string | null = null,
): Promise<RelayRow | null> {
  return (await insert(db, [inboxUrl, actorUri]))[0] ?? null
}

const announced = statement<{ inbox_url: string }>(
  'relay_announced_inboxes',
  `select inbox_url from relays where actor_uri is not null and state = ${RELAY_STATES.accepted}`,
)

/** The inboxes of relays that are told of statuses by Announce, and have accepted. */
export async function announcedRelayInboxes(db: Db): Promise<string[]> {
  return (await announced(db, [])).map((row) => row.inbox_url)
}

const followed = statement<{ found: boolean }>(
  'relay_is_followed',
  `select exists (select from relays where actor_uri = $1
     and state in (${RELAY_STATES.pending}, ${RELAY_STATES.accepted})) as found`,
)

/** Whether an actor is a relay that we follow, or asked to. */
export async function isFollowedRelay(db: Db, actorUri: string): Promise<boolean> {
  return (await followed(db, [actorUri]))[0]?.found ?? false
}

const update = statement<RelayRow>(
  'relay_update',
  `update relays set state = $2, follow_activity_id = $3, updated_at = now() where id = $1 returning ${RELAY}`,
)

export async function updateRelay(
  db: Db,
  id: string,
  state: number,
  followId: string | null,
): Promise<RelayRow | null> {
  return (await update(db, [id, state, followId]))[0] ?? null
}

const answer = statement<{ id: string }>(
  'relay_answer',
  `update relays set state = $3, updated_at = now()
   where follow_activity_id = $1 and inbox_url = any($2::text[]) and state = any($4::int[]) returning id`,
)

/** Notes the answer to a Follow that is open; false when it is none of these inboxes, or none in one of these states. */
export async function answerRelay(
  db: Db,
  followId: string,
  inboxUrls: readonly string[],
  state: number,
  from: readonly number[],
): Promise<boolean> {
  return (await answer(db, [followId, inboxUrls, state, from])).length > 0
}

const remove = statement<{ id: string }>('relay_delete', 'delete from relays where id = $1 returning id')

export async function deleteRelay(db: Db, id: string): Promise<void> {
  await remove(db, [id])
}
