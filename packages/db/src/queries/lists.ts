import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type ListRow, listColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const LIST = columns(listColumns)

const ofAccount = statement<ListRow>(
  'lists_of_account',
  `select ${LIST} from lists where account_id = $1 order by id`,
)

/** Lists the lists of an account, oldest first. */
export function listsOf(db: Db, accountId: string): Promise<ListRow[]> {
  return ofAccount(db, [accountId])
}

const ownById = statement<ListRow>(
  'list_of_account_by_id',
  `select ${LIST} from lists where account_id = $1 and id = $2`,
)

/** Finds a list of an account; null for missing ones and for those of others. */
export async function listOf(db: Db, accountId: string, id: string): Promise<ListRow | null> {
  return (await ownById(db, [accountId, id]))[0] ?? null
}

const count = statement<{ count: number }>(
  'list_count',
  'select count(*)::integer as count from lists where account_id = $1',
)

export async function countLists(db: Db, accountId: string): Promise<number> {
  return (await count(db, [accountId]))[0]?.count ?? 0
}

export type ListValues = Pick<ListRow, 'title' | 'replies_policy' | 'exclusive'>

const insert = statement<ListRow>(
  'list_insert',
  `insert into lists (account_id, title, replies_policy, exclusive) values ($1, $2, $3, $4) returning ${LIST}`,
)

export async function insertList(db: Db, accountId: string, values: ListValues): Promise<ListRow | null> {
  const rows = await insert(db, [accountId, values.title, values.replies_policy, values.exclusive])
  return rows[0] ?? null
}

const update = statement<ListRow>(
  'list_update',
  `update lists set title = $3, replies_policy = $4, exclusive = $5, updated_at = now()
   where account_id = $1 and id = $2 returning ${LIST}`,
)

/** Changes a list of an account; null when there is none. */
export async function updateListOf(
  db: Db,
  accountId: string,
  id: string,
  values: ListValues,
): Promise<ListRow | null> {
  const rows = await update(db, [accountId, id, values.title, values.replies_policy, values.exclusive])
  return rows[0] ?? null
}

const remove = statement<{ id: string }>(
  'list_delete',
  'delete from lists where account_id = $1 and id = $2 returning id',
)

/** Deletes a list of an account with its members; false when there is none. */
export async function deleteListOf(db: Db, accountId: string, id: string): Promise<boolean> {
  return (await remove(db, [accountId, id])).length > 0
}

const members: PagedStatement<{ account_id: string }> = pagedStatement(
  'list_members',
  (order) => `select m.account_id from list_accounts m
   join accounts a on a.id = m.account_id and a.suspended_at is null
   where m.list_id = $4 and m.account_id < $1 and m.account_id > $2 order by m.account_id ${order} limit $3`,
)

/** Lists who is on a list by account id, highest first; suspended ones left out. */
export async function listMemberIds(db: Db, window: Window, listId: string): Promise<string[]> {
  return (await members(db, window, [listId])).map((row) => row.account_id)
}

export interface ListCandidate {
  account_id: string
  is_member: boolean
  /** Followed by the owner, asked to be followed, or the owner. */
  is_followed: boolean
}

const candidates = statement<ListCandidate>(
  'list_member_candidates',
  `select a.id as account_id,
     exists (select from list_accounts m where m.list_id = l.id and m.account_id = a.id) as is_member,
     (a.id = l.account_id
       or exists (select from follows f where f.account_id = l.account_id and f.target_account_id = a.id)
       or exists (select from follow_requests r where r.account_id = l.account_id and r.target_account_id = a.id))
       as is_followed
   from accounts a join lists l on l.id = $1 where a.id = any($2::bigint[])`,
)

/** What decides whether accounts may come onto a list; missing accounts are absent. */
export async function listCandidates(
  db: Db,
  listId: string,
  accountIds: readonly string[],
): Promise<ListCandidate[]> {
  return accountIds.length === 0 ? [] : candidates(db, [listId, accountIds])
}

const insertMembers = statement<{ account_id: string }>(
  'list_members_insert',
  `insert into list_accounts (list_id, account_id, follow_id, follow_request_id)
   select l.id, a.id, f.id, case when f.id is null then r.id end
   from lists l join accounts a on a.id = any($2::bigint[])
   left join follows f on f.account_id = l.account_id and f.target_account_id = a.id
   left join follow_requests r on r.account_id = l.account_id and r.target_account_id = a.id
   where l.id = $1 and (f.id is not null or r.id is not null or a.id = l.account_id)
   order by a.id
   on conflict do nothing returning account_id`,
)

/**
 * Puts accounts on a list, each hanging on its follow or request, so that it goes with it. Those that the owner neither
 * follows nor asked, and members, are left out.
 *
 * @returns who was added
 */
export async function insertListMembers(
  db: Db,
  listId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  if (accountIds.length === 0) return []
  return (await insertMembers(db, [listId, accountIds])).map((row) => row.account_id)
}

const removeMembers = statement<{ account_id: string }>(
  'list_members_delete',
  'delete from list_accounts where list_id = $1 and account_id = any($2::bigint[]) returning account_id',
)

/** Takes accounts off a list; returns who was on it. */
export async function deleteListMembers(
  db: Db,
  listId: string,
  accountIds: readonly string[],
): Promise<string[]> {
  if (accountIds.length === 0) return []
  return (await removeMembers(db, [listId, accountIds])).map((row) => row.account_id)
}
