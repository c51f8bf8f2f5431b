const GRANULAR = [
  'accounts',
  'blocks',
  'bookmarks',
  'collections',
  'favourites',
  'filters',
  'follows',
  'lists',
  'mutes',
  'notifications',
  'search',
  'statuses',
] as const
const WRITE_ONLY = ['conversations', 'media', 'reports'] as const
const READ = GRANULAR
const WRITE = GRANULAR.filter((name) => name !== 'notifications' && name !== 'search')
const ADMIN = [
  'accounts',
  'reports',
  'domain_allows',
  'domain_blocks',
  'ip_blocks',
  'email_domain_blocks',
  'canonical_email_blocks',
] as const

/**
 * Every scope there is, in the order of the metadata document.
 *
 * @see https://docs.joinmastodon.org/api/oauth-scopes/
 */
export const SCOPES: readonly string[] = [
  'profile',
  'read',
  ...READ.map((name) => `read:${name}`),
  'write',
  ...[...WRITE, ...WRITE_ONLY, 'notifications'].sort().map((name) => `write:${name}`),
  'follow',
  'push',
  'admin:read',
  ...ADMIN.map((name) => `admin:read:${name}`),
  'admin:write',
  ...ADMIN.map((name) => `admin:write:${name}`),
]

export const DEFAULT_SCOPE = 'read'

const KNOWN = new Set(SCOPES)
/** What the deprecated scope `follow` stands for. */
const FOLLOW_COVERS = new Set(
  ['blocks', 'follows', 'mutes'].flatMap((name) => [`read:${name}`, `write:${name}`]),
)

export function isScope(text: string): boolean {
  return KNOWN.has(text)
}

/** The scopes of a space-separated list, each once, in the order given. */
export function splitScopes(text: string | null | undefined): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter(Boolean))]
}

/**
 * Whether the scopes of a token allow what an endpoint asks for. One alternative is enough; `read` covers
 * `read:statuses` and `follow` covers its six; children never add up to their parent. No alternatives: any token does.
 */
export function allowsAny(held: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((scope) => held.some((own) => covers(own, scope)))
}

function covers(own: string, wanted: string): boolean {
  if (own === wanted) return true
  return own === 'follow' ? FOLLOW_COVERS.has(wanted) : wanted.startsWith(`${own}:`) && own !== 'admin'
}
