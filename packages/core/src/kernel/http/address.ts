import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** A range an operator exempts from the guard: `10.0.0.0/8`, or one address. */
export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

const FULL_BITS = { ipv4: 32, ipv6: 128 } as const
/** 2000::/3, all that is assigned for global unicast in IPv6. */
const GLOBAL_UNICAST_TOP = 0x2000
const TOP_THREE_BITS = 0xe000
/** 3fff::/20, documentation (RFC 9637). */
const DOCUMENTATION = 0x3fff

/** Reads an address or CIDR range of a setting; undefined when it is neither. */
export function parseRange(text: string): AddressRange | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text)
  if (!ipaddr.isValid(text)) return undefined
  const address = ipaddr.parse(text)
  return [address, FULL_BITS[address.kind()]]
}

/**
 * Whether a server may be reached at `address`: global unicast by positive list, judged on the parsed bytes. Every
 * form that carries an IPv4 address inside an IPv6 one (mapped, compatible, 6to4, NAT64, Teredo) is refused, apart
 * from the mapped one, which is judged as the IPv4 address it is.
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isReachable(address: string, exempt: readonly AddressRange[] = []): boolean {
  if (isIP(address) === 0) return false // ipaddr.js alone also takes 1.2.3 and 0x7f.1
  const parsed = ipaddr.process(address)
  if (exempt.some((range) => isInside(parsed, range))) return true
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return true
  const [first = 0] = (parsed as ipaddr.IPv6).parts
  return (first & TOP_THREE_BITS) === GLOBAL_UNICAST_TOP && first !== DOCUMENTATION
}

function isInside(address: ipaddr.IPv4 | ipaddr.IPv6, range: AddressRange): boolean {
  if (address.kind() !== range[0].kind()) return false
  return address.match(range as [ipaddr.IPv4 & ipaddr.IPv6, number])
}
