import type { EmailDomainBlockRow, Window } from '@anancus/db'
import {
  deleteEmailDomainBlock,
  emailDomainBlockById,
  emailDomainBlockRows,
  insertEmailDomainBlock,
} from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type AttemptDay, readAttempts } from '../users/index.ts'
import { domainName } from './domain-name.ts'
import { logAction } from './log-action.ts'

/** A rule with how often people tried to sign up under it, the last seven days, today first. */
export interface EmailDomainBlockWithHistory {
  block: EmailDomainBlockRow
  history: AttemptDay[]
}

/** Lists the rules for e-mail domains, newest first. One statement, one Redis call. For moderators. */
export async function listEmailDomainBlocks(
  ctx: Ctx,
  window: Window,
): Promise<EmailDomainBlockWithHistory[]> {
  return withHistory(ctx, await emailDomainBlockRows(ctx.db, window))
}

/** @throws NotFoundError */
export async function getEmailDomainBlock(ctx: Ctx, id: string): Promise<EmailDomainBlockWithHistory> {
  const block = await emailDomainBlockById(ctx.db, id)
  if (!block) throw new NotFoundError()
  return one(ctx, block)
}

/**
 * Refuses sign-ups with addresses of a domain and what lies below it, or has somebody look at them first. Addresses whose
 * mail goes to a server of that name count too.
 *
 * @throws ValidationError no domain, not one, or there is a rule already
 * @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#create
 */
export async function createEmailDomainBlock(
  ctx: Ctx,
  viewer: Viewer,
  given: { domain?: string | undefined; allowWithApproval?: boolean | undefined },
): Promise<EmailDomainBlockWithHistory> {
  const domain = domainName(given.domain)
  const allowWithApproval = given.allowWithApproval ?? false
  const block = await transaction(ctx, async (tx) => {
    const row = await insertEmailDomainBlock(tx.db, { domain, allowWithApproval, parentId: null })
    if (!row) throw ValidationError.failed('Domain has already been taken')
    await log(tx, viewer, 'create', row)
    return row
  })
  return one(ctx, block)
}

/**
 * Lifts a rule, and those for the mail servers that came with it.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#delete
 */
export async function removeEmailDomainBlock(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const row = await emailDomainBlockById(tx.db, id)
    if (!row) throw new NotFoundError()
    await deleteEmailDomainBlock(tx.db, id)
    await log(tx, viewer, 'destroy', row)
  })
}

async function one(ctx: Ctx, block: EmailDomainBlockRow): Promise<EmailDomainBlockWithHistory> {
  const [found] = await withHistory(ctx, [block])
  if (!found) throw new NotFoundError()
  return found
}

async function withHistory(
  ctx: Ctx,
  blocks: readonly EmailDomainBlockRow[],
): Promise<EmailDomainBlockWithHistory[]> {
  const histories = await readAttempts(
    ctx,
    blocks.map((block) => block.id),
  )
  return blocks.map((block) => ({ block, history: histories.get(block.id) ?? [] }))
}

function log(tx: Ctx, viewer: Viewer, action: string, row: EmailDomainBlockRow): Promise<void> {
  return logAction(tx, viewer, action, {
    type: 'EmailDomainBlock',
    id: row.id,
    humanIdentifier: row.domain,
  })
}
