import { visibleTo } from './visible.ts'

/**
 * SQL of who may find a status by its words, with `$1` for the viewer's account and `s` for the status: what every
 * search engine's answer is held against.
 */

/** Posts the viewer wrote, was mentioned in, or touched. */
export const LIBRARY = `(s.account_id = $1
    or exists (select from mentions t where t.status_id = s.id and t.account_id = $1 and not t.silent)
    or exists (select from favourites t where t.status_id = s.id and t.account_id = $1)
    or exists (select from bookmarks t where t.status_id = s.id and t.account_id = $1)
    or exists (select from statuses t where t.reblog_of_id = s.id and t.account_id = $1 and t.deleted_at is null)
    or exists (select from poll_votes t where t.poll_id = s.poll_id and t.account_id = $1))`

export const PUBLIC =
  '(s.visibility = 0 and exists (select from accounts a where a.id = s.account_id and a.indexable))'

const UNWANTED = `(exists (select from blocks t where t.account_id = $1 and t.target_account_id = s.account_id)
    or exists (select from mutes t where t.account_id = $1 and t.target_account_id = s.account_id)
    or exists (select from account_domain_blocks t join accounts a on a.domain = t.domain
      where t.account_id = $1 and a.id = s.account_id))`

/** @param scope placeholder of where the viewer looks: `all`, `public` or `library` */
export const findableIn = (scope: string): string =>
  `((${scope} <> 'public' and ${LIBRARY}) or (${scope} <> 'library' and ${PUBLIC}))`

export const WELCOME = `${visibleTo('s', '$1')} and not ${UNWANTED}`
