import type { Db } from '../connection.ts'
import { type StatusReactionRow, statusReactionColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const ALL = columns(statusReactionColumns)

export interface NewReaction {
  accountId: string
  statusId: string
  name: string
  customEmojiId: string | null
  /** The activity of a remote account. */
  uri: string | null
}

/** How many different reactions an account may give to a status, and how many a status may have. */
export interface ReactionLimits {
  ofAccount: number
  ofStatus: number
}

const insert = statement<{ id: string | null; is_there: boolean }>(
  'status_reaction_insert',
  `with added as (
     insert into status_reactions (account_id, status_id, name, custom_emoji_id, uri)
     select $1::bigint, $2::bigint, $3, $4::bigint, $5
     where (select count(*) from status_reactions where status_id = $2 and account_id = $1) < $6
       and (exists (select from status_reactions where status_id = $2 and name = $3)
         or (select count(distinct name) from status_reactions where status_id = $2) < $7)
     on conflict do nothing returning id)
   select (select id from added) as id, exists (
     select from status_reactions
     where (status_id = $2 and account_id = $1 and name = $3) or (uri = $5 and account_id = $1)) as is_there`,
)

/** Adds a reaction. Without an id it was there, under its name or its activity, or a limit is reached. */
export async function insertStatusReaction(
  db: Db,
  reaction: NewReaction,
  limits: ReactionLimits,
): Promise<{ id: string | null; isThere: boolean }> {
  const { accountId, statusId, name, customEmojiId, uri } = reaction
  const values = [accountId, statusId, name, customEmojiId, uri, limits.ofAccount, limits.ofStatus]
  const [row] = await insert(db, values)
  return { id: row?.id ?? null, isThere: row?.is_there ?? false }
}

const ofAccount = statement<StatusReactionRow>(
  'status_reactions_of_account',
  `select ${ALL} from status_reactions where account_id = $1 and status_id = $2 order by id`,
)

/** What an account has reacted to a status with, the first first. */
export async function reactionsOfAccount(
  db: Db,
  accountId: string,
  statusId: string,
): Promise<StatusReactionRow[]> {
  return ofAccount(db, [accountId, statusId])
}

const remove = statement<StatusReactionRow>(
  'status_reactions_delete',
  `delete from status_reactions where account_id = $1 and status_id = $2 and ($3::text is null or name = $3)
   returning ${ALL}`,
)

/** Takes one reaction of an account to a status away, or all without a name; gives back the rows. */
export async function deleteStatusReactions(
  db: Db,
  accountId: string,
  statusId: string,
  name: string | null,
): Promise<StatusReactionRow[]> {
  return remove(db, [accountId, statusId, name])
}

const lockOne = statement<StatusReactionRow>(
  'status_reaction_lock',
  `select ${ALL} from status_reactions where id = $1 for update`,
)

/** A reaction that nobody changes until the transaction ends; null when it is gone. */
export async function lockStatusReaction(db: Db, id: string): Promise<StatusReactionRow | null> {
  return (await lockOne(db, [id]))[0] ?? null
}

const byId = statement<StatusReactionRow>(
  'status_reaction_by_id',
  `select ${ALL} from status_reactions where id = $1`,
)

export async function statusReactionById(db: Db, id: string): Promise<StatusReactionRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const setUri = statement<never>(
  'status_reaction_set_uri',
  'update status_reactions set uri = $2, updated_at = now() where id = $1',
)

/** Notes under which activity a reaction of ours was sent. */
export async function setReactionUri(db: Db, id: string, uri: string): Promise<void> {
  await setUri(db, [id, uri])
}
