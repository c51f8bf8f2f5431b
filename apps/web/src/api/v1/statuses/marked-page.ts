import { renderStatuses } from '@anancus/core/entities'
import type { Window } from '@anancus/db'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import type { Reply } from '../../../http/reply.ts'
import type { UserCall } from '../../../http/route.ts'

/** A page of statuses the user has marked: the cursors are the rows of the marks, which clients know from the links only. */
export async function markedPage(
  call: Pick<UserCall<unknown>, 'ctx' | 'req' | 'viewer'>,
  window: Window,
  marks: readonly { row_id: string; status_id: string }[],
): Promise<Reply> {
  const ids = marks.map((mark) => mark.status_id)
  return pageReply(call, await renderStatuses(call.ctx, call.viewer, ids), {
    window,
    cursors: cursorsOf(marks, (mark) => mark.row_id),
    mode: 'full-page',
    prev: 'min_id',
    count: marks.length,
  })
}
