import type { InboxAddress } from '../src/domain/inbox/index.ts'
import { acceptDelivery } from '../src/domain/inbox/index.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { drainQueues } from './drain-queues.ts'
import { type RemoteActor, type SignOptions, signDelivery } from './remote.ts'

/** Delivers an activity as its actor, through the door, and lets every consequence happen. */
export async function deliver(
  ctx: Ctx,
  actor: RemoteActor,
  document: unknown,
  options: SignOptions & { inbox?: InboxAddress; target?: string } = {},
): Promise<void> {
  await knock(ctx, actor, document, options)
  await drainQueues(ctx)
}

/** Delivers to the door alone; what follows waits in the queues. */
export async function knock(
  ctx: Ctx,
  actor: RemoteActor,
  document: unknown,
  options: SignOptions & { inbox?: InboxAddress; target?: string } = {},
): Promise<void> {
  const { inbox, target, ...sign } = options
  const host = ctx.config.webDomain
  const request = signDelivery(actor, document, { host, ...(target ? { target } : {}) }, sign)
  await acceptDelivery(ctx, request, inbox)
}
