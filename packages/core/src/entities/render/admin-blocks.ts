import { createHash } from 'node:crypto'
import {
  type CanonicalEmailBlockRow,
  DOMAIN_BLOCK_SEVERITIES,
  type DomainAllowRow,
  type DomainBlockRow,
  type EmailDomainBlockRow,
  type IpBlockRow,
  named,
} from '@anancus/db'
import type {
  AdminCanonicalEmailBlock,
  AdminDomainAllow,
  AdminDomainBlock,
  AdminEmailDomainBlock,
  AdminIpBlock,
} from '../types/index.ts'
import { toIso } from './dates.ts'

/** @see https://docs.joinmastodon.org/entities/Admin_DomainAllow/ */
export function adminDomainAllowJson(row: DomainAllowRow): AdminDomainAllow {
  return { id: row.id, domain: row.domain, created_at: toIso(row.created_at) }
}

/** @see https://docs.joinmastodon.org/entities/Admin_DomainBlock/ */
export function adminDomainBlockJson(row: DomainBlockRow): AdminDomainBlock {
  return {
    id: row.id,
    domain: row.domain,
    digest: createHash('sha256').update(row.domain).digest('hex'),
    created_at: toIso(row.created_at),
    severity: named(DOMAIN_BLOCK_SEVERITIES, row.severity ?? 0),
    reject_media: row.reject_media,
    reject_reports: row.reject_reports,
    private_comment: row.private_comment,
    public_comment: row.public_comment,
    obfuscate: row.obfuscate,
  }
}

/**
 * @param history attempts by day, today first
 * @see https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/
 */
export function adminEmailDomainBlockJson(
  row: EmailDomainBlockRow,
  history: readonly { day: number; accounts: number; uses: number }[],
): AdminEmailDomainBlock {
  return {
    id: row.id,
    domain: row.domain,
    created_at: toIso(row.created_at),
    history: history.map(({ day, accounts, uses }) => ({
      day: String(day),
      accounts: String(accounts),
      uses: String(uses),
    })),
    allow_with_approval: row.allow_with_approval,
  }
}

/**
 * @param row with its range written out
 * @see https://docs.joinmastodon.org/entities/Admin_IpBlock/
 */
export function adminIpBlockJson(
  row: IpBlockRow & { cidr: string },
  severity: AdminIpBlock['severity'],
): AdminIpBlock {
  return {
    id: row.id,
    ip: row.cidr,
    severity,
    comment: row.comment,
    created_at: toIso(row.created_at),
    expires_at: toIso(row.expires_at),
  }
}

/** @see https://docs.joinmastodon.org/entities/Admin_CanonicalEmailBlock/ */
export function adminCanonicalEmailBlockJson(row: CanonicalEmailBlockRow): AdminCanonicalEmailBlock {
  return { id: row.id, canonical_email_hash: row.canonical_email_hash }
}
