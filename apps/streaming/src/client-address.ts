import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Config } from '@anancus/core/kernel/config'
import { StartError } from '@anancus/core/kernel/errors'

/** This machine and private networks. */
const DEFAULT_PROXIES = [
  '127.0.0.0/8',
  '::1/128',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
]

/** Finds out where a request came from: the nearest address that is no proxy of ours. */
export type ClientAddress = (request: IncomingMessage) => string

/** @throws StartError TRUSTED_PROXY_IP holds something that is no address */
export function clientAddressOf({ env }: Pick<Config, 'env'>): ClientAddress {
  const proxies = listOf(env.TRUSTED_PROXY_IP.length > 0 ? env.TRUSTED_PROXY_IP : DEFAULT_PROXIES)
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return (request) => {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => part.trim())
    let address = plain(request.socket.remoteAddress ?? '')
    while (isIP(address) && isProxy(address)) {
      const next = plain(forwarded.pop() ?? '')
      if (!isIP(next)) break
      address = next
    }
    return address
  }
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const version = isIP(address)
    const most = version === 6 ? 128 : 32
    const prefix = bits === undefined ? most : Number(bits)
    if (!version || !Number.isInteger(prefix) || prefix < 0 || prefix > most)
      throw new StartError(`TRUSTED_PROXY_IP has "${entry}", which is neither an address nor a range.`)
    list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** An IPv4 address that came through an IPv6 socket is the IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
