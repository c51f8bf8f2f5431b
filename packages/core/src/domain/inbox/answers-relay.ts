import type { AccountRow } from '@anancus/db'
import { idOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { receiveRelayAnswer } from '../federation/index.ts'
import type { VerifiedActivity } from './handler.ts'

/** Whether an Accept or Reject is a relay's answer to this server itself, which is then noted. */
export async function answersRelay(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  isAccepted: boolean,
): Promise<boolean> {
  const followId = idOf(activity.object)
  if (followId === null || !isOwnUri(ctx, followId)) return false
  return receiveRelayAnswer(ctx, actor, followId, isAccepted)
}
