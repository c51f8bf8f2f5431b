import { linkEntry, metaTags, shorten } from './meta-tags.ts'

describe('shorten', () => {
  it.each([
    ['one\n two  ', 10, 'one two'],
    ['exactly ten', 11, 'exactly ten'],
    ['one two three', 8, 'one two…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, '👩‍👩‍👧‍👦…'],
    ['', 5, ''],
  ])('makes of %j in %i characters %j', (text, length, expected) => {
    expect(shorten(text, length)).toBe(expected)
  })

  it('is quick, and short, with marks piled up', () => {
    expect(shorten(`a${'\u0301'.repeat(100_000)}`, 50).length).toBeLessThan(2000)
  })
})

describe('metaTags', () => {
  it('escapes, and leaves out what is not known', () => {
    const tags = metaTags({ robots: null, description: '', 'og:title': '"<&', 'twitter:card': 'summary' })
    expect(tags.map(({ markup }) => markup.trim())).toEqual([
      '<meta property="og:title" content="&quot;&lt;&amp;">',
      '<meta name="twitter:card" content="summary">',
    ])
  })
})

it('SEC-HTTP-09 an address cannot end the header it stands in', () => {
  expect(linkEntry('https://a.test/>\r\nX: y', 'alternate', 'text/html')).toBe(
    '<https://a.test/%3EX:%20y>; rel="alternate"; type="text/html"',
  )
})
