import { growthOf } from '../../../testing/growth.ts'
import { describePage } from './describe-page.ts'
import { endpointOf, readXml } from './oembed.ts'
import { pageFacts } from './page-facts.ts'

const URL_OF_PAGE = 'https://news.example/2026/story?x=1'
const describeIt = (html: string, url = URL_OF_PAGE) => describePage(pageFacts(html), url)
const data = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

it('reads OpenGraph', () => {
  expect(
    describeIt(`<html lang="de-AT"><head><title>Plain</title>
      <meta property="og:title" content="Ein &amp; Zwei"><meta property="og:description" content="Worum es geht">
      <meta property="og:type" content="article"><meta property="og:image" content="/pic.png">
      <meta property="og:image:alt" content="Ein Bild"><meta property="og:site_name" content="Nachrichten">
      <meta property="og:site" content="news.example"><meta name="og:author" content="Ada">
      <meta property="article:published_time" content="2026-02-03T04:05:06+01:00">
      <meta name="fediverse:creator" content="@ada@social.example">
      <link rel="canonical" href="/2026/story"></head><body><p>…`),
  ).toMatchObject({
    url: 'https://news.example/2026/story',
    title: 'Ein & Zwei',
    description: 'Worum es geht',
    type: 0,
    link_type: 1,
    imageUrl: 'https://news.example/pic.png',
    image_description: 'Ein Bild',
    provider_name: 'Nachrichten',
    provider_url: 'http://news.example/',
    author_name: 'Ada',
    language: 'de',
    published_at: new Date('2026-02-03T03:05:06Z'),
    creator: '@ada@social.example',
    html: '',
  })
})

it('reads the title and description of plain HTML', () => {
  const page = describeIt('<title>\n Tom &amp; Jerry </title><meta name="description" content="cat, mouse">')
  expect(page).toMatchObject({
    title: 'Tom & Jerry',
    description: 'cat, mouse',
    link_type: 0,
    url: URL_OF_PAGE,
  })
  expect(describeIt('<p>nothing')).toBeNull()
})

it('prefers JSON-LD, also in a graph, behind others and wrapped', () => {
  const article = {
    '@type': ['NewsArticle'],
    headline: 'The story',
    description: 'All of it',
    inLanguage: { '@type': 'Language', alternateName: 'en-GB' },
    datePublished: '2026-01-02',
    author: [{ '@type': 'Person', name: 'Bea', url: '/people/bea' }, { name: 'Other' }],
    publisher: { name: 'The Paper' },
  }
  const wanted = {
    title: 'The story',
    description: 'All of it',
    link_type: 1,
    language: 'en',
    author_name: 'Bea',
    author_url: 'https://news.example/people/bea',
    provider_name: 'The Paper',
  }
  const og = '<meta property="og:title" content="Other">'
  expect(describeIt(og + data({ '@type': 'Recipe', headline: 'Soup' }) + data(article))).toMatchObject(wanted)
  expect(
    describeIt(`${og}<script type="application/ld+json">{broken</script>${data([article])}`),
  ).toMatchObject(wanted)
  expect(describeIt(og + data({ '@graph': [{ '@type': 'Thing' }, article] }))).toMatchObject(wanted)
  const wrapped = `<script type="application/ld+json">\n//<![CDATA[\n${JSON.stringify(article)}\n//]]>\n</script>`
  expect(describeIt(og + wrapped)).toMatchObject(wanted)
  for (const odd of [null, 5, 'x', [], [null, 3], { '@type': 'WebPage', headline: { a: 1 }, author: 7 }])
    expect(describeIt(og + data(odd))).toMatchObject({ title: 'Other' })
})

it('makes a player of a Twitter card, in a sandbox', () => {
  const page =
    describeIt(`<title>Film</title><meta name="twitter:player" content="https://video.example/1?a=1&amp;b=2">
    <meta name="twitter:player:width" content="640"><meta name="twitter:player:height" content="-5">`)
  expect(page).toMatchObject({ type: 2, width: 640, height: 0 })
  expect(page?.html).toContain('src="https://video.example/1?a=1&amp;b=2"')
  expect(page?.html).toContain('sandbox="')
})

