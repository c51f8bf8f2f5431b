import type { DomainBlockRow, DomainBlockSeverity } from '@anancus/db'
import {
  accountIdsSuspendedAt,
  type DomainChange,
  knownDomainsBelow,
} from '@anancus/db/queries/domain-accounts'
import { domainBlockAmong, domainBlockById, lockDomainBlock } from '@anancus/db/queries/domain-moderation'
import { domainSeveranceOf } from '@anancus/db/queries/domain-severances'
import { applyDomainBlockJob, clearDomainMediaJob, purgeAccountJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue, enqueueMany } from '../../kernel/enqueue.ts'
import { domainAndParents } from '../federation/index.ts'
import { clearServerMedia, deleteServerEmojis } from '../media/index.ts'
import { severServer } from '../relationships/index.ts'
import { changeServers, FIRST_ID } from './change-domain-accounts.ts'
import { severityOf } from './domain-block-values.ts'
import { ACCOUNTS_PER_STEP } from './domain-block-limits.ts'

/**
 * Does to the accounts of a server what its block says, and takes back what an earlier severity did. Everything is
 * marked with the time of the block, so that lifting it frees those accounts and no others. Goes on where it stopped.
 */
export async function applyDomainBlock(
  ctx: Ctx,
  payload: { domainBlockId: string; isSeverityChanged: boolean },
): Promise<void> {
  const block = await domainBlockById(ctx.db, payload.domainBlockId)
  if (!block) return
  const domains = await knownDomainsBelow(ctx.db, block.domain)
  const severity = severityOf(block)
  if (payload.isSeverityChanged) {
    if (severity !== 'silence') await changeAll(ctx, block, 'unsilence', domains)
    if (severity !== 'suspend') await changeAll(ctx, block, 'unsuspend', domains)
  }
  if (severity === 'silence') await changeAll(ctx, block, 'silence', domains)
  if (severity === 'suspend') await suspendServer(ctx, block, domains)
  if (severity === 'suspend' || block.reject_media)
    await enqueue(ctx, clearDomainMediaJob, { domainBlockId: block.id })
}

async function suspendServer(ctx: Ctx, block: DomainBlockRow, domains: readonly string[]): Promise<void> {
  if (!(await changeAll(ctx, block, 'suspend', domains))) return
  const eventId = await domainSeveranceOf(ctx.db, block.domain, block.updated_at)
  await severServer(ctx, { domains, at: block.created_at, eventId })
  await purgeSuspended(ctx, domains, block.created_at)
}

/** Enqueues the removal of what suspended accounts have here. */
export async function purgeSuspended(ctx: Ctx, domains: readonly string[], at: Date): Promise<void> {
  for (let after = FIRST_ID; ; ) {
    const ids = await accountIdsSuspendedAt(ctx.db, domains, at, after, ACCOUNTS_PER_STEP)
    const last = ids.at(-1)
    if (last === undefined) return
    await enqueueMany(
      ctx,
      purgeAccountJob,
      ids.map((accountId) => ({ accountId })),
    )
    after = last
  }
}

/** What a change needs the block to say. */
const WANTED: Record<DomainChange, (severity: DomainBlockSeverity) => boolean> = {
  silence: (severity) => severity === 'silence',
  unsilence: (severity) => severity !== 'silence',
  suspend: (severity) => severity === 'suspend',
  unsuspend: (severity) => severity !== 'suspend',
}

/**
 * Each step looks at the block again, and holds it meanwhile: one that is lifted or changed while this runs limits nobody
 * any more.
 *
 * @returns false when that happened
 */
function changeAll(
  ctx: Ctx,
  block: DomainBlockRow,
  change: DomainChange,
  domains: readonly string[],
): Promise<boolean> {
  return changeServers(ctx, change, domains, block.created_at, async (tx) => {
    const current = await lockDomainBlock(tx.db, block.id)
    return current !== null && WANTED[change](severityOf(current))
  })
}

/**
 * Frees the accounts that a lifted block had limited. Where the domain is still, or again, under a block, that one is
 * applied: it passed over accounts that were limited already.
 *
 * @param payload.since when the block was made, ISO 8601
 */
export async function liftDomainBlock(ctx: Ctx, payload: { domain: string; since: string }): Promise<void> {
  const at = new Date(payload.since)
  const domains = await knownDomainsBelow(ctx.db, payload.domain)
  for (const change of ['unsilence', 'unsuspend'] as const) await changeServers(ctx, change, domains, at)
  const rest = await domainBlockAmong(ctx.db, domainAndParents(payload.domain))
  if (rest) await enqueue(ctx, applyDomainBlockJob, { domainBlockId: rest.id, isSeverityChanged: false })
}

/** Deletes the files we hold of a server whose media are refused, and its custom emojis. */
export async function clearDomainMedia(ctx: Ctx, payload: { domainBlockId: string }): Promise<void> {
  const block = await domainBlockById(ctx.db, payload.domainBlockId)
  if (!block || (!block.reject_media && severityOf(block) !== 'suspend')) return
  await clearServerMedia(ctx, await knownDomainsBelow(ctx.db, block.domain))
  if (block.reject_media) await deleteServerEmojis(ctx, block.domain)
}
