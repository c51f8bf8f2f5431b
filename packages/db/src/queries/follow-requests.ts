import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type FollowRequestRow, followRequestColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import {
  FOLLOW_CHANGES,
  type FollowChange,
  followChangeValues,
  type NewFollow,
  type RelationEntry,
} from './follows.ts'

const REQUEST = columns(followRequestColumns)

const insert = statement<FollowRequestRow>(
  'follow_request_insert',
  `insert into follow_requests (account_id, target_account_id, uri, show_reblogs, notify, languages)
   values ($1, $2, $3, $4, $5, $6) on conflict (account_id, target_account_id) do nothing returning ${REQUEST}`,
)

/** Inserts a request; null when it was there. */
export async function insertFollowRequest(db: Db, request: NewFollow): Promise<FollowRequestRow | null> {
  const [row] = await insert(db, [
    request.accountId,
    request.targetAccountId,
    request.uri,
    request.showReblogs,
    request.notify,
    request.languages,
  ])
  return row ?? null
}

const update = statement<FollowRequestRow>(
  'follow_request_update',
  `update follow_requests set ${FOLLOW_CHANGES} where id = $1 returning ${REQUEST}`,
)

export async function updateFollowRequest(
  db: Db,
  id: string,
  change: FollowChange,
): Promise<FollowRequestRow | null> {
  return (await update(db, followChangeValues(id, change)))[0] ?? null
}

const byPair = statement<FollowRequestRow>(
  'follow_request_by_pair',
  `select ${REQUEST} from follow_requests where account_id = $1 and target_account_id = $2`,
)

export async function findFollowRequest(
  db: Db,
  accountId: string,
  targetId: string,
): Promise<FollowRequestRow | null> {
  return (await byPair(db, [accountId, targetId]))[0] ?? null
}

const remove = statement<FollowRequestRow>(
  'follow_request_delete',
  `delete from follow_requests where account_id = $1 and target_account_id = $2 returning ${REQUEST}`,
)

/** Deletes a request and says what it was; null when there was none. */
export async function deleteFollowRequest(
  db: Db,
  accountId: string,
  targetId: string,
): Promise<FollowRequestRow | null> {
  return (await remove(db, [accountId, targetId]))[0] ?? null
}

const moveLists = statement<never>(
  'follow_request_move_lists',
  'update list_accounts set follow_id = $2, follow_request_id = null where follow_request_id = $1',
)

/** Lets list entries that hang on a request hang on the follow it became. Before the request is deleted. */
export async function moveListsToFollow(db: Db, requestId: string, followId: string): Promise<void> {
  await moveLists(db, [requestId, followId])
}

const page: PagedStatement<RelationEntry> = pagedStatement(
  'follow_request_page',
  (order) => `select r.id as row_id, r.account_id from follow_requests r
   join accounts a on a.id = r.account_id and a.suspended_at is null
   where r.target_account_id = $4 and r.id < $1 and r.id > $2 order by r.id ${order} limit $3`,
)

/** Lists who asks to follow an account, newest first. */
export function followRequestPage(db: Db, window: Window, targetId: string): Promise<RelationEntry[]> {
  return page(db, window, [targetId])
}

const askers = statement<{ account_id: string }>(
  'follow_request_askers',
  'select account_id from follow_requests where target_account_id = $1 order by id limit $2',
)

/** The oldest askers, for working through all of them. */
export async function oldestAskers(db: Db, targetId: string, limit: number): Promise<string[]> {
  return (await askers(db, [targetId, limit])).map((row) => row.account_id)
}
