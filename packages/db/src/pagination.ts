import type { Db } from './connection.ts'
import { type Statement, statement } from './statement.ts'

/**
 * Which part of a list is asked for. Ids are exclusive bounds; the answer is newest first whatever the bounds.
 * `minId` takes the page immediately above it, `sinceId` the newest page above it.
 *
 * @see https://docs.joinmastodon.org/api/guidelines/#pagination
 */
export interface Window {
  limit: number
  maxId?: string | undefined
  sinceId?: string | undefined
  minId?: string | undefined
}

const HIGHEST_ID = '9223372036854775807'
const LOWEST_ID = '0'

/** A statement in both directions: `$1` exclusive upper bound, `$2` exclusive lower bound, `$3` limit, then its own. */
export interface PagedStatement<Row> {
  (db: Db, window: Window, values?: readonly unknown[]): Promise<Row[]>
}

/**
 * Defines a keyset-paged statement. Missing bounds are sent as the ends of the id range, so that the text and the
 * plan stay one. Rows come newest first.
 *
 * @param text gets `asc` or `desc` and must end with `order by <cursor> ${order} limit $3`
 */
export function pagedStatement<Row>(
  label: string,
  text: (order: 'asc' | 'desc') => string,
): PagedStatement<Row> {
  const down: Statement<Row> = statement(`${label}_desc`, text('desc'))
  const up: Statement<Row> = statement(`${label}_asc`, text('asc'))
  return async (db, window, values = []) => {
    if (window.limit <= 0) return []
    const bounds = [window.maxId ?? HIGHEST_ID, window.minId ?? window.sinceId ?? LOWEST_ID, window.limit]
    if (window.minId === undefined) return down(db, [...bounds, ...values])
    return (await up(db, [...bounds, ...values])).reverse()
  }
}
