import { createHash } from 'node:crypto'
import type { AccountRow } from '@anancus/db'
import { storeActivityBody } from '@anancus/db/queries/deliveries'
import { withContext } from '../../activitypub/context.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { deliverActivityJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { signedForOthers } from './sign-outgoing.ts'

export interface Outgoing {
  /** A local account. */
  signer: Pick<AccountRow, 'id'>
  /** As rendered; the context is added unless there is one. */
  activity: Document
  /** Duplicates, empty ones and our own are dropped. */
  inboxes: readonly string[]
}

/**
 * Sends an activity: its body is stored once, and each inbox gets a durable job. Inside a transaction nothing leaves
 * before the commit. Two statements when the signer is a whole row, however many inboxes.
 */
export async function sendActivity(ctx: Ctx, outgoing: Outgoing): Promise<void> {
  const inboxes = [...new Set(outgoing.inboxes)].filter((inbox) => isForeign(ctx, inbox))
  if (inboxes.length === 0) return
  const { activity } = outgoing
  const document = '@context' in activity ? activity : withContext(activity)
  const signed = await signedForOthers(ctx, outgoing.signer, document)
  await deliverBody(ctx, outgoing.signer.id, JSON.stringify(signed), inboxes)
}

/**
 * Passes on what somebody else wrote, exactly as it came: its author's signature is in it. Two statements.
 *
 * @param signer the local account that passes it on
 */
export async function forwardBody(
  ctx: Ctx,
  signer: Pick<AccountRow, 'id'>,
  body: string,
  inboxes: readonly string[],
): Promise<void> {
  const foreign = [...new Set(inboxes)].filter((inbox) => isForeign(ctx, inbox))
  if (foreign.length > 0) await deliverBody(ctx, signer.id, body, foreign)
}

async function deliverBody(
  ctx: Ctx,
  signerId: string,
  body: string,
  inboxes: readonly string[],
): Promise<void> {
  const digest = createHash('sha256').update(body).digest('base64')
  const bodyId = await storeActivityBody(ctx.db, digest, body)
  await enqueueMany(
    ctx,
    deliverActivityJob,
    inboxes.map((inboxUrl) => ({ bodyId, inboxUrl, signerId })),
  )
}

function isForeign(ctx: Ctx, inbox: string): boolean {
  const url = URL.parse(inbox)
  return url !== null && !ctx.config.ownHosts.has(url.host)
}
