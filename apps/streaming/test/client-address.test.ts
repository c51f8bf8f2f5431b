import type { IncomingMessage } from 'node:http'
import { clientAddressOf } from '../src/client-address.ts'

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded ? { 'x-forwarded-for': forwarded } : {},
  }) as unknown as IncomingMessage
const config = (...proxies: string[]) =>
  ({ env: { TRUSTED_PROXY_IP: proxies } }) as Parameters<typeof clientAddressOf>[0]

it.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.0.0.1', '198.51.100.9, 198.51.100.1, 192.168.1.1', '198.51.100.1'],
  ['::1', 'nonsense', '::1'],
  ['127.0.0.1', '2001:db8::1', '2001:db8::1'],
])('%s forwarding %s is %s', (remote, forwarded, expected) => {
  expect(clientAddressOf(config())(request(remote, forwarded))).toBe(expected)
})

it('trusts named proxies only', () => {
  const find = clientAddressOf(config('203.0.113.0/24'))
  expect(find(request('203.0.113.7', '198.51.100.1'))).toBe('198.51.100.1')
  expect(find(request('127.0.0.1', '198.51.100.1'))).toBe('127.0.0.1')
  expect(() => clientAddressOf(config('everybody'))).toThrow('TRUSTED_PROXY_IP has "everybody"')
})
