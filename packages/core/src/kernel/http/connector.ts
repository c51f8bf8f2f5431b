import dns from 'node:dns'
import net from 'node:net'
import { buildConnector } from 'undici'
import { type AddressRange, isReachable } from './address.ts'

export const CONNECT_TIMEOUT_MS = 5_000
/** Of each family; a name with thousands of addresses is not a reason for thousands of connections. */
const ADDRESSES_TRIED = 2
const THIS_MACHINE = [{ address: '127.0.0.1', family: 4 }]

/** Thrown when a host has no address that may be connected to; no retry helps. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError'
  constructor(host: string) {
    super(`${host} has no address outside private and reserved ranges`)
  }
}

export interface ConnectorOptions {
  exemptRanges: readonly AddressRange[]
  /** `host:port` pairs that may be anywhere. */
  exemptHosts: ReadonlySet<string>
}

/**
 * A connector that opens sockets to checked addresses only. The addresses that pass the check are the ones handed to
 * the socket, so that no second look-up can answer differently. Literals never reach a look-up and are checked here.
 */
export function guardedConnector(options: ConnectorOptions): buildConnector.connector {
  const guarded = buildConnector({
    lookup: guardedLookup(options.exemptRanges),
    timeout: CONNECT_TIMEOUT_MS,
    allowH2: false,
  })
  const exempt = buildConnector({ lookup: exemptLookup, timeout: CONNECT_TIMEOUT_MS, allowH2: false })
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (options.exemptHosts.has(`${host}:${target.port || defaultPort(target.protocol)}`))
      return exempt(target, callback)
    const isBlocked = net.isIP(host) ? !isReachable(host, options.exemptRanges) : isThisMachine(host)
    if (isBlocked) return callback(new BlockedAddressError(host), null)
    return guarded(target, callback)
  }
}

/** A connector to wherever the operator's settings lead, private networks included. */
export function openConnector(): buildConnector.connector {
  return buildConnector({ lookup: exemptLookup, timeout: CONNECT_TIMEOUT_MS, allowH2: false })
}

export function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}

function guardedLookup(exemptRanges: readonly AddressRange[]): net.LookupFunction {
  return (host, options, callback) => {
    dns.lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const reachable = found.filter(({ address }) => isReachable(address, exemptRanges))
      answer(host, [...first(reachable, 6), ...first(reachable, 4)], options.all, callback)
    })
  }
}

/** Names below `.localhost` are this machine (RFC 6761), whatever the resolver thinks of them. */
function isThisMachine(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host)
}

const exemptLookup: net.LookupFunction = (host, options, callback) => {
  if (isThisMachine(host)) return answer(host, THIS_MACHINE, options.all, callback)
  return dns.lookup(host, { ...options, all: true }, (error, found) => {
    if (error) callback(error, [])
    else answer(host, found, options.all, callback)
  })
}

function first(addresses: readonly dns.LookupAddress[], family: number): dns.LookupAddress[] {
  return addresses.filter((address) => address.family === family).slice(0, ADDRESSES_TRIED)
}

function answer(
  host: string,
  addresses: readonly dns.LookupAddress[],
  all: boolean | undefined,
  callback: Parameters<net.LookupFunction>[2],
): void {
  const [one] = addresses
  if (!one) callback(new BlockedAddressError(host), [])
  else if (all) callback(null, [...addresses])
  else callback(null, one.address, one.family)
}
