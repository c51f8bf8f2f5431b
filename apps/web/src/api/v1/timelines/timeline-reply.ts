import type { Status } from '@anancus/core/entities/types'
import type { Window } from '@anancus/db'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import type { Reply } from '../../../http/reply.ts'
import type { Call } from '../../../http/route.ts'

/** A page of a timeline: links whenever it is not empty, cursors from what was read, shown or not. */
export function timelineReply(
  call: Pick<Call<unknown>, 'ctx' | 'req'>,
  statuses: readonly Status[],
  options: { window: Pick<Window, 'limit'>; ids: readonly string[]; keep: readonly string[] },
): Reply {
  return pageReply(call, statuses, {
    window: options.window,
    cursors: cursorsOf(options.ids, (id) => id),
    keep: options.keep,
    mode: 'non-empty',
    prev: 'min_id',
  })
}
