/** Strings: numbers of a week, and its start in unix seconds. */
export interface InstanceActivity {
  week: string
  statuses: string
  logins: string
  registrations: string
}

/** @see https://docs.joinmastodon.org/entities/DomainBlock/ */
export interface DomainBlock {
  domain: string
  /** SHA-256 of the name. */
  digest: string
  severity: 'silence' | 'suspend'
  comment?: string | null
}

/** @see https://docs.joinmastodon.org/entities/ExtendedDescription/ */
export interface ExtendedDescription {
  updated_at: string | null
  content: string
}

/** @see https://docs.joinmastodon.org/entities/PrivacyPolicy/ */
export interface PrivacyPolicy {
  updated_at: string
  content: string
}

/** @see https://docs.joinmastodon.org/entities/TermsOfService/ */
export interface TermsOfService {
  effective_date: string | null
  effective: boolean
  content: string
  succeeded_by: string | null
}

export interface InstanceLanguage {
  code: string
  name: string
}

/** To which languages can be translated, by the language of the text. */
export interface TranslationLanguages {
  [source: string]: string[]
}

/** What hiding a server would cut. */
export interface DomainBlockPreview {
  following_count: number
  followers_count: number
}
