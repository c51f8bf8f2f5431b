import type { Db } from '../../connection.ts'
import { statement } from '../../statement.ts'

export interface ViewerMark {
  viewer_id: string
  mark: 'favourited' | 'reblogged' | 'bookmarked' | 'pinned' | 'muted' | 'voted' | 'reacted'
  status_id: string
  /** Of a vote: the option. */
  choice: number | null
  /** Of a reaction. */
  name: string | null
}

const marks = statement<ViewerMark>(
  'graph_viewer_marks',
  `select account_id as viewer_id, 'favourited' as mark, status_id, null::integer as choice, null::text as name
     from favourites
     where account_id = any($1::bigint[]) and status_id = any($2::bigint[])
   union all
   select account_id, 'reblogged', reblog_of_id, null, null from statuses
     where account_id = any($1::bigint[]) and reblog_of_id = any($2::bigint[]) and deleted_at is null
   union all
   select account_id, 'bookmarked', status_id, null, null from bookmarks
     where account_id = any($1::bigint[]) and status_id = any($2::bigint[])
   union all
   select account_id, 'pinned', status_id, null, null from status_pins
     where account_id = any($1::bigint[]) and status_id = any($2::bigint[])
   union all
   select m.account_id, 'muted', s.id, null, null from statuses s
     join conversation_mutes m on m.conversation_id = s.conversation_id and m.account_id = any($1::bigint[])
     where s.id = any($2::bigint[])
   union all
   select v.account_id, 'voted', p.status_id, v.choice, null from polls p
     join poll_votes v on v.poll_id = p.id and v.account_id = any($1::bigint[])
     where p.status_id = any($2::bigint[])
   union all
   select account_id, 'reacted', status_id, null, name from status_reactions
     where account_id = any($1::bigint[]) and status_id = any($2::bigint[])`,
)

/** What accounts have done with statuses: one row a mark. One statement. */
export async function viewerMarks(
  db: Db,
  viewerIds: readonly string[],
  statusIds: readonly string[],
): Promise<ViewerMark[]> {
  return statusIds.length === 0 || viewerIds.length === 0 ? [] : marks(db, [viewerIds, statusIds])
}

export interface ViewerFilterRow {
  viewer_id: string
  id: string
  phrase: string
  context: string[]
  action: number
  expires_at: Date | null
  keywords: { keyword: string; whole_word: boolean }[]
  status_ids: string[]
}

const filters = statement<ViewerFilterRow>(
  'graph_viewer_filters',
  `select f.account_id as viewer_id, f.id, f.phrase, f.context, f.action, f.expires_at,
     coalesce((select json_agg(json_build_object('keyword', k.keyword, 'whole_word', k.whole_word) order by k.id)
       from custom_filter_keywords k where k.custom_filter_id = f.id), '[]') as keywords,
     coalesce((select json_agg(s.status_id::text order by s.id)
       from custom_filter_statuses s where s.custom_filter_id = f.id), '[]') as status_ids
   from custom_filters f
   where f.account_id = any($1::bigint[]) and (f.expires_at is null or f.expires_at > $2)
   order by f.id`,
)

/** The filters of accounts that have not run out, oldest first. One statement. */
export async function viewerFilters(
  db: Db,
  viewerIds: readonly string[],
  now: Date,
): Promise<ViewerFilterRow[]> {
  return viewerIds.length === 0 ? [] : filters(db, [viewerIds, now])
}
