import { createECDH } from 'node:crypto'
import { areUsableKeys, joinHeaders } from './web-push.ts'

const point = () => createECDH('prime256v1').generateKeys()
const auth = Buffer.alloc(16, 7).toString('base64url')

describe('areUsableKeys', () => {
  it('takes a point of the curve and a secret, with padding or without', () => {
    const p256dh = point()
    expect(areUsableKeys({ p256dh: p256dh.toString('base64url'), auth })).toBe(true)
    expect(areUsableKeys({ p256dh: p256dh.toString('base64'), auth: `${auth}==` })).toBe(true)
  })

  it('refuses what nothing can be encrypted for', () => {
    const good = point()
    const off = Buffer.from(good)
    off[64] = (off[64] ?? 0) ^ 1
    const short = Buffer.alloc(15).toString('base64url')
    expect(areUsableKeys({ p256dh: off.toString('base64url'), auth })).toBe(false)
    expect(areUsableKeys({ p256dh: good.subarray(0, 64).toString('base64url'), auth })).toBe(false)
    expect(areUsableKeys({ p256dh: Buffer.alloc(65).toString('base64url'), auth })).toBe(false)
    expect(areUsableKeys({ p256dh: good.toString('base64url'), auth: short })).toBe(false)
    expect(areUsableKeys({ p256dh: '', auth: '' })).toBe(false)
  })
})

describe('joinHeaders', () => {
  it('names both keys of the older encoding in one header', () => {
    const joined = joinHeaders(
      { 'crypto-key': 'dh=a', encryption: 'salt=b' },
      { 'crypto-key': 'p256ecdsa=c', authorization: 'WebPush d' },
    )
    expect(joined).toEqual({
      'crypto-key': 'dh=a;p256ecdsa=c',
      encryption: 'salt=b',
      authorization: 'WebPush d',
    })
    expect(joinHeaders({ ttl: '1' }, { authorization: 'vapid t=x' })).not.toHaveProperty('crypto-key')
  })
})
