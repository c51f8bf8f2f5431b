import type { Ctx } from '../src/kernel/context.ts'
import { peekQueues } from './drain-queues.ts'

/** An activity on its way out. */
export interface SentActivity {
  inboxUrl: string
  signerId: string
  activity: Record<string, unknown> & { type: string }
}

/** What waits for delivery: each activity with the inbox it goes to, in the order of the queue. */
export async function sentActivities(ctx: Ctx): Promise<SentActivity[]> {
  const deliveries = (await peekQueues(ctx)).filter((job) => job.name === 'federation.deliver')
  const sent: SentActivity[] = []
  for (const { payload } of deliveries) {
    const { bodyId, inboxUrl, signerId } = payload as { bodyId: string; inboxUrl: string; signerId: string }
    const row = await ctx.db('activity_bodies').where({ id: bodyId }).first()
    sent.push({ inboxUrl, signerId, activity: JSON.parse(row.body) })
  }
  return sent
}
