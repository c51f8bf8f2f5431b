import { createHash } from 'node:crypto'
import { MAX_EMAIL } from './limits.ts'

const LOCAL_PART = /^[^\s@"%,;:<>()[\]\\]+$/
const HOST = /^[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))+$/i

/**
 * Whether a text is one plain address. Quoted parts, `%` routes and lists of addresses are allowed by the RFC and
 * refused here: mail servers read them in ways that reach somebody else.
 */
export function isEmailAddress(text: string): boolean {
  const [local, host, ...rest] = text.split('@')
  if (local === undefined || host === undefined || rest.length > 0 || text.length > MAX_EMAIL) return false
  return LOCAL_PART.test(local) && !/^\.|\.$|\.\./.test(local) && HOST.test(host) && isPrintable(text)
}

function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
}

/** The domain and its parents, without the bare top level: `a.b.test` gives `a.b.test` and `b.test`. */
export function domainsOf(email: string): string[] {
  const labels = (email.split('@')[1] ?? '').toLowerCase().split('.')
  return labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'))
}

/** The address without what mail servers ignore: case, dots, and all after a plus. */
export function canonicalEmail(email: string): string {
  const [local = '', host = ''] = email.toLowerCase().split('@')
  return `${(local.split('+')[0] ?? '').replaceAll('.', '')}@${host}`
}

/** How a banned address is stored. */
export function canonicalEmailHash(email: string): string {
  return createHash('sha256').update(canonicalEmail(email)).digest('hex')
}
