import type { AccountRow } from '@anancus/db'
import { type ForwardTarget, forwardTargetsOf } from '@anancus/db/queries/forwarding'
import { idOf } from '../../activitypub/parse/values.ts'
import { linkedDataClaim } from '../../activitypub/signatures/linked-data.ts'
import { parseDocument } from '../../activitypub/transport/json.ts'
import type { Ctx } from '../../kernel/context.ts'
import { signerOfClaim } from '../accounts/index.ts'
import { forwardBody } from '../federation/index.ts'
import type { VerifiedActivity } from './handler.ts'

/**
 * Where an activity is to be passed on to, since only we know who reads the thread there: of a reply to one of ours the
 * followers of the one replied to; of an edit or deletion also those of whoever here reblogged or quoted it. Empty for
 * what not everybody may read, and for what nobody could check. One statement at most.
 *
 * @see https://www.w3.org/TR/activitypub/#inbox-forwarding
 */
export async function forwardTargets(ctx: Ctx, activity: VerifiedActivity): Promise<ForwardTarget[]> {
  const { type, document, object } = activity
  const isCreate = type === 'Create'
  const uri = idOf(object)
  if (uri === null || document.signature === undefined) return []
  if (!isCreate && type !== 'Update' && type !== 'Delete') return []
  return forwardTargetsOf(ctx.db, uri, !isCreate)
}

/**
 * Passes an activity on, as it came, to those who had what it is about from us. Only what its author signed: its
 * receivers have no other way to believe it.
 *
 * @param body as it came
 * @param before targets that were found before it took effect
 */
export async function forwardActivity(
  ctx: Ctx,
  body: string,
  activity: VerifiedActivity,
  actor: AccountRow,
  before: readonly ForwardTarget[],
): Promise<void> {
  const targets = activity.type === 'Delete' ? before : await forwardTargets(ctx, activity)
  const [first] = targets
  if (!first) return
  const document = parseDocument(body)
  const signed = document && (await linkedDataClaim(document))
  const isWhole = signed !== null && idOf(document?.object) === idOf(activity.object)
  if (!isWhole || (await signerOfClaim(ctx, signed.claim))?.id !== actor.id) return
  await forwardBody(
    ctx,
    { id: first.signer_id },
    body,
    targets.map((target) => target.inbox),
  )
}