it('speaks for its own host alone', () => {
  for (const other of [
    'https://bank.example/',
    '//bank.example/',
    'javascript:alert(1)',
    'https://news.example:444/',
  ])
    expect(describeIt(`<title>x</title><link rel="canonical" href="${other}">`)?.url).toBe(URL_OF_PAGE)
})

describe('SEC-XSS-08: addresses of unknown schemes', () => {
  it.each([
    'x");background:url(//e.test',
    'data:image/png;base64,AA',
    'blob:https://e.test/1',
    'file:///etc/passwd',
  ])('%s is no picture that could do harm', (address) => {
    const image = describeIt(`<title>x</title><meta property="og:image" content='${address}'>`)?.imageUrl
    // What is a path becomes one on the host of the page, percent-encoded.
    if (image !== null) expect(image).toMatch(/^https:\/\/news\.example\/[^"'()\s]*/)
    if (/^(data|blob|file):/.test(address)) expect(image).toBeNull()
  })

  it('is no player, author or stream either', () => {
    const page = describeIt(`<title>x</title><meta name="twitter:player" content="javascript:alert(1)">
      <meta name="twitter:player:stream" content="data:text/html,x">
      ${data({ '@type': 'WebPage', author: { name: 'a', url: 'javascript:alert(1)' } })}`)
    expect(page).toMatchObject({ type: 0, html: '', embed_url: '', author_url: '' })
  })
})

it('keeps no control characters, halves of characters, or endless texts', () => {
  const page = describeIt(
    `<title>a\u0000b&#1;c</title>${data({ '@type': 'WebPage', description: '\ud800x' })}`,
  )
  expect(page?.title).toBe('abc')
  expect(page?.description).toBe('\ufffdx')
  const long = describeIt(
    `<title>${'😀'.repeat(5_000)}</title><meta property="og:site_name" content="${'x'.repeat(9999)}">`,
  )
  expect([...(long?.title ?? '')]).toHaveLength(1_000)
  expect(long?.provider_name).toHaveLength(500)
})

it('finds the provider of a page, over https where the page came so', () => {
  const page = pageFacts(
    '<link rel="alternate" type="application/json+oembed" href="http://o.example/e?url=1">',
  )
  expect(endpointOf(page, 'https://o.example/')).toEqual({ url: 'https://o.example/e?url=1', kind: 'json' })
  expect(endpointOf(page, 'http://o.example/')?.url).toBe('http://o.example/e?url=1')
  const xml = pageFacts('<link type="text/xml+oembed" href="/x">')
  expect(endpointOf(xml, 'https://o.example/')).toEqual({ url: 'https://o.example/x', kind: 'xml' })
  expect(
    endpointOf(pageFacts('<link type="application/json+oembed" href="gopher://x/">'), URL_OF_PAGE),
  ).toBeNull()
})

it('reads oEmbed in XML', () => {
  const xml = `<?xml version="1.0"?><oembed><version>1.0</version><type>video</type><title>A &amp; B</title>
    <html>&lt;iframe src="https://v.example/"&gt;&lt;/iframe&gt;</html></oembed>`
  expect(readXml(xml)).toEqual({
    version: '1.0',
    type: 'video',
    title: 'A & B',
    html: '<iframe src="https://v.example/"></iframe>',
  })
})

describe('SEC-DOS-01: pages made to keep a parser busy', () => {
  it.each<[string, (size: number) => string]>([
    ['<a<a<a', (size) => '<a'.repeat(size)],
    ['quotes that never close', (size) => `<meta content="${'<meta content="'.repeat(size / 10)}`],
    ['metas', (size) => '<meta property="og:title" content="x">'.repeat(size / 20)],
    ['titles', (size) => '<title>'.repeat(size / 5)],
    ['links', (size) => `<link rel="${'a '.repeat(size)}" href="x">`],
    ['data', (size) => `<script type="application/ld+json">${'['.repeat(size)}`],
    [
      'comments around data',
      (size) => `<script type="application/ld+json">${'//<![CDATA[\n'.repeat(size / 10)}</script>`,
    ],
    [
      'spaces',
      (size) => `<title>${' '.repeat(size)}</title><meta name="description" content="${'\n'.repeat(size)}x">`,
    ],
  ])('%s cost no more than their length', (_, page) => {
    expect(growthOf((size) => void describeIt(page(size)), 50_000)).toBeLessThan(3.2)
  })
})
