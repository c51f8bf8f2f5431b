import type { IncomingMessage } from 'node:http'
import { mayReadMetrics } from './metrics.ts'

const request = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage
const config = (token?: string) => ({ env: { METRICS_TOKEN: token } }) as Parameters<typeof mayReadMetrics>[0]

describe('SEC-HTTP-11 metrics', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('are open to this machine (%s)', (address) => {
    expect(mayReadMetrics(config(), request(address))).toBe(true)
  })

  it('are closed to others, and to what a proxy of this machine passes on', () => {
    expect(mayReadMetrics(config(), request('203.0.113.7'))).toBe(false)
    expect(mayReadMetrics(config(), request('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }))).toBe(false)
    expect(mayReadMetrics(config(), request('127.0.0.1', { forwarded: 'for=203.0.113.7' }))).toBe(false)
  })

  it('ask for the token where there is one, wherever the request comes from', () => {
    const authorized = { authorization: 'Bearer secret' }
    expect(mayReadMetrics(config('secret'), request('203.0.113.7', authorized))).toBe(true)
    expect(mayReadMetrics(config('secret'), request('127.0.0.1'))).toBe(false)
    expect(mayReadMetrics(config('secret'), request('127.0.0.1', { authorization: 'Bearer secreT' }))).toBe(
      false,
    )
  })
})
