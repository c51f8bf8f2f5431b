import type { InboxAddress } from '../src/domain/inbox/index.ts'
import { acceptDelivery } from '../src/domain/inbox/index.ts'
import type { Ctx } from '../src/kernel/context.ts'
import { drainQueues } from './drain-queues.ts'
import { type DeliveryRequest, type RemoteActor, type SignOptions, signDelivery } from './remote.ts'

/** The way of a delivery into this server. A refusal is an error with its `status`. */
export type Door = (ctx: Ctx, request: DeliveryRequest, inbox: InboxAddress) => Promise<void>

let door: Door = async (ctx, request, inbox) => {
  await acceptDelivery(ctx, request, inbox)
}

/** Lets deliveries of this file come in another way than straight: over HTTP, where there is a web server. */
export function comeInBy(other: Door): void {
  door = other
}

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
  const { inbox = {}, target = pathOf(inbox), ...sign } = options
  const request = signDelivery(actor, document, { host: ctx.config.webDomain, target }, sign)
  await door(ctx, request, inbox)
}

function pathOf({ ownerId, ownerName }: InboxAddress): string {
  if (ownerId !== undefined) return `/ap/users/${ownerId}/inbox`
  return ownerName === undefined ? '/inbox' : `/users/${ownerName}/inbox`
}
