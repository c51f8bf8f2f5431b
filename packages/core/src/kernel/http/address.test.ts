import fc from 'fast-check'
import { isReachable, parseRange } from './address.ts'

/** One address at least of every range that is not for the public internet. */
const REFUSED = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::fFFf:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b::808:808',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '3fff::1',
  '3fff:fff::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '5f00::1',
  'e000::1',
]

const REACHED = ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:8.8.8.8']

describe('SEC-SSRF-01 SEC-SSRF-03 SEC-SSRF-17 which addresses may be reached', () => {
  it.each(REFUSED)('%s is refused', (address) => {
    expect(isReachable(address)).toBe(false)
  })

  it.each(REACHED)('%s is reached', (address) => {
    expect(isReachable(address)).toBe(true)
  })

  it.each(['', 'localhost', '1.2.3', '0x7f.1.2', '8.8.8.8.8', '[::1]', 'e.test'])(
    '%j is no address',
    (text) => {
      expect(isReachable(text)).toBe(false)
    },
  )

  it('no IPv6 form of a private IPv4 address is reached', () => {
    const octet = fc.integer({ min: 0, max: 255 })
    const privateV4 = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
    )
    fc.assert(
      fc.property(privateV4, ([a, b, c, d]) => {
        const high = ((a << 8) | b).toString(16)
        const low = ((c << 8) | d).toString(16)
        const forms = [
          `::ffff:${high}:${low}`,
          `::${high}:${low}`,
          `64:ff9b::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `::ffff:${a}.${b}.${c}.${d}`,
        ]
        return forms.every((form) => !isReachable(form))
      }),
    )
  })
})

describe('exempt ranges', () => {
  it('open what they name and nothing beside it', () => {
    const ranges = [parseRange('10.1.0.0/16'), parseRange('fd00::1')].filter((range) => range !== undefined)
    expect(isReachable('10.1.2.3', ranges)).toBe(true)
    expect(isReachable('10.2.2.3', ranges)).toBe(false)
    expect(isReachable('fd00::1', ranges)).toBe(true)
    expect(isReachable('fd00::2', ranges)).toBe(false)
    expect(isReachable('::ffff:10.1.2.3', ranges)).toBe(true)
  })

  it('are refused when they are neither an address nor a range', () => {
    expect(parseRange('everything')).toBeUndefined()
    expect(parseRange('10.0.0.0/99')).toBeUndefined()
  })
})
