import type { DomainBlockRow } from '@anancus/db'
import {
  deleteDomainBlockRow,
  domainBlockAmong,
  insertDomainBlockRow,
  lockDomainBlock,
  updateDomainBlockRow,
} from '@anancus/db/queries/domain-moderation'
import { applyDomainBlockJob, liftDomainBlockJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { domainAndParents } from '../federation/index.ts'
import { changedValues, type DomainBlockChange, isStricter, severityOf } from './domain-block-values.ts'
import { domainName } from './domain-name.ts'
import { logAction } from './log-action.ts'

/** A new block, or the one in force that says as much or more. */
export type DomainBlockOutcome =
  | { kind: 'created'; block: DomainBlockRow }
  | { kind: 'conflict'; existing: DomainBlockRow }

/**
 * Limits a server and everything below its domain. What it means for accounts, follows and files follows by
 * `moderation.apply_domain_block`.
 *
 * @returns `conflict` when the domain is blocked already, or one above it more strictly
 * @throws ValidationError no domain, not a domain, or not a severity
 * @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#create
 */
export async function createDomainBlock(
  ctx: Ctx,
  viewer: Viewer,
  domain: string | undefined,
  change: DomainBlockChange,
): Promise<DomainBlockOutcome> {
  const name = domainName(domain)
  const values = changedValues(change)
  return transaction(ctx, async (tx) => {
    const existing = await domainBlockAmong(tx.db, domainAndParents(name))
    if (existing && (existing.domain === name || !isStricter(values, existing)))
      return { kind: 'conflict', existing }
    const block = await insertDomainBlockRow(tx.db, name, values, tx.clock.now())
    if (!block) return conflictWithItself(tx, name)
    await enqueue(tx, applyDomainBlockJob, { domainBlockId: block.id, isSeverityChanged: false })
    await log(tx, viewer, 'create', block)
    return { kind: 'created', block }
  })
}

/** Somebody else was faster. */
async function conflictWithItself(tx: Ctx, name: string): Promise<DomainBlockOutcome> {
  const existing = await domainBlockAmong(tx.db, [name])
  if (!existing) throw new NotFoundError()
  return { kind: 'conflict', existing }
}

/**
 * Changes a block. What an earlier severity did is taken back where the new one does not ask for it.
 *
 * @throws NotFoundError ValidationError
 * @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#update
 */
export async function updateDomainBlock(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  change: DomainBlockChange,
): Promise<DomainBlockRow> {
  return transaction(ctx, async (tx) => {
    const before = await lockDomainBlock(tx.db, id)
    if (!before) throw new NotFoundError()
    const block = await updateDomainBlockRow(tx.db, id, changedValues(change, before), tx.clock.now())
    if (!block) throw new NotFoundError()
    const isSeverityChanged = severityOf(before) !== severityOf(block)
    await enqueue(tx, applyDomainBlockJob, { domainBlockId: block.id, isSeverityChanged })
    await log(tx, viewer, 'update', block)
    return block
  })
}

/**
 * Lifts a block. The accounts it limited are freed by `moderation.lift_domain_block`; follows and files do not come back.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#delete
 */
export async function removeDomainBlock(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const block = await lockDomainBlock(tx.db, id)
    if (!block) throw new NotFoundError()
    await deleteDomainBlockRow(tx.db, id)
    await enqueue(tx, liftDomainBlockJob, { domain: block.domain, since: block.created_at.toISOString() })
    await log(tx, viewer, 'destroy', block)
  })
}

function log(tx: Ctx, viewer: Viewer, action: string, block: DomainBlockRow): Promise<void> {
  return logAction(tx, viewer, action, {
    type: 'DomainBlock',
    id: block.id,
    humanIdentifier: block.domain,
  })
}
