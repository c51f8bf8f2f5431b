import type { AccountRow } from '@anancus/db'
import { accountsByIds } from '@anancus/db/queries/accounts'
import { findFollow } from '@anancus/db/queries/follows'
import { deleteMute, muteById, upsertMute } from '@anancus/db/queries/mutes'
import { afterBlockJob, expireMuteJob, mergeFeedJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { changePair, publishRelationshipsChanged } from './change-pair.ts'

/**
 * Mutes an account, or changes both options of a mute. Muting oneself does nothing. Nobody is told.
 *
 * @param options.notifications whether notifications are hidden too (default true)
 * @param options.durationSeconds how long; 0 or absent is for good
 * @see https://docs.joinmastodon.org/methods/accounts/#mute
 */
export async function muteAccount(
  ctx: Ctx,
  account: AccountRow,
  target: AccountRow,
  options: { notifications?: boolean | undefined; durationSeconds?: number | undefined } = {},
): Promise<void> {
  if (account.id === target.id) return
  const durationMs = Math.max(0, options.durationSeconds ?? 0) * 1000
  const expiresAt = durationMs === 0 ? null : new Date(ctx.clock.now().getTime() + durationMs)
  const hideNotifications = options.notifications ?? true
  await changePair(ctx, account, target, async (tx) => {
    const mute = await upsertMute(tx.db, account.id, target.id, { hideNotifications, expiresAt })
    await enqueue(tx, afterBlockJob, {
      accountId: account.id,
      targetAccountId: target.id,
      notifications: hideNotifications,
    })
    if (expiresAt) await enqueue(tx, expireMuteJob, { muteId: mute.id }, { delayMs: durationMs })
    await publishRelationshipsChanged(tx, account)
  })
}

/** Ends a mute; there being none is fine. The statuses of someone followed come back into the home feed. */
export async function unmuteAccount(ctx: Ctx, account: AccountRow, target: AccountRow): Promise<void> {
  await changePair(ctx, account, target, async (tx) => {
    const mute = await deleteMute(tx.db, account.id, target.id)
    if (!mute) return
    if (await findFollow(tx.db, account.id, target.id)) {
      await enqueue(tx, mergeFeedJob, { fromAccountId: target.id, intoAccountId: account.id })
    }
    await publishRelationshipsChanged(tx, account)
  })
}

/** Ends a mute whose time is over. One that was ended, or made longer, meanwhile is left alone. */
export async function expireMute(ctx: Ctx, payload: { muteId: string }): Promise<void> {
  const mute = await muteById(ctx.db, payload.muteId)
  if (!mute?.expires_at || mute.expires_at > ctx.clock.now()) return
  const accounts = await accountsByIds(ctx.db, [mute.account_id, mute.target_account_id])
  const [account, target] = [accounts.get(mute.account_id), accounts.get(mute.target_account_id)]
  if (account && target) await unmuteAccount(ctx, account, target)
}
