import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import {
  type CanonicalEmailBlockRow,
  canonicalEmailBlockColumns,
  type EmailDomainBlockRow,
  emailDomainBlockColumns,
  type IpBlockRow,
  ipBlockColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Who may not sign up or come here at all: rules for addresses, e-mail domains and single e-mail addresses. */

/** An IP rule with its range always written out: `192.0.2.1/32`, `2001:db8::/32`. */
export type IpRule = IpBlockRow & { cidr: string }

const IP = `${columns(ipBlockColumns)}, host(ip) || '/' || masklen(ip) as cidr`
const EMAIL_DOMAIN = columns(emailDomainBlockColumns)
const CANONICAL = columns(canonicalEmailBlockColumns)

const ipPage: PagedStatement<IpRule> = pagedStatement(
  'admin_blocks.ip_page',
  (order) => `select ${IP} from ip_blocks where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists IP rules, newest first. */
export function ipRules(db: Db, window: Window): Promise<IpRule[]> {
  return ipPage(db, window)
}

const ipById = statement<IpRule>('admin_blocks.ip_by_id', `select ${IP} from ip_blocks where id = $1`)

export async function ipRuleById(db: Db, id: string): Promise<IpRule | null> {
  return (await ipById(db, [id]))[0] ?? null
}

const ipExact = statement<IpRule>('admin_blocks.ip_of', `select ${IP} from ip_blocks where ip = $1::inet`)

/** The rule for exactly this range. */
export async function ipRuleOf(db: Db, cidr: string): Promise<IpRule | null> {
  return (await ipExact(db, [cidr]))[0] ?? null
}

const ipCovering = statement<IpRule>(
  'admin_blocks.ip_covering',
  `select ${IP} from ip_blocks where ip >>= $1::inet order by masklen(ip) desc`,
)

/** The rules for a range and for those it lies in, the narrowest first. */
export async function ipRulesCovering(db: Db, cidr: string): Promise<IpRule[]> {
  return ipCovering(db, [cidr])
}

const ipNoAccess = statement<{ cidr: string; expires_at: Date | null }>(
  'admin_blocks.ip_no_access',
  `select host(ip) || '/' || masklen(ip) as cidr, expires_at from ip_blocks where severity = $1 order by id`,
)

/** Every range with a severity. */
export async function rangesOfSeverity(
  db: Db,
  severity: number,
): Promise<{ cidr: string; expires_at: Date | null }[]> {
  return ipNoAccess(db, [severity])
}

export interface IpRuleValues {
  cidr: string
  severity: number
  comment: string
  expiresAt: Date | null
}

const insertIp = statement<IpRule>(
  'admin_blocks.ip_insert',
  `insert into ip_blocks (ip, severity, comment, expires_at) values ($1::inet, $2, $3, $4)
   on conflict (ip) do nothing returning ${IP}`,
)

/** Null when there is a rule for this range. */
export async function insertIpRule(db: Db, values: IpRuleValues): Promise<IpRule | null> {
  const [row] = await insertIp(db, [values.cidr, values.severity, values.comment, values.expiresAt])
  return row ?? null
}

const updateIp = statement<IpRule>(
  'admin_blocks.ip_update',
  `update ip_blocks set ip = $2::inet, severity = $3, comment = $4, expires_at = $5, updated_at = now()
   where id = $1 and not exists (select from ip_blocks o where o.ip = $2::inet and o.id <> $1) returning ${IP}`,
)

/** Null when the rule is gone, or another one has the range. */
export async function updateIpRule(db: Db, id: string, values: IpRuleValues): Promise<IpRule | null> {
  const [row] = await updateIp(db, [id, values.cidr, values.severity, values.comment, values.expiresAt])
  return row ?? null
}

const deleteIp = statement<{ id: string }>(
  'admin_blocks.ip_delete',
  'delete from ip_blocks where id = $1 returning id',
)

export async function deleteIpRule(db: Db, id: string): Promise<boolean> {
  return (await deleteIp(db, [id])).length > 0
}

const emailPage: PagedStatement<EmailDomainBlockRow> = pagedStatement(
  'admin_blocks.email_domain_page',
  (order) =>
    `select ${EMAIL_DOMAIN} from email_domain_blocks where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists blocked e-mail domains, newest first. */
export function emailDomainBlockRows(db: Db, window: Window): Promise<EmailDomainBlockRow[]> {
  return emailPage(db, window)
}

const emailAll = statement<EmailDomainBlockRow>(
  'admin_blocks.email_domains',
  `select ${EMAIL_DOMAIN} from email_domain_blocks
   where $1::boolean is null or allow_with_approval = $1 order by domain`,
)

/** Every e-mail domain rule, by name. @param allowWithApproval only those of this kind; null: all */
export async function allEmailDomainBlocks(
  db: Db,
  allowWithApproval: boolean | null,
): Promise<EmailDomainBlockRow[]> {
  return emailAll(db, [allowWithApproval])
}

const emailById = statement<EmailDomainBlockRow>(
  'admin_blocks.email_domain_by_id',
  `select ${EMAIL_DOMAIN} from email_domain_blocks where id = $1`,
)

export async function emailDomainBlockById(db: Db, id: string): Promise<EmailDomainBlockRow | null> {
  return (await emailById(db, [id]))[0] ?? null
}

const emailOf = statement<EmailDomainBlockRow>(
  'admin_blocks.email_domain_of',
  `select ${EMAIL_DOMAIN} from email_domain_blocks where domain = $1`,
)

export async function emailDomainBlockOf(db: Db, domain: string): Promise<EmailDomainBlockRow | null> {
  return (await emailOf(db, [domain]))[0] ?? null
}

const insertEmail = statement<EmailDomainBlockRow>(
  'admin_blocks.email_domain_insert',
  `insert into email_domain_blocks (domain, allow_with_approval, parent_id) values ($1, $2, $3)
   on conflict (domain) do nothing returning ${EMAIL_DOMAIN}`,
)

/** Null when there is a rule for the domain. @param parentId the block this one came from, as one of its mail servers */
export async function insertEmailDomainBlock(
  db: Db,
  values: { domain: string; allowWithApproval: boolean; parentId: string | null },
): Promise<EmailDomainBlockRow | null> {
  return (await insertEmail(db, [values.domain, values.allowWithApproval, values.parentId]))[0] ?? null
}

const deleteEmail = statement<{ id: string }>(
  'admin_blocks.email_domain_delete',
  'delete from email_domain_blocks where id = $1 returning id',
)

/** Deletes a rule and those for its mail servers. */
export async function deleteEmailDomainBlock(db: Db, id: string): Promise<boolean> {
  return (await deleteEmail(db, [id])).length > 0
}

const canonicalPage: PagedStatement<CanonicalEmailBlockRow> = pagedStatement(
  'admin_blocks.canonical_page',
  (order) =>
    `select ${CANONICAL} from canonical_email_blocks where id < $1 and id > $2 order by id ${order} limit $3`,
)

/** Lists hashes of banned addresses, newest first. */
export function canonicalEmailBlockRows(db: Db, window: Window): Promise<CanonicalEmailBlockRow[]> {
  return canonicalPage(db, window)
}

const canonicalById = statement<CanonicalEmailBlockRow>(
  'admin_blocks.canonical_by_id',
  `select ${CANONICAL} from canonical_email_blocks where id = $1`,
)

export async function canonicalEmailBlockById(db: Db, id: string): Promise<CanonicalEmailBlockRow | null> {
  return (await canonicalById(db, [id]))[0] ?? null
}

const canonicalOf = statement<CanonicalEmailBlockRow>(
  'admin_blocks.canonical_of',
  `select ${CANONICAL} from canonical_email_blocks where canonical_email_hash = $1`,
)

export async function canonicalEmailBlockOf(db: Db, hash: string): Promise<CanonicalEmailBlockRow | null> {
  return (await canonicalOf(db, [hash]))[0] ?? null
}

const insertCanonical = statement<CanonicalEmailBlockRow>(
  'admin_blocks.canonical_insert',
  `insert into canonical_email_blocks (canonical_email_hash, reference_account_id) values ($1, $2)
   on conflict (canonical_email_hash) do nothing returning ${CANONICAL}`,
)

/** Null when the hash is there. @param accountId whose address it was */
export async function insertCanonicalEmailBlock(
  db: Db,
  hash: string,
  accountId: string | null,
): Promise<CanonicalEmailBlockRow | null> {
  return (await insertCanonical(db, [hash, accountId]))[0] ?? null
}

const deleteCanonical = statement<{ id: string }>(
  'admin_blocks.canonical_delete',
  'delete from canonical_email_blocks where id = $1 returning id',
)

export async function deleteCanonicalEmailBlock(db: Db, id: string): Promise<boolean> {
  return (await deleteCanonical(db, [id])).length > 0
}

const deleteCanonicalOf = statement<{ id: string }>(
  'admin_blocks.canonical_delete_of',
  'delete from canonical_email_blocks where reference_account_id = $1 returning id',
)

/** Frees the addresses that were banned with an account; returns how many. */
export async function deleteCanonicalEmailBlocksOf(db: Db, accountId: string): Promise<number> {
  return (await deleteCanonicalOf(db, [accountId])).length
}

const ipWithin = statement<IpRule>(
  'admin_blocks.ip_within',
  `select ${IP} from ip_blocks where ip <<= $1::inet order by id`,
)

/** The rules for a range and for what lies in it. */
export async function ipRulesWithin(db: Db, cidr: string): Promise<IpRule[]> {
  return ipWithin(db, [cidr])
}
