import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { linkToParent } from '@anancus/db/queries/remote-statuses'
import { incrementStatusStats, statusById } from '@anancus/db/queries/statuses'
import { distributeStatusJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { transaction } from '../../kernel/transaction.ts'
import { fetchBudget } from '../accounts/index.ts'
import { resolveStatusByUri } from './resolve-status.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')
/** Parents that one job climbs, and requests it makes, its actors' included. */
const MOST_PARENTS = 40
const MOST_REQUESTS = 100
/** A reply whose parent turns up within this time goes to feeds again: now it can be judged. */
const LIVE_MS = 6 * 60 * 60 * 1000

/**
 * Fetches the unknown parent of a remote reply and that one's parents, up to a limit, and hangs each reply under what
 * it answers. What `resolveThreadJob` runs.
 *
 * @throws RemoteServerError the server of the first parent did not answer
 */
export async function resolveThread(
  ctx: Ctx,
  payload: { statusId: string; parentUri: string },
): Promise<void> {
  const budget = fetchBudget(MOST_REQUESTS)
  let child = await statusById(ctx.db, payload.statusId)
  let next: string | null = payload.parentUri
  for (let climbed = 0; climbed < MOST_PARENTS && child && next !== null; climbed++) {
    if (child.in_reply_to_id !== null) return
    const uri: string = next
    next = null
    const parent = await resolveStatusByUri(ctx, uri, {
      budget,
      onUnknownParent: (parentUri) => {
        next = parentUri
      },
    })
    if (!parent || parent.id === child.id) return
    await link(ctx, child, parent)
    child = parent
  }
}

async function link(ctx: Ctx, child: StatusRow, parent: StatusRow): Promise<void> {
  await transaction(ctx, async (tx) => {
    const linked = await linkToParent(tx.db, child.id, parent)
    if (!linked) return
    if (linked.visibility <= UNLISTED) await incrementStatusStats(tx.db, parent.id, { replies: 1 })
    const age = tx.clock.now().getTime() - linked.created_at.getTime()
    if (age <= LIVE_MS) await enqueue(tx, distributeStatusJob, { statusId: linked.id, kind: 'create' })
  })
}
