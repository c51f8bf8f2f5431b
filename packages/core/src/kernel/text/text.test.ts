import { growthOf } from '../../../testing/growth.ts'
import { countCharacters, countGraphemes } from './count.ts'
import { extractHashtags, extractMentions } from './extract.ts'
import { formatStatusText } from './format-text.ts'
import { Html, html, raw } from './html.ts'
import { plainText } from './plain-text.ts'
import { displayTagName, normalizeTagName } from './tag-name.ts'

describe('countCharacters', () => {
  it.each([
    ['', '', 0],
    ['hello', '', 5],
    ['hello', 'careful', 12],
    ['a\nb', '', 3],
    ['👨‍👩‍👧 é', '', 3],
    ['🇩🇪🇫🇷', '', 2],
    ['https://example.org/a/very/long/path', '', 23],
    ['x https://e.test y https://e.test', '', 51],
    ['example.org', '', 11],
    ['@bob@a.very.long.domain.example hi', '', 7],
    ['@bob hi', '', 7],
    ['🙂https://e.test🙂', '', 25],
  ])('%j with warning %j is %i', (text, spoiler, expected) =>
    expect(countCharacters(text, spoiler)).toBe(expected),
  )

  it('stops early when asked to', () => {
    expect(countGraphemes('é'.repeat(1_000_000), 500)).toBe(501)
  })
})

it('extractMentions gives each handle once', () => {
  expect(
    extractMentions('@bob @Bob @bob@e.test, @bob@E.test and mail@e.test @a.b-c@x.y.z. @eve@a.localhost:3001'),
  ).toEqual([
    { username: 'bob', domain: null },
    { username: 'bob', domain: 'e.test' },
    { username: 'a.b-c', domain: 'x.y.z' },
    { username: 'eve', domain: 'a.localhost:3001' },
  ])
  expect(extractMentions('@bob@e.test:80')).toEqual([{ username: 'bob', domain: 'e.test' }])
})

it('extractHashtags gives what was typed', () => {
  expect(extractHashtags('#Foo #foo https://e.test/#bar #123 #a_1')).toEqual(['Foo', 'foo', 'a_1'])
})

it.each([
  ['Foo', 'foo'],
  ['KÄSE', 'kase'],
  ['ＦＯＯ', 'foo'],
  ['ﾌﾞｯｸ', 'ブック'],
  ['Łódź', 'lodz'],
  ['ñandú', 'nandu'],
  ['İstanbul', 'istanbul'],
  ['straße', 'straße'],
  ['日本語', '日本語'],
  ['a·b_c', 'a·b_c'],
  ['a-b!', 'ab'],
])('normalizeTagName: %s is %s', (name, expected) => {
  expect(normalizeTagName(name)).toBe(expected)
  expect(normalizeTagName(expected)).toBe(expected)
})

it('displayTagName keeps the spelling', () => expect(displayTagName('KÄ-se!')).toBe('KÄse'))

it.each([
  ['<p>a<br>b</p><p>c &amp; d</p>', 'a\nb\nc & d'],
  ['<p>x<script>alert(1)</script></p>', 'x'],
  ['<a href="https://e.test">e<span class="invisible">.test</span></a>', 'e.test'],
  ['plain', 'plain'],
])('plainText: %s', (given, expected) => expect(plainText(given)).toBe(expected))

describe('html', () => {
  it('escapes values, keeps Html, joins lists, drops nothing', () => {
    const name = `<b>"x"&'`
    const made = html`<p title="${name}">${name}${raw('<i>ok</i>')}${[1, html`<br>`, null]}${undefined}${false}</p>`
    expect(made).toBeInstanceOf(Html)
    expect(String(made)).toBe(
      '<p title="&lt;b&gt;&quot;x&quot;&amp;&#39;">&lt;b&gt;&quot;x&quot;&amp;&#39;<i>ok</i>1<br></p>',
    )
  })
})

describe('SEC-DOS-02 every scan is linear', () => {
  const uris = { baseUrl: 'https://social.test', localDomain: 'social.test' }
  const work = (text: string) => {
    extractMentions(text)
    extractHashtags(text)
    countCharacters(text, '', 500)
    formatStatusText(uris, text, { mentions: [] })
  }
  it.each([
    ['@a.a.a', (n: number) => `@${'a.'.repeat(n)}`],
    ['@a@-.-.-', (n: number) => `@a@${'-.'.repeat(n)}`],
    ['@a@a', (n: number) => '@a'.repeat(n)],
    ['@@@', (n: number) => '@'.repeat(n)],
    ['###', (n: number) => '#'.repeat(n)],
    ['#a#a', (n: number) => '#a'.repeat(n)],
    ['#1111', (n: number) => `#${'1'.repeat(n)}`],
    ['#a···', (n: number) => `#a${'·'.repeat(n)}`],
    ['http://http://', (n: number) => 'http://'.repeat(n / 4)],
    ['http://a.a.a', (n: number) => `http://${'a.'.repeat(n)}`],
    ['http://a.b/((((', (n: number) => `http://a.b/${'('.repeat(n)}`],
    ['http://a.b/))))', (n: number) => `http://a.b/${')'.repeat(n)}`],
    ['http://a.b/....', (n: number) => `http://a.b/${'.'.repeat(n)}`],
    ['many links', (n: number) => 'http://a.b/ '.repeat(n / 8)],
    [':::', (n: number) => ':'.repeat(n)],
    ['newlines', (n: number) => '\n'.repeat(n)],
    ['magnets', (n: number) => 'magnet:?xt='.repeat(n / 8)],
  ])('%s', (_name, make) => {
    const started = performance.now()
    work(make(40_000))
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(growthOf((size) => work(make(size)), 20_000)).toBeLessThan(3)
  })
})
