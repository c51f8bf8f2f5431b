import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import type { Origin } from './timelines.ts'
import { openToVisitors } from './visible.ts'

const page = pagedStatement<{ id: string }>(
  'link_timeline',
  (order) => `
  select s.id from preview_cards_statuses pcs
  join statuses s on s.id = pcs.status_id
  join accounts a on a.id = s.account_id and a.silenced_at is null and a.suspended_at is null and a.discoverable
  where pcs.preview_card_id = $5 and pcs.status_id < $1 and pcs.status_id > $2
    and s.deleted_at is null and s.visibility = 0 and s.reblog_of_id is null
    and ($6 = 'all' or (s.local or s.uri is null) = ($6 = 'local'))
    and ($7::text[] is null or s.language is null or s.language = any($7::text[]))
    and ($4::bigint is not null or ${openToVisitors('s')})
    and ($4::bigint is null or (
      not exists (select from blocks b where b.account_id = $4 and b.target_account_id = s.account_id)
      and not exists (select from blocks b where b.account_id = s.account_id and b.target_account_id = $4)
      and not exists (select from mutes m where m.account_id = $4 and m.target_account_id = s.account_id
        and (m.expires_at is null or m.expires_at > now()))
      and not exists (select from account_domain_blocks d where d.account_id = $4 and d.domain = a.domain)))
  order by pcs.status_id ${order} limit $3`,
)

export interface LinkQuery {
  cardId: string
  origin: Origin
  viewerId: string | null
  /** Null is any. */
  languages: readonly string[] | null
}

/** Public originals that share a link, newest first, by authors who want to be found. One statement. */
export async function linkTimeline(db: Db, window: Window, query: LinkQuery): Promise<string[]> {
  const { cardId, origin, viewerId, languages } = query
  return (await page(db, window, [viewerId, cardId, origin, languages])).map((row) => row.id)
}
