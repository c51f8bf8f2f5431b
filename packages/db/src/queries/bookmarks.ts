import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { statement } from '../statement.ts'
import type { MarkedStatus } from './favourites.ts'
import { visibleTo } from './visible.ts'

const insert = statement<{ id: string }>(
  'bookmark_insert',
  `insert into bookmarks (account_id, status_id) values ($1, $2) on conflict do nothing returning id`,
)

/** Bookmarks a status; false when it was. */
export async function insertBookmark(db: Db, accountId: string, statusId: string): Promise<boolean> {
  return (await insert(db, [accountId, statusId])).length > 0
}

const remove = statement<{ id: string }>(
  'bookmark_delete',
  'delete from bookmarks where account_id = $1 and status_id = $2 returning id',
)

/** Takes a bookmark away; false when there was none. */
export async function deleteBookmark(db: Db, accountId: string, statusId: string): Promise<boolean> {
  return (await remove(db, [accountId, statusId])).length > 0
}

const ofAccount = pagedStatement<MarkedStatus>(
  'bookmarks_of_account',
  (order) => `select mark.id as row_id, mark.status_id
   from bookmarks mark join statuses s on s.id = mark.status_id
   where mark.account_id = $4 and mark.id < $1 and mark.id > $2 and s.deleted_at is null and ${visibleTo('s', '$4')}
   order by mark.id ${order} limit $3`,
)

/** The bookmarks of an account that it may still see, newest first. */
export async function bookmarksOfAccount(db: Db, window: Window, accountId: string): Promise<MarkedStatus[]> {
  return ofAccount(db, window, [accountId])
}
