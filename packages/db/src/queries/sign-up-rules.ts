import type { Db } from '../connection.ts'
import type { EmailDomainBlockRow, UsernameBlockRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

const names = statement<Pick<UsernameBlockRow, 'exact' | 'normalized_username' | 'allow_with_approval'>>(
  'matching_username_blocks',
  `select exact, normalized_username, allow_with_approval from username_blocks
   where (exact and normalized_username = $1) or (not exact and strpos($1, normalized_username) > 0)`,
)

/** Rules for a normalised name. */
export async function usernameBlocksFor(db: Db, normalized: string) {
  return names(db, [normalized])
}

const emailDomains = statement<Pick<EmailDomainBlockRow, 'id' | 'domain' | 'allow_with_approval'>>(
  'email_domain_blocks_among',
  'select id, domain, allow_with_approval from email_domain_blocks where domain = any($1::text[])',
)

/** Rules for e-mail domains. Ask with the domain and its parents. */
export async function emailDomainBlocksAmong(db: Db, domains: readonly string[]) {
  return emailDomains(db, [domains])
}

const canonical = statement<{ id: string }>(
  'canonical_email_block',
  'select id from canonical_email_blocks where canonical_email_hash = $1',
)

/** Whether an address was banned. @param hash SHA-256, hexadecimal, of the canonical address */
export async function isCanonicalEmailBlocked(db: Db, hash: string): Promise<boolean> {
  return (await canonical(db, [hash])).length > 0
}

const address = statement<{ severity: number }>(
  'ip_block_severity',
  `select max(severity) as severity from ip_blocks
   where ip >>= $1::inet and (expires_at is null or expires_at > $2)`,
)

/** The strictest rule for an address: 5000 approval, 5500 no sign-up, 9999 no access; null without one. */
export async function ipBlockSeverity(db: Db, ip: string, now: Date): Promise<number | null> {
  return (await address(db, [ip, now]))[0]?.severity ?? null
}
