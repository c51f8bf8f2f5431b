import { ipSeverityOf, parseRange, storedIpSeverity } from './ip-block-values.ts'

describe('parseRange', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1/32'],
    [' 192.0.2.77/24 ', '192.0.2.0/24'],
    ['192.0.2.255/31', '192.0.2.254/31'],
    ['10.1.2.3/0', '0.0.0.0/0'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::ffff:192.0.2.7/120', '::ffff:c000:200/120'],
    ['::/0', '::/0'],
  ])('reads %s', (text, range) => {
    expect(parseRange(text)).toBe(range)
  })

  it.each([
    '',
    undefined,
    null,
    'example.org',
    '192.0.2.0/33',
    '::/129',
    '1.2.3',
    '1.2.3.4/x',
    '1.2.3.4/',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
  ])('refuses %p', (text) => {
    expect(parseRange(text)).toBeNull()
  })
})

describe('severities', () => {
  it('are stored as Mastodon stores them', () => {
    expect(['sign_up_requires_approval', 'sign_up_block', 'no_access'].map(storedIpSeverity)).toEqual([
      5000, 5500, 9999,
    ])
    expect(['toString', '', null, undefined].map(storedIpSeverity)).toEqual([null, null, null, null])
    expect([5000, 5500, 9999, 1].map(ipSeverityOf)).toEqual([
      'sign_up_requires_approval',
      'sign_up_block',
      'no_access',
      'sign_up_requires_approval',
    ])
  })
})
