import { randomUUID } from 'node:crypto'
import { type AccountRow, INSTANCE_ACTOR_ID, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { announcedRelayInboxes, isFollowedRelay } from '@anancus/db/queries/relays'
import { parseActor } from '../../activitypub/parse/actor.ts'
import { isSameOrigin } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import { PUBLIC } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { statusUri } from '../../kernel/uris.ts'
import { inboxOf } from './inboxes.ts'
import { sendActivity } from './send-activity.ts'

/**
 * Relays in the manner of Pleroma: an actor that we follow and that follows us. What is public here it is told by an
 * Announce of the address, and so it tells us.
 */

const PUBLICLY = stored(VISIBILITIES, 'public')
/** How the address of an inbox ends; anything else may be that of an actor. */
const INBOX = /\/inbox\/?$/

/**
 * The relay actor behind an address that an operator names.
 *
 * @returns null for an inbox, and for what is no actor
 * @throws RemoteServerError its server did not answer
 */
export async function relayActorAt(
  ctx: Ctx,
  address: string,
): Promise<{ uri: string; inboxUrl: string } | null> {
  if (INBOX.test(URL.parse(address)?.pathname ?? '')) return null
  const document = await fetchObject(ctx, address)
  const actor = document && parseActor(document)
  return actor && isSameOrigin(actor.inboxUrl, actor.uri)
    ? { uri: actor.uri, inboxUrl: actor.inboxUrl }
    : null
}

/** Tells the relays that we follow of a new public status, ours and no reblog. */
export async function announceToRelays(tx: Ctx, status: StatusRow, author: AccountRow): Promise<void> {
  if (status.visibility !== PUBLICLY || status.reblog_of_id !== null) return
  const inboxes = await announcedRelayInboxes(tx.db)
  if (inboxes.length === 0) return
  const actor = `${tx.config.baseUrl}/actor`
  const activity = {
    id: `${actor}#announces/${status.id}`,
    type: 'Announce',
    actor,
    published: status.created_at.toISOString(),
    to: [PUBLIC],
    object: statusUri(tx.config, status, author),
  }
  await sendActivity(tx, { signer: { id: INSTANCE_ACTOR_ID }, activity, inboxes })
}

/**
 * Answers an actor that wants to follow the server itself: yes to a relay that we follow, no to everybody else.
 *
 * @param followUri the id of its Follow
 * @returns whether it may
 */
export async function answerServerFollow(ctx: Ctx, actor: AccountRow, followUri: string): Promise<boolean> {
  const isRelay = await isFollowedRelay(ctx.db, actor.uri)
  const us = `${ctx.config.baseUrl}/actor`
  const activity = {
    id: `${us}#${isRelay ? 'accepts' : 'rejects'}/follows/${randomUUID()}`,
    type: isRelay ? 'Accept' : 'Reject',
    actor: us,
    object: { id: followUri, type: 'Follow', actor: actor.uri, object: us },
  }
  await sendActivity(ctx, { signer: { id: INSTANCE_ACTOR_ID }, activity, inboxes: [inboxOf(actor)] })
  return isRelay
}
