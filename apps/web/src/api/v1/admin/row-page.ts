import type { Window } from '@anancus/db'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import type { Reply } from '../../../http/reply.ts'
import type { Call } from '../../../http/route.ts'

/** A page of rows that are their own cursors, the way all lists of moderators are paged. */
export function rowPage<Row extends { id: string }>(
  call: Pick<Call<unknown>, 'ctx' | 'req'>,
  window: Window,
  rows: readonly Row[],
  show: (row: Row) => unknown,
): Reply {
  return pageReply(call, rows.map(show), {
    window,
    cursors: cursorsOf(rows, (row) => row.id),
    mode: 'full-page',
    prev: 'min_id',
  })
}
