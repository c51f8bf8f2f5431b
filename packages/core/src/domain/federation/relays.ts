import { randomUUID } from 'node:crypto'
import { type AccountRow, INSTANCE_ACTOR_ID, type RelayRow } from '@anancus/db'
import {
  allRelays,
  answerRelay,
  deleteRelay,
  insertRelay,
  RELAY_STATES,
  relayById,
  updateRelay,
} from '@anancus/db/queries/relays'
import { httpUri, isSameOrigin } from '../../activitypub/parse/values.ts'
import { undoJson } from '../../activitypub/render/index.ts'
import { type Document, PUBLIC } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { relayActorAt } from './litepub-relays.ts'
import { sendActivity } from './send-activity.ts'

/** Lists the relays, asked or not, oldest first. */
export const listRelays = (ctx: Ctx): Promise<RelayRow[]> => allRelays(ctx.db)

/** In words: `idle`, `pending`, `accepted` or `rejected`. */
export function relayState(relay: RelayRow): keyof typeof RELAY_STATES {
  const names = Object.keys(RELAY_STATES) as (keyof typeof RELAY_STATES)[]
  return names.find((name) => RELAY_STATES[name] === relay.state) ?? 'idle'
}

/**
 * Asks a relay to pass our public statuses on, and those of others to us.
 *
 * @param address of its inbox, or of the actor of a relay in the manner of Pleroma
 * @throws RemoteServerError the actor is not to be had
 * @throws ValidationError no address of another server, known already, or only listed servers federate with us
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/ae0c/fep-ae0c.md
 */
export async function addRelay(ctx: Ctx, address: string): Promise<RelayRow> {
  const url = URL.parse(address.trim())
  if (!url || httpUri(url.href) === null || ctx.config.ownHosts.has(url.host))
    throw ValidationError.failed('Inbox URL is invalid')
  const actor = await relayActorAt(ctx, url.href)
  return transaction(ctx, async (tx) => {
    const relay = await insertRelay(tx.db, actor?.inboxUrl ?? url.href, actor?.uri ?? null)
    if (!relay) throw ValidationError.failed('Inbox URL has already been taken')
    return ask(tx, relay)
  })
}

/** Asks a relay again. @throws NotFoundError there is none of that id */
export async function enableRelay(ctx: Ctx, id: string): Promise<RelayRow> {
  return transaction(ctx, async (tx) => ask(tx, await mustFind(tx, id)))
}

/** Takes the request back: nothing goes there, and nothing is taken from there. @throws NotFoundError */
export async function disableRelay(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const relay = await mustFind(tx, id)
    await leave(tx, relay)
    await updateRelay(tx.db, relay.id, RELAY_STATES.idle, null)
  })
}

/** Leaves a relay and forgets it. @throws NotFoundError */
export async function removeRelay(ctx: Ctx, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const relay = await mustFind(tx, id)
    await leave(tx, relay)
    await deleteRelay(tx.db, relay.id)
  })
}

/**
 * A relay's answer to our Follow. Only the relay itself can give it: an actor whose inbox, in its own house, is the one we
 * asked; and only while the question is open. One that had accepted may end it.
 *
 * @returns whether it answered anything
 */
export function receiveRelayAnswer(
  ctx: Ctx,
  actor: AccountRow,
  followId: string,
  isAccepted: boolean,
): Promise<boolean> {
  const inboxes = [actor.inbox_url, actor.shared_inbox_url].filter(
    (inbox) => inbox !== '' && isSameOrigin(inbox, actor.uri),
  )
  const { pending, accepted, rejected } = RELAY_STATES
  return isAccepted
    ? answerRelay(ctx.db, followId, inboxes, accepted, [pending])
    : answerRelay(ctx.db, followId, inboxes, rejected, [pending, accepted])
}

async function mustFind(ctx: Ctx, id: string): Promise<RelayRow> {
  const relay = await relayById(ctx.db, id)
  if (!relay) throw new NotFoundError()
  return relay
}

async function ask(tx: Ctx, relay: RelayRow): Promise<RelayRow> {
  if (tx.config.env.LIMITED_FEDERATION_MODE)
    throw ValidationError.failed('Relays do not work in limited federation mode')
  await leave(tx, relay)
  const followId = `${tx.config.baseUrl}/${randomUUID()}`
  await send(tx, relay, followRelay(tx, relay, followId))
  return (await updateRelay(tx.db, relay.id, RELAY_STATES.pending, followId)) ?? relay
}

async function leave(tx: Ctx, relay: RelayRow): Promise<void> {
  const isOpen = relay.state === RELAY_STATES.pending || relay.state === RELAY_STATES.accepted
  if (!isOpen || relay.follow_activity_id === null) return
  await send(tx, relay, undoJson(followRelay(tx, relay, relay.follow_activity_id), actorOf(tx)))
}

const actorOf = (ctx: Ctx): string => `${ctx.config.baseUrl}/actor`

/** Relays are followed by the server itself: all that is public, or the actor where the relay is one. */
function followRelay(ctx: Ctx, relay: RelayRow, id: string): Document {
  return { id, type: 'Follow', actor: actorOf(ctx), object: relay.actor_uri ?? PUBLIC }
}

async function send(tx: Ctx, relay: RelayRow, activity: Document): Promise<void> {
  await sendActivity(tx, { signer: { id: INSTANCE_ACTOR_ID }, activity, inboxes: [relay.inbox_url] })
}
