import type { AccountMigrationRow, AccountRow } from '@anancus/db'
import { insertMigration, migrationsOf, setMovedTo } from '@anancus/db/queries/moves'
import { moveJson } from '../../activitypub/render/index.ts'
import { moveTiesJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { acct } from '../../kernel/uris.ts'
import { announceProfile } from '../accounts/index.ts'
import { moveInboxes, sendActivity, sendActorUpdate } from '../federation/index.ts'
import { namesAsAlias } from './accept-move.ts'
import { findMoveTarget } from './find-move-target.ts'
import { MOVE_COOLDOWN_DAYS } from './limits.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Lists where an account of ours moved, newest first. */
export function listMigrations(ctx: Ctx, account: Pick<AccountRow, 'id'>): Promise<AccountMigrationRow[]> {
  return migrationsOf(ctx.db, account.id)
}

/** When an account may move again; null: at once. */
export function cooldownEnd(ctx: Ctx, migrations: readonly AccountMigrationRow[]): Date | null {
  const [last] = migrations
  if (!last) return null
  const end = new Date(last.created_at.getTime() + MOVE_COOLDOWN_DAYS * DAY_MS)
  return end > ctx.clock.now() ? end : null
}

/**
 * Moves an account of ours to another, which must name ours among its aliases: other servers hear of it, and our own
 * people's ties go along. The old account stays and points to the new one.
 *
 * @throws ValidationError nobody is called so, it is this account, it does not name ours, we moved there already, the
 *   last move is too young
 * @see https://docs.joinmastodon.org/user/moving/#move
 */
export async function moveAccount(ctx: Ctx, account: AccountRow, handle: string): Promise<AccountRow> {
  if (cooldownEnd(ctx, await migrationsOf(ctx.db, account.id)) !== null)
    throw ValidationError.failed(`You cannot move again within ${MOVE_COOLDOWN_DAYS} days`)
  const target = await findMoveTarget(ctx, handle)
  if (target.id === account.id) throw ValidationError.failed('Handle cannot be that of this account')
  if (target.id === account.moved_to_account_id)
    throw ValidationError.failed('Handle is where the account has moved already')
  if (!namesAsAlias(ctx, target, account))
    throw ValidationError.failed('Handle does not name this account among its aliases')
  await transaction(ctx, async (tx) => {
    const row = await insertMigration(tx.db, account.id, target.id, acct(target))
    await sendMove(tx, account, target, row)
  })
  return target
}

/**
 * Sends the last move of an account again.
 *
 * @param options.force also when it points to nobody or somewhere else by now
 * @throws ValidationError it has not moved, or points elsewhere
 */
export async function replayMove(
  ctx: Ctx,
  account: AccountRow,
  options: { force?: boolean } = {},
): Promise<AccountRow> {
  const [last] = await migrationsOf(ctx.db, account.id)
  if (!last) throw ValidationError.failed('The specified account has not performed any migration')
  if (!options.force && account.moved_to_account_id !== last.target_account_id)
    throw ValidationError.failed('The specified account is not redirecting to its last migration target')
  const target = await findMoveTarget(ctx, last.acct)
  await transaction(ctx, (tx) => sendMove(tx, account, target, last))
  return target
}

async function sendMove(
  tx: Ctx,
  account: AccountRow,
  target: AccountRow,
  row: { id: string },
): Promise<void> {
  await setMovedTo(tx.db, account.id, target.id)
  // Those who check the old profile find the way there already.
  await sendActorUpdate(tx, { accountId: account.id })
  await sendActivity(tx, {
    signer: account,
    activity: moveJson(tx.config, account, target, row.id),
    inboxes: await moveInboxes(tx, account),
  })
  await enqueue(tx, moveTiesJob, { sourceId: account.id, targetId: target.id, afterFollowId: '0' })
}

/**
 * Lets a profile point to another account without moving anybody.
 *
 * @throws ValidationError nobody is called so, or it is this account
 */
export async function redirectAccount(ctx: Ctx, account: AccountRow, handle: string): Promise<void> {
  const target = await findMoveTarget(ctx, handle)
  if (target.id === account.id) throw ValidationError.failed('Handle cannot be that of this account')
  await changeRedirect(ctx, account, target.id)
}

/** Takes the pointer back: the account can be used again. Followers who have gone stay gone. */
export async function cancelRedirect(ctx: Ctx, account: AccountRow): Promise<void> {
  await changeRedirect(ctx, account, null)
}

async function changeRedirect(ctx: Ctx, account: AccountRow, targetId: string | null): Promise<void> {
  await transaction(ctx, async (tx) => {
    await setMovedTo(tx.db, account.id, targetId)
    await announceProfile(tx, account)
  })
}
