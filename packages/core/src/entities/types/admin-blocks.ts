/** @see https://docs.joinmastodon.org/entities/Admin_DomainAllow/ */
export interface AdminDomainAllow {
  id: string
  domain: string
  created_at: string
}

/** @see https://docs.joinmastodon.org/entities/Admin_DomainBlock/ */
export interface AdminDomainBlock {
  id: string
  domain: string
  /** SHA-256 of the domain, hexadecimal. */
  digest: string
  created_at: string
  severity: 'silence' | 'suspend' | 'noop'
  reject_media: boolean
  reject_reports: boolean
  private_comment: string | null
  public_comment: string | null
  obfuscate: boolean
}

/** Why a domain block was refused: one in force says as much or more. */
export interface AdminDomainBlockConflict {
  error: string
  existing_domain_block: AdminDomainBlock
}

/** @see https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/ */
export interface AdminEmailDomainBlock {
  id: string
  domain: string
  created_at: string
  /** Attempts to sign up, the last seven days, today first. */
  history: {
    /** Midnight UTC, seconds since 1970. */
    day: string
    accounts: string
    uses: string
  }[]
  allow_with_approval: boolean
}

/** @see https://docs.joinmastodon.org/entities/Admin_IpBlock/ */
export interface AdminIpBlock {
  id: string
  /** With its prefix: `192.0.2.1/32`. */
  ip: string
  severity: 'sign_up_requires_approval' | 'sign_up_block' | 'no_access'
  comment: string
  created_at: string
  expires_at: string | null
}

/** @see https://docs.joinmastodon.org/entities/Admin_CanonicalEmailBlock/ */
export interface AdminCanonicalEmailBlock {
  id: string
  canonical_email_hash: string
}
