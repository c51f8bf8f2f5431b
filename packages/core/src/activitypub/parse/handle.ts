const USERNAME = /^[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*$/i
const MAX_HANDLE_LENGTH = 2048 + 256
const ASCII_HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/
const PUNYCODE = 'xn--'

/** A handle, its domain normalised; null is a domain not given. */
export interface ParsedHandle {
  username: string
  domain: string | null
}

/** Reads `user`, `@user@domain` or `acct:user@domain`; null when it is none. */
export function parseHandle(text: string): ParsedHandle | null {
  if (text.length > MAX_HANDLE_LENGTH) return null
  const [username = '', rawDomain, ...rest] = text
    .trim()
    .replace(/^(acct:|@)/i, '')
    .split('@')
  if (rest.length > 0 || !USERNAME.test(username)) return null
  if (rawDomain === undefined) return { username, domain: null }
  const domain = handleDomain(rawDomain)
  return domain === null ? null : { username, domain }
}

/**
 * The one spelling of a domain in a handle: lower case and punycode, with its port where it has one. One slash at the
 * end is forgiven; everything that would have to be bent to be a host name is refused, so that no other spelling
 * comes to mean the same server.
 */
export function handleDomain(text: string): string | null {
  const [host = '', port, ...rest] = text.trim().toLowerCase().replace(/\/$/, '').split(':')
  if (rest.length > 0 || (port !== undefined && !/^[1-9]\d{0,4}$/.test(port))) return null
  const labels = host.split('.')
  const ascii = labels.map(asciiLabel)
  const name = ascii.includes(null) ? '' : ascii.join('.')
  if (name.length > 253 || !ASCII_HOST.test(name)) return null
  return port === undefined ? name : `${name}:${port}`
}

/** A label in letters beyond ASCII must need punycode: one that merely looks wider would otherwise be its twin. */
function asciiLabel(label: string): string | null {
  if (/^[\x21-\x7e]+$/.test(label)) return label
  const ascii = URL.parse(`http://${label}.test`)?.hostname.replace(/\.test$/, '')
  return ascii?.startsWith(PUNYCODE) && !ascii.includes('.') ? ascii : null
}

/** The domain a handle has when only the host of an address is known. */
export function domainOfUri(uri: string): string | null {
  const url = URL.parse(uri)
  return url ? handleDomain(url.host) : null
}
