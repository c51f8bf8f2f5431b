import { canonicalEmail, domainsOf, isEmailAddress } from './email-address.ts'

describe('isEmailAddress', () => {
  it.each(['a@b.test', 'first.last+tag@sub.b-c.test', "o'neil@b.test", 'ünïcode@b.test', 'x@1.2.test'])(
    'takes %s',
    (text) => expect(isEmailAddress(text)).toBe(true),
  )

  it.each([
    '',
    'a',
    '@b.test',
    'a@',
    'a@b',
    'a@b..test',
    'a@-b.test',
    '.a@b.test',
    'a.@b.test',
    'a..b@b.test',
    'a@b@c.test',
    'a%b.test@c.test',
    '"a"@b.test',
    'a,b@b.test',
    'a;b@b.test',
    'a b@b.test',
    'a@b.test\r\nBcc: c@d.test',
    'a\u200b@b.test',
    'a\0@b.test',
    '<a@b.test>',
    'a@[127.0.0.1]',
    `${'a'.repeat(320)}@b.test`,
  ])('SEC-AUTH-14 refuses %j', (text) => expect(isEmailAddress(text)).toBe(false))
})

describe('canonicalEmail', () => {
  it('drops what mail servers ignore', () => {
    expect(canonicalEmail('First.Last+news@B.Test')).toBe('firstlast@b.test')
  })
})

describe('domainsOf', () => {
  it('gives the domain and its parents', () => {
    expect(domainsOf('x@a.B.test')).toEqual(['a.b.test', 'b.test'])
  })
})
