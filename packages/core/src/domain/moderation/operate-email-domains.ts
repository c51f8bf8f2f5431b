import type { EmailDomainBlockRow } from '@anancus/db'
import {
  allEmailDomainBlocks,
  deleteEmailDomainBlock,
  emailDomainBlockOf,
  insertEmailDomainBlock,
} from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { mailServersOf } from '../users/index.ts'
import { domainName } from './domain-name.ts'

/** Rules for e-mail domains by the operator's command line: no moderator, no audit log. */

/** A rule with those for its mail servers. */
export interface EmailDomainFamily {
  block: EmailDomainBlockRow
  children: EmailDomainBlockRow[]
}

/** Every rule, those for mail servers below the rule they came with. @param allowWithApproval of one kind; null: all */
export async function listEmailDomainFamilies(
  ctx: Ctx,
  allowWithApproval: boolean | null,
): Promise<EmailDomainFamily[]> {
  const blocks = await allEmailDomainBlocks(ctx.db, allowWithApproval)
  return blocks
    .filter((block) => block.parent_id === null)
    .map((block) => ({ block, children: blocks.filter((child) => child.parent_id === block.id) }))
}

/** What was blocked, and what was already: the domain, and with `withDnsRecords` the servers that take its mail. */
export async function addEmailDomain(
  ctx: Ctx,
  text: string,
  options: { allowWithApproval: boolean; withDnsRecords: boolean },
): Promise<{ added: string[]; there: string[] }> {
  const domain = domainName(text)
  const { allowWithApproval } = options
  const block = await insertEmailDomainBlock(ctx.db, { domain, allowWithApproval, parentId: null })
  if (!block) return { added: [], there: [domain] }
  const result = { added: [domain], there: [] as string[] }
  const servers = options.withDnsRecords ? await mailServersOf(domain) : []
  for (const name of new Set(servers)) {
    const values = { domain: name, allowWithApproval, parentId: block.id }
    const isNew = name !== domain && (await insertEmailDomainBlock(ctx.db, values)) !== null
    result[isNew ? 'added' : 'there'].push(name)
  }
  return result
}

/**
 * Lifts a rule with those for its mail servers.
 *
 * @returns how many went; 0 when there was none
 */
export async function removeEmailDomain(ctx: Ctx, text: string): Promise<number> {
  const block = await emailDomainBlockOf(ctx.db, domainName(text))
  if (!block) return 0
  const all = await allEmailDomainBlocks(ctx.db, null)
  const children = all.filter((child) => child.parent_id === block.id)
  return (await deleteEmailDomainBlock(ctx.db, block.id)) ? children.length + 1 : 0
}
