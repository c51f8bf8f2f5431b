import { INSTANCE_ACTOR_ID } from '@anancus/db'
import { actorJson, instanceActorJson, withContext } from '../../../activitypub/render/index.ts'
import { loadGraph } from '../../../graph/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { type ActorAddress, findLocalActor, isInstanceActor } from './local-actor.ts'
import { type Served, served } from './served.ts'

const INSTANCE_ACTOR_SECONDS = 600

/**
 * The actor document of a local account; of one that is suspended for now, a blank one.
 *
 * @throws NotFoundError GoneError
 * @see https://www.w3.org/TR/activitypub/#actor-objects
 */
export async function readActor(ctx: Ctx, address: ActorAddress): Promise<Served> {
  const account = await findLocalActor(ctx, address)
  if (isInstanceActor(account)) return readInstanceActor(ctx)
  const graph = await loadGraph(ctx, null, { accounts: [account.id] })
  return served(withContext(actorJson(graph, ctx.config, account.id, account)))
}

/** The actor that speaks for the server. It never asks for a signature: others need it to check ours. */
export async function readInstanceActor(ctx: Ctx): Promise<Served> {
  const account = await findLocalActor(ctx, { id: INSTANCE_ACTOR_ID })
  return served(withContext(instanceActorJson(ctx.config, account)), INSTANCE_ACTOR_SECONDS)
}
