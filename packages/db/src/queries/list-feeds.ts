import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import type { ListRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'
import { newestOfSources } from './feeds.ts'

/** What decides which replies a list shows. */
export interface ListFeedRow extends Pick<ListRow, 'id' | 'account_id' | 'replies_policy'> {
  /** Members that matter to whoever asked: all of them, or the one who is replied to. */
  member_ids: string[]
}

const byId = statement<ListFeedRow>(
  'list_feed_by_id',
  `select l.id, l.account_id, l.replies_policy,
     array(select m.account_id::text from list_accounts m where m.list_id = l.id) as member_ids
   from lists l where l.id = $1`,
)

/** A list with all its members. */
export async function listFeedById(db: Db, id: string): Promise<ListFeedRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

/** Members whose statuses a list gets: followed, not just asked; or the owner. */
const isActive = (owner: string) => `(m.follow_id is not null or m.account_id = ${owner})`

const showing = statement<ListFeedRow>(
  'lists_showing_account',
  `select l.id, l.account_id, l.replies_policy,
     array(select r.account_id::text from list_accounts r where r.list_id = l.id and r.account_id = $2) as member_ids
   from list_accounts m join lists l on l.id = m.list_id
   where m.account_id = $1 and m.list_id > $3 and ${isActive('l.account_id')} order by m.list_id limit $4`,
)

/** One batch of the lists that get the statuses of an account, oldest list first. */
export function listsShowing(
  db: Db,
  authorId: string,
  options: { repliedToId: string | null; after: string; limit: number },
): Promise<ListFeedRow[]> {
  return showing(db, [authorId, options.repliedToId, options.after, options.limit])
}

const showingAny = statement<{ list_id: string }>(
  'lists_showing_any',
  `select distinct list_id from list_accounts where account_id = any($1::bigint[]) and list_id > $2
   order by list_id limit $3`,
)

/** One batch of the lists that some of these accounts are on, oldest list first. */
export async function listsWithAny(
  db: Db,
  accountIds: readonly string[],
  after: string,
  limit: number,
): Promise<string[]> {
  return (await showingAny(db, [accountIds, after, limit])).map((row) => row.list_id)
}

const idsOf = statement<{ id: string }>('list_ids_of_account', 'select id from lists where account_id = $1')

export async function listIdsOf(db: Db, accountId: string): Promise<string[]> {
  return (await idsOf(db, [accountId])).map((row) => row.id)
}

const candidates = pagedStatement<{ id: string }>('list_feed_candidates', (order) =>
  newestOfSources(order, {
    sources: `select m.account_id from list_accounts m join lists l on l.id = m.list_id
      where m.list_id = $4 and ${isActive('l.account_id')}`,
    eligible: 's.deleted_at is null and s.visibility <= 2',
  }),
)

/** Ids that may stand in a list feed: those of its members, newest first; not judged yet. One statement. */
export async function listFeedCandidates(db: Db, listId: string, window: Window): Promise<string[]> {
  return (await candidates(db, window, [listId])).map((row) => row.id)
}
