import type { DomainAllowRow, Window } from '@anancus/db'
import {
  deleteDomainAllow,
  domainAllowById,
  domainAllowOf,
  domainAllowRows,
  insertDomainAllow,
} from '@anancus/db/queries/domain-moderation'
import { domainSeveranceOf, domainSeveranceTimes } from '@anancus/db/queries/domain-severances'
import { afterUnallowJob, liftDomainBlockJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { severServer } from '../relationships/index.ts'
import { purgeSuspended } from './apply-domain-block.ts'
import { changeServers } from './change-domain-accounts.ts'
import { domainName } from './domain-name.ts'
import { logAction } from './log-action.ts'

/** Lists the servers that limited federation lets in, newest first. For administrators. */
export function listDomainAllows(ctx: Ctx, window: Window): Promise<DomainAllowRow[]> {
  return domainAllowRows(ctx.db, window)
}

/** @throws NotFoundError */
export async function getDomainAllow(ctx: Ctx, id: string): Promise<DomainAllowRow> {
  const row = await domainAllowById(ctx.db, id)
  if (!row) throw new NotFoundError()
  return row
}

/**
 * Lets a server in where federation is limited. Accounts that an earlier removal from the list suspended are freed. One
 * that is let in already is given back as it is.
 *
 * @throws ValidationError no domain, or not one
 * @see https://docs.joinmastodon.org/methods/admin/domain_allows/#create
 */
export async function createDomainAllow(
  ctx: Ctx,
  viewer: Viewer,
  domain: string | undefined,
): Promise<DomainAllowRow> {
  const name = domainName(domain)
  return transaction(ctx, async (tx) => {
    const row = await insertDomainAllow(tx.db, name)
    if (!row) return getByName(tx, name)
    for (const at of await domainSeveranceTimes(tx.db, name))
      await enqueue(tx, liftDomainBlockJob, { domain: name, since: at.toISOString() })
    await log(tx, viewer, 'create', row)
    return row
  })
}

async function getByName(ctx: Ctx, name: string): Promise<DomainAllowRow> {
  const row = await domainAllowOf(ctx.db, name)
  if (!row) throw new NotFoundError()
  return row
}

/**
 * Takes a server off the list. Where federation is limited its accounts are suspended, by `moderation.after_unallow`.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/domain_allows/#delete
 */
export async function removeDomainAllow(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const row = await domainAllowById(tx.db, id)
    if (!row) throw new NotFoundError()
    await deleteDomainAllow(tx.db, id)
    if (tx.config.env.LIMITED_FEDERATION_MODE)
      await enqueue(tx, afterUnallowJob, { domain: row.domain, at: tx.clock.now().toISOString() })
    await log(tx, viewer, 'destroy', row)
  })
}

/**
 * Suspends the accounts of a server that is no longer let in, cuts its follows and removes what it has here. Nothing
 * happens when it was let in again meanwhile. Subdomains have entries of their own in the list.
 *
 * @param payload.at ISO 8601
 */
export async function afterUnallow(ctx: Ctx, payload: { domain: string; at: string }): Promise<void> {
  const at = new Date(payload.at)
  const domains = [payload.domain]
  const isOut = async (tx: Ctx) => (await domainAllowOf(tx.db, payload.domain)) === null
  if (!(await changeServers(ctx, 'suspend', domains, at, isOut))) return
  const eventId = await domainSeveranceOf(ctx.db, payload.domain, at)
  await severServer(ctx, { domains, at, eventId })
  await purgeSuspended(ctx, domains, at)
}

function log(tx: Ctx, viewer: Viewer, action: string, row: DomainAllowRow): Promise<void> {
  return logAction(tx, viewer, action, { type: 'DomainAllow', id: row.id, humanIdentifier: row.domain })
}
