import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { statement } from '../statement.ts'
import { visibleTo } from './visible.ts'

const insert = statement<{ id: string }>(
  'favourite_insert',
  `with meant as (
     update favourites set by_reaction = false, uri = $3, updated_at = now()
     where account_id = $1 and status_id = $2 and by_reaction and not $4::boolean),
   added as (
     insert into favourites (account_id, status_id, uri, by_reaction) values ($1, $2, $3, $4)
     on conflict do nothing returning id),
   counted as (
     insert into status_stats as stats (status_id, favourites_count) select $2, 1 from added
     on conflict (status_id) do update set favourites_count = stats.favourites_count + 1, updated_at = now())
   select id from added`,
)

export interface NewFavourite {
  accountId: string
  statusId: string
  uri: string | null
  /** It stands for reactions only, and goes with the last of them. */
  byReaction?: boolean
}

/**
 * Adds a favourite and counts it, in one statement; null when it was there. One that stood for reactions only becomes
 * one of its own.
 */
export async function insertFavourite(db: Db, favourite: NewFavourite): Promise<string | null> {
  const { accountId, statusId, uri, byReaction = false } = favourite
  return (await insert(db, [accountId, statusId, uri, byReaction]))[0]?.id ?? null
}

export interface DeletedFavourite {
  id: string
  uri: string | null
  by_reaction: boolean
}

const remove = statement<DeletedFavourite>(
  'favourite_delete',
  `with gone as (
     delete from favourites where account_id = $1 and status_id = $2 and (by_reaction or not $3::boolean)
     returning id, uri, by_reaction),
   counted as (
     update status_stats set favourites_count = greatest(favourites_count - 1, 0), updated_at = now()
     where status_id = $2 and exists (select from gone))
   select id, uri, by_reaction from gone`,
)

/**
 * Takes a favourite away and counts it, in one statement; null when there was none.
 *
 * @param options.onlyByReaction leaves one that stands for more than reactions
 */
export async function deleteFavourite(
  db: Db,
  accountId: string,
  statusId: string,
  options: { onlyByReaction?: boolean } = {},
): Promise<DeletedFavourite | null> {
  return (await remove(db, [accountId, statusId, options.onlyByReaction ?? false]))[0] ?? null
}

const one = statement<DeletedFavourite>(
  'favourite_of',
  'select id, uri, by_reaction from favourites where account_id = $1 and status_id = $2',
)

/** The favourite of a status by an account. */
export async function favouriteOf(
  db: Db,
  accountId: string,
  statusId: string,
): Promise<DeletedFavourite | null> {
  return (await one(db, [accountId, statusId]))[0] ?? null
}

const keepForReactions = statement<{ id: string }>(
  'favourite_yield_to_reactions',
  `update favourites set by_reaction = true, uri = null, updated_at = now()
   where account_id = $1 and status_id = $2
     and exists (select from status_reactions where account_id = $1 and status_id = $2)
   returning id`,
)

/** Lets a favourite stand for the account's reactions only; false when there are none, or no favourite. */
export async function yieldToReactions(db: Db, accountId: string, statusId: string): Promise<boolean> {
  return (await keepForReactions(db, [accountId, statusId])).length > 0
}

export interface MarkedStatus {
  /** The row of the favourite or bookmark: the cursor of its list. */
  row_id: string
  status_id: string
}

const ofAccount = pagedStatement<MarkedStatus>(
  'favourites_of_account',
  (order) => `select mark.id as row_id, mark.status_id
   from favourites mark join statuses s on s.id = mark.status_id
   where mark.account_id = $4 and mark.id < $1 and mark.id > $2 and s.deleted_at is null and ${visibleTo('s', '$4')}
   order by mark.id ${order} limit $3`,
)

/** The favourites of an account that it may still see, newest first. */
export async function favouritesOfAccount(
  db: Db,
  window: Window,
  accountId: string,
): Promise<MarkedStatus[]> {
  return ofAccount(db, window, [accountId])
}

export interface ActingAccount {
  /** The row of the favourite or reblog: the cursor of its list. */
  row_id: string
  account_id: string
}

/** Leaves out whom the viewer does not want to meet and who does not want to meet the viewer. */
export function presentable(account: string, viewer: string): string {
  return `not exists (select from accounts where id = ${account} and suspended_at is not null)
     and not exists (select from blocks where (account_id = ${viewer} and target_account_id = ${account})
       or (account_id = ${account} and target_account_id = ${viewer}))
     and not exists (select from mutes where account_id = ${viewer} and target_account_id = ${account}
       and (expires_at is null or expires_at > now()))`
}

const ofStatus = pagedStatement<ActingAccount>(
  'favourites_of_status',
  (order) => `select mark.id as row_id, mark.account_id from favourites mark
   where mark.status_id = $4 and mark.id < $1 and mark.id > $2 and ${presentable('mark.account_id', '$5::bigint')}
   order by mark.id ${order} limit $3`,
)

/** Who has favourited a status, newest first, as far as the viewer meets them. */
export async function favouritersOf(
  db: Db,
  window: Window,
  statusId: string,
  viewerId: string | null,
): Promise<ActingAccount[]> {
  return ofStatus(db, window, [statusId, viewerId])
}

const reblogs = pagedStatement<ActingAccount>(
  'reblogs_of_status',
  (order) => `select s.id as row_id, s.account_id from statuses s
   where s.reblog_of_id = $4 and s.id < $1 and s.id > $2 and s.deleted_at is null and s.visibility < 2
     and ${presentable('s.account_id', '$5::bigint')}
   order by s.id ${order} limit $3`,
)

/** Who has reblogged a status in public, newest first, as far as the viewer meets them. */
export async function rebloggersOf(
  db: Db,
  window: Window,
  statusId: string,
  viewerId: string | null,
): Promise<ActingAccount[]> {
  return reblogs(db, window, [statusId, viewerId])
}
