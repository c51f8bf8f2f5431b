import { isIP } from 'node:net'

/** What a rule does to whoever comes from a range; the integers are Mastodon's. */
export const IP_SEVERITIES = {
  sign_up_requires_approval: 5000,
  sign_up_block: 5500,
  no_access: 9999,
} as const
export type IpSeverity = keyof typeof IP_SEVERITIES

/** The integer of a word; null for any other. */
export function storedIpSeverity(word: string | null | undefined): number | null {
  return Object.hasOwn(IP_SEVERITIES, word ?? '') ? IP_SEVERITIES[word as IpSeverity] : null
}

/** The word of an integer; an unknown one does least. */
export function ipSeverityOf(stored: number): IpSeverity {
  const names = Object.keys(IP_SEVERITIES) as IpSeverity[]
  return names.find((name) => IP_SEVERITIES[name] === stored) ?? 'sign_up_requires_approval'
}

/**
 * Reads an address or a range, `192.0.2.0/24` or `2001:db8::/32`; a bare address is a range of one. What lies behind the
 * prefix is dropped, as Mastodon does. Null when it is neither.
 */
export function parseRange(text: string | null | undefined): string | null {
  const [address = '', prefix, ...rest] = (text ?? '').trim().split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || rest.length > 0) return null
  const bits = family === 4 ? 32 : 128
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null
  const length = prefix === undefined ? bits : Number(prefix)
  if (length > bits) return null
  return `${maskedAddress(address, family, length)}/${length}`
}

function maskedAddress(address: string, family: number, length: number): string {
  const groups = family === 4 ? address.split('.').map(Number) : ipv6Groups(address)
  const width = family === 4 ? 8 : 16
  const masked = groups.map((group, index) => {
    const kept = Math.max(0, Math.min(width, length - index * width))
    return (group >> (width - kept)) << (width - kept)
  })
  return family === 4 ? masked.join('.') : shortIpv6(masked.map((group) => group.toString(16)).join(':'))
}

/** The eight groups of an IPv6 address, a dotted tail included. */
function ipv6Groups(address: string): number[] {
  const dotted = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  const [a = 0, b = 0, c = 0, d = 0] = dotted?.slice(1).map(Number) ?? []
  const plain = dotted
    ? `${address.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
    : address
  const [head = '', tail] = plain.split('::')
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  if (tail === undefined) return parse(head)
  const [before, after] = [parse(head), parse(tail)]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

function shortIpv6(address: string): string {
  return URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address
}
