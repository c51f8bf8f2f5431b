import dns from 'node:dns'

const original = dns.lookup

/**
 * Makes `fetch` and `WebSocket` of this process find names below .localhost on this machine, as browsers do (RFC 6761)
 * and as the C library does not.
 */
export function resolveLocalhostNames(): void {
  const lookup = (host: string, options: dns.LookupAllOptions, found: (...answer: unknown[]) => void) => {
    if (!host.endsWith('.localhost')) return original(host, options, found)
    if (options.all) return found(null, [{ address: '127.0.0.1', family: 4 }])
    return found(null, '127.0.0.1', 4)
  }
  dns.lookup = lookup as typeof dns.lookup
}
