import type { Ctx } from '../src/kernel/context.ts'
import { peekQueues } from './drain-queues.ts'

/** An activity on its way out. */
export interface SentActivity {
  inboxUrl: string
  signerId: string
  activity: Record<string, unknown> & { type: string }
}

const SIGNATURE_CONTEXTS = new Set([
  'https://w3id.org/security/v1',
  'https://w3id.org/security/data-integrity/v1',
])

/** An activity without the signature or proof in it, and their context. */
export function unsigned<Activity extends Record<string, unknown>>(activity: Activity): Activity {
  const { signature, proof, ...rest } = activity
  const context = rest['@context']
  if ((signature === undefined && proof === undefined) || !Array.isArray(context)) return activity
  const isNeeded = (name: unknown) =>
    !SIGNATURE_CONTEXTS.has(name as string) ||
    (name === 'https://w3id.org/security/v1' && JSON.stringify(rest).includes('"publicKey"'))
  const left = context.filter(isNeeded)
  return { ...rest, '@context': left.length === 1 ? left[0] : left } as unknown as Activity
}

/**
 * What waits for delivery: each activity with the inbox it goes to, in the order of the queue; without the signature or
 * proof in it, which its own tests look at.
 */
export async function sentActivities(ctx: Ctx): Promise<SentActivity[]> {
  const deliveries = (await peekQueues(ctx)).filter((job) => job.name === 'federation.deliver')
  const sent: SentActivity[] = []
  for (const { payload } of deliveries) {
    const { bodyId, inboxUrl, signerId } = payload as { bodyId: string; inboxUrl: string; signerId: string }
    const row = await ctx.db('activity_bodies').where({ id: bodyId }).first()
    sent.push({ inboxUrl, signerId, activity: unsigned(JSON.parse(row.body)) })
  }
  return sent
}
