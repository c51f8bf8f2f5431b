import { join } from 'node:path'
import { sanitizeStatusHtml } from '@anancus/core/kernel/text/sanitize-html'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { hasChromium, openBrowser } from './support/browser.ts'

const ELEMENTS = 'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' ')
const NAMES = [
  ...ELEMENTS,
  ...'h1 div img table tr td form svg math mi mtext mglyph annotation annotation-xml style script title textarea'.split(
    ' ',
  ),
  ...'noscript iframe template select option plaintext xmp desc foreignObject object embed video input base'.split(
    ' ',
  ),
]
const ATTRIBUTES = [
  'href="javascript:pwned=1"',
  'href="java\tscript:pwned=1"',
  'href="&#106;avascript:pwned=1"',
  'href=\' https://e.test/"onclick=pwned=1 x="\'',
  'onclick=pwned=1',
  'onerror=pwned=1 src=x',
  'onload="pwned=1"',
  'title="</p><img src=x onerror=pwned=1>"',
  'class="invisible modal"',
  'lang="de&quot; onclick=&quot;pwned=1"',
  'style="background:url(javascript:pwned=1)"',
  'encoding="text/html"',
  'id=x name=y',
  '/',
]
const SCRAPS = [
  '<!--',
  '-->',
  '--!>',
  '<![CDATA[',
  ']]>',
  '<?x',
  '&lt;img src=x onerror=pwned=1&gt;',
  '&#60;script&#62;pwned=1&#60;/script&#62;',
  '<script>pwned=1</script>',
  '"',
  "'",
  '`',
  '<',
  '>',
  '\u0000',
  '\ud800',
  'text',
]

/** Strings that changed their meaning between one parser and the next. */
const MUTATIONS = [
  '<noscript><p title="</noscript><img src=x onerror=pwned=1>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned=1&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=pwned=1>">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned=1>',
  '<p><svg><title><style></title><img src=x onerror=pwned=1></style></svg>',
  '<a href="https://e.test/`><img src=x onerror=pwned=1>`">',
  '<math><annotation-xml encoding="text/html"><style><img src=x onerror=pwned=1></style>',
  '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=pwned=1>">',
]

const attributed = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(fc.constantFrom(...ATTRIBUTES), { maxLength: 3 }))
  .map(([name, list]) => `<${name} ${list.join(' ')}>`)
const ended = fc.constantFrom(...NAMES).map((name) => `</${name}>`)
const tree = fc
  .array(fc.oneof(attributed, ended, fc.constantFrom(...SCRAPS), fc.string({ maxLength: 8 })), {
    maxLength: 25,
  })
  .map((pieces) => pieces.join(''))

const describeWithChromium = hasChromium ? describe : describe.skip

describeWithChromium(
  'SEC-XSS-05 SEC-XSS-16 SEC-XSS-17 what a browser makes of our sanitiser’s output',
  () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let page: Page

    beforeAll(async () => {
      browser = await openBrowser()
      page = await browser.context.newPage()
      await page.setContent('<!doctype html><div id="root"></div>')
      await page.addScriptTag({ path: join(import.meta.dirname, 'support/sanitiser-check.js') })
      await page.context().route('**/*', (route) => route.abort())
    }, 60_000)
    afterAll(() => browser?.close())

    /** The first of these markups in which the browser finds what nobody may write, and what it is. */
    const offenders = (markups: readonly string[]) =>
      page.evaluate<string[]>(`findOffenders(${JSON.stringify({ markups, elements: ELEMENTS })})`)

    it('finds what it looks for', async () => {
      for (const bad of [
        '<img src=x onerror=pwned=1>',
        '<a href="javascript:x">a</a>',
        '<p onclick=x>a</p>',
        '<p style="a">b</p>',
        '<iframe src="https://e.test"></iframe>',
        '<p><b>unclosed',
      ])
        expect(await offenders([bad])).toHaveLength(1)
      expect(await offenders(['<p>a <a href="https://e.test" rel="x" target="_blank">b</a></p>'])).toEqual([])
    })

    it('is nothing but what we meant, whatever came: 10,000 random trees', async () => {
      const markups = [...fc.sample(tree, 10_000), ...MUTATIONS].map(sanitizeStatusHtml)
      expect(await offenders(markups)).toEqual([])
    })

    it('runs nothing when it stands in a page', async () => {
      const markups = [...fc.sample(tree, 500), ...MUTATIONS].map(sanitizeStatusHtml)
      const ran = await page.evaluate<boolean>(`runEverything(${JSON.stringify(markups)})`)
      expect(ran).toBe(false)
    })
  },
)
