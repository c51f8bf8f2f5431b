import type { AccountRow } from '@anancus/db'
import { deleteDomainBlock, insertDomainBlock } from '@anancus/db/queries/domain-blocks'
import { handleDomain } from '../../activitypub/parse/handle.ts'
import { afterDomainBlockJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { normalDomain } from '../federation/index.ts'
import { publishRelationshipsChanged } from './change-pair.ts'

/** Of a domain name (RFC 1035, 2.3.4). */
const LONGEST_LABEL = 63

/**
 * Hides a server from an account. Follows between the account and the server are then cut by
 * `relationships.after_domain_block`. Repeating it changes nothing.
 *
 * @throws ValidationError no domain, or not one
 * @see https://docs.joinmastodon.org/methods/domain_blocks/#block
 */
export async function blockDomain(ctx: Ctx, account: AccountRow, domain: string): Promise<void> {
  if (domain.trim() === '') throw ValidationError.failed("Domain can't be blank")
  const normal = handleDomain(domain)
  if (normal === null || normal.split('.').some((label) => label.length > LONGEST_LABEL))
    throw ValidationError.failed('Domain is not a valid domain name')
  await transaction(ctx, async (tx) => {
    if (!(await insertDomainBlock(tx.db, account.id, normal))) return
    await enqueue(tx, afterDomainBlockJob, { accountId: account.id, domain: normal })
    await publishRelationshipsChanged(tx, account)
  })
}

/** Shows a server again; follows do not come back. A domain that is not hidden is fine. */
export async function unblockDomain(ctx: Ctx, account: AccountRow, domain: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (!(await deleteDomainBlock(tx.db, account.id, normalDomain(domain)))) return
    await publishRelationshipsChanged(tx, account)
  })
}
