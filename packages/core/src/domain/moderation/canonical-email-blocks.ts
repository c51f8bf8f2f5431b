import type { CanonicalEmailBlockRow, Window } from '@anancus/db'
import {
  canonicalEmailBlockById,
  canonicalEmailBlockOf,
  canonicalEmailBlockRows,
  deleteCanonicalEmailBlock,
  deleteCanonicalEmailBlocksOf,
  insertCanonicalEmailBlock,
} from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { canonicalEmailHash } from '../users/index.ts'
import { logAction } from './log-action.ts'

/** Lists the hashes of banned addresses, newest first. For moderators. */
export function listCanonicalEmailBlocks(ctx: Ctx, window: Window): Promise<CanonicalEmailBlockRow[]> {
  return canonicalEmailBlockRows(ctx.db, window)
}

/** @throws NotFoundError */
export async function getCanonicalEmailBlock(ctx: Ctx, id: string): Promise<CanonicalEmailBlockRow> {
  const row = await canonicalEmailBlockById(ctx.db, id)
  if (!row) throw new NotFoundError()
  return row
}

/** The block that an address would meet; null for none, and for no address. */
export async function findCanonicalEmailBlock(
  ctx: Ctx,
  email: string | undefined,
): Promise<CanonicalEmailBlockRow | null> {
  return email ? canonicalEmailBlockOf(ctx.db, canonicalEmailHash(email)) : null
}

/**
 * Bans an address, or the hash of one. An address wins over a hash.
 *
 * @throws ValidationError neither was given, or the hash is there already
 * @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#create
 */
export async function createCanonicalEmailBlock(
  ctx: Ctx,
  viewer: Viewer,
  given: { email?: string | undefined; hash?: string | undefined },
): Promise<CanonicalEmailBlockRow> {
  const hash = given.email ? canonicalEmailHash(given.email) : given.hash
  if (!hash?.trim()) throw ValidationError.failed("Canonical email hash can't be blank")
  return transaction(ctx, async (tx) => {
    const row = await insertCanonicalEmailBlock(tx.db, hash, null)
    if (!row) throw ValidationError.failed('Canonical email hash has already been taken')
    await log(tx, viewer, 'create', row)
    return row
  })
}

/**
 * Frees an address.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#delete
 */
export async function removeCanonicalEmailBlock(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const row = await canonicalEmailBlockById(tx.db, id)
    if (!row) throw new NotFoundError()
    await deleteCanonicalEmailBlock(tx.db, id)
    await log(tx, viewer, 'destroy', row)
  })
}

/** Bans the address of an account that is suspended or deleted, so that nobody comes back with it or a variant of it. */
export async function blockEmailOf(ctx: Ctx, accountId: string, email: string): Promise<void> {
  await insertCanonicalEmailBlock(ctx.db, canonicalEmailHash(email), accountId)
}

/** Takes back what `blockEmailOf` did; returns whether it did anything. */
export async function unblockEmailOf(ctx: Ctx, accountId: string): Promise<boolean> {
  return (await deleteCanonicalEmailBlocksOf(ctx.db, accountId)) > 0
}

/** Frees an address, by the operator; false when it was free. */
export async function unblockEmail(ctx: Ctx, email: string): Promise<boolean> {
  const row = await canonicalEmailBlockOf(ctx.db, canonicalEmailHash(email))
  return row !== null && deleteCanonicalEmailBlock(ctx.db, row.id)
}

function log(tx: Ctx, viewer: Viewer, action: string, row: CanonicalEmailBlockRow): Promise<void> {
  return logAction(tx, viewer, action, {
    type: 'CanonicalEmailBlock',
    id: row.id,
    humanIdentifier: row.canonical_email_hash,
  })
}
