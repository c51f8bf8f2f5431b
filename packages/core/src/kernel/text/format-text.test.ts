import { formatField, formatNote, formatStatusText, type LinkedAccount } from './format-text.ts'

const uris = { baseUrl: 'https://social.test', localDomain: 'social.test' }
const bob: LinkedAccount = { username: 'bob', domain: null, acct: 'bob', url: 'https://social.test/@bob' }
const otherBob: LinkedAccount = {
  username: 'bob',
  domain: 'e.test',
  acct: 'bob@e.test',
  url: 'https://e.test/@bob',
}
const format = (text: string, mentions: LinkedAccount[] = [bob]) => formatStatusText(uris, text, { mentions })
const link = (href: string, shown: string, hidden = '', prefix = 'https://') =>
  `<a href="${href}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${prefix}</span><span class="${hidden ? 'ellipsis' : ''}">${shown}</span><span class="invisible">${hidden}</span></a>`
const mention = (account: LinkedAccount, shown: string) =>
  `<span class="h-card" translate="no"><a href="${account.url}" class="u-url mention">@<span>${shown}</span></a></span>`
const tag = (name: string, path = name) =>
  `<a href="https://social.test/tags/${path}" class="mention hashtag" rel="tag">#<span>${name}</span></a>`

it.each([
  ['hello', '<p>hello</p>'],
  ['', ''],
  ['  \n ', ''],
  ['a\nb', '<p>a<br />b</p>'],
  ['a\r\nb\rc', '<p>a<br />b<br />c</p>'],
  ['a\n\nb\n\n\n\nc', '<p>a</p><p>b</p><p>c</p>'],
  [`<script>&"'`, '<p>&lt;script&gt;&amp;&quot;&#39;</p>'],
])('writes paragraphs and escapes: %j', (text, expected) => expect(format(text)).toBe(expected))

describe('links', () => {
  it.each([
    ['https://example.org', link('https://example.org', 'example.org')],
    ['https://www.example.org/a', link('https://www.example.org/a', 'example.org/a', '', 'https://www.')],
    ['http://example.org/', link('http://example.org/', 'example.org/', '', 'http://')],
    [
      'https://example.org/0123456789012345678901234567',
      link(
        'https://example.org/0123456789012345678901234567',
        'example.org/012345678901234567',
        '0123456789012345678901234567'.slice(18),
      ),
    ],
    [
      'https://example.org/012345678901234567 8',
      `${link('https://example.org/012345678901234567', 'example.org/012345678901234567')} 8`,
    ],
    ['(see https://e.test/a_(b))', `(see ${link('https://e.test/a_(b)', 'e.test/a_(b)')})`],
    [
      'https://e.test/a, https://e.test/b.',
      `${link('https://e.test/a', 'e.test/a')}, ${link('https://e.test/b', 'e.test/b')}.`,
    ],
    ['https://e.test/?a=1&b=', link('https://e.test/?a=1&amp;b=', 'e.test/?a=1&amp;b=')],
    ['"https://e.test/x"', `&quot;${link('https://e.test/x', 'e.test/x')}&quot;`],
    ['https://例え.jp/あ', link('https://例え.jp/あ', '例え.jp/あ')],
    ['https://e.test/パス。', link('https://e.test/パス。', 'e.test/パス。')],
    ['https://example.comこれ', `${link('https://example.com', 'example.com')}これ`],
    [
      'http://a.localhost:3001/@bob',
      link('http://a.localhost:3001/@bob', 'a.localhost:3001/@bob', '', 'http://'),
    ],
    ['magnet:?xt=urn:btih:x', link('magnet:?xt=urn:btih:x', 'magnet:?xt=urn:btih:x', '', '')],
    ['xmpp:romeo@e.test', link('xmpp:romeo@e.test', 'romeo@e.test', '', 'xmpp:')],
    ['gemini://e.test/x', link('gemini://e.test/x', 'gemini://e.test/x', '', '')],
  ])('%s', (text, expected) => expect(format(text)).toBe(`<p>${expected}</p>`))

  it.each([
    'example.org',
    'javascript:alert(1)',
    'data:text/html,x',
    'xhttps://e.test',
    '@https://e.test',
    'https://',
    'https://nodot',
    'https://a@e.test/',
    'https://e..test',
  ])('%s is none', (text) => expect(format(text)).not.toContain('<a'))

  it('cannot leave their attribute', () => {
    expect(format('https://e.test/"onclick="x')).toContain('href="https://e.test/"')
    expect(format(`https://e.test/'x'&<b>`)).not.toContain('<b>')
  })
})

describe('mentions', () => {
  it.each([
    ['@bob', mention(bob, 'bob')],
    ['@BOB', mention(bob, 'bob')],
    ['@bob@social.test', mention(bob, 'bob')],
    ['.@bob:', `.${mention(bob, 'bob')}:`],
    ['(@bob)', `(${mention(bob, 'bob')})`],
    ['@bob.', `${mention(bob, 'bob')}.`],
    ["@bob's", `${mention(bob, 'bob')}&#39;s`],
  ])('%s', (text, expected) => expect(format(text)).toBe(`<p>${expected}</p>`))

  it('are written in full where two share a name, and in fields', () => {
    expect(format('@bob @bob@e.test', [bob, otherBob])).toBe(
      `<p>${mention(bob, 'bob')} ${mention(otherBob, 'bob@e.test')}</p>`,
    )
    expect(format('@bob@e.test', [bob, otherBob])).toBe(`<p>${mention(otherBob, 'bob')}</p>`)
    expect(formatField(uris, '@bob@e.test', { mentions: [otherBob] })).toBe(mention(otherBob, 'bob@e.test'))
  })

  it.each(['@eve', 'x@bob', 'bob@bob', '/@bob', '=@bob', '@bob@', '@bob@eve@e.test', '@bob://x'])(
    '%s is none',
    (text) => expect(format(text)).not.toContain('h-card'),
  )
})

describe('hashtags', () => {
  it.each([
    ['#Tag', tag('Tag')],
    ['＃tag', tag('tag')],
    ['#1a', tag('1a')],
    ['#a_b', tag('a_b')],
    ['#1_2', tag('1_2')],
    ['#a·b·', `${tag('a·b', 'a%C2%B7b')}·`],
    ['#日本語', tag('日本語', '%E6%97%A5%E6%9C%AC%E8%AA%9E')],
    ['(#tag)', `(${tag('tag')})`],
    ['#tag.', `${tag('tag')}.`],
    ['#tag-x', `${tag('tag')}-x`],
    ['#ключhttps://e.test', `${tag('ключ', '%D0%BA%D0%BB%D1%8E%D1%87')}${link('https://e.test', 'e.test')}`],
  ])('%s', (text, expected) => expect(format(text)).toBe(`<p>${expected}</p>`))

  it.each(['#123', '#', '##', 'a#b', '/#b', '=#b', ')#b', '#·a', 'https://e.test/#b'])('%s is none', (text) =>
    expect(format(text)).not.toContain('rel="tag"'),
  )
})

it('biographies are written like statuses, fields in one line with rel me', () => {
  expect(formatNote(uris, 'a\n\n#b')).toBe(`<p>a</p><p>${tag('b')}</p>`)
  expect(formatField(uris, 'https://e.test')).toContain('rel="nofollow noopener me"')
  expect(formatField(uris, 'a\nb')).toBe('a\nb')
})
