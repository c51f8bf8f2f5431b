/** The code is shown to the user instead of sent to an address. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'

const FORBIDDEN_SCHEMES = new Set(['data:', 'vbscript:', 'javascript:', 'blob:', 'file:'])

/** What is wrong with an address at registration, in the words of a validation message; null when nothing is. */
export function problemOfRedirectUri(text: string): string | null {
  if (text === OUT_OF_BAND) return null
  const url = URL.parse(text)
  if (!url) return /^[a-z][a-z0-9+.-]*:/i.test(text) ? 'must be a valid URI.' : 'must be an absolute URI.'
  if (url.hash !== '' || text.includes('#')) return 'cannot contain a fragment.'
  if (FORBIDDEN_SCHEMES.has(url.protocol)) return 'is forbidden by the server.'
  if (/^https?:$/.test(url.protocol) && url.hostname === '') return 'must be an absolute URI.'
  return null
}

/** The registered addresses of an application. */
export function redirectUrisOf(app: { redirect_uri: string }): string[] {
  return app.redirect_uri.split(/\s+/).filter(Boolean)
}

/**
 * Whether an address is one of those registered: the same text, but for the port of a loopback address, which native
 * apps choose when they start.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export function isRegistered(app: { redirect_uri: string }, given: string): boolean {
  return redirectUrisOf(app).some((known) => known === given || isSameLoopback(known, given))
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]'])

function isSameLoopback(known: string, given: string): boolean {
  const [a, b] = [URL.parse(known), URL.parse(given)]
  if (!a || !b || a.protocol !== 'http:' || !LOOPBACK.has(a.hostname)) return false
  // Rebuilt from its parts, so that nothing but the port can differ: no user info, no fragment.
  return given === `http://${b.host}${b.pathname}${b.search}` && withoutPort(a) === withoutPort(b)
}

function withoutPort(url: URL): string {
  return `${url.protocol}//${url.hostname}${url.pathname}${url.search}`
}

/** An address with parameters added to its query, or after its hash. */
export function withParams(
  uri: string,
  params: Record<string, string | undefined>,
  mode: 'query' | 'fragment' = 'query',
): string {
  const pairs = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const joint = mode === 'fragment' ? '#' : uri.includes('?') ? '&' : '?'
  return `${uri}${joint}${new URLSearchParams(pairs)}`
}
