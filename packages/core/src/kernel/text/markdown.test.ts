import { renderMarkdown } from './markdown.ts'

it.each([
  ['one\ntwo\n\nthree', '<p>one<br>two</p>\n<p>three</p>'],
  ['# Title #\ntext', '<h1>Title</h1>\n<p>text</p>'],
  ['- a\n- b\n  more\n\n1. x', '<ul><li>a</li><li>b<br>more</li></ul>\n<ol><li>x</li></ol>'],
  ['> quoted\n> # deep', '<blockquote><p>quoted</p>\n<h1>deep</h1></blockquote>'],
  ['```\n<b>\n```', '<pre><code>&lt;b&gt;</code></pre>'],
  ['---', '<hr>'],
  [
    '**bold** and *soft* and `<x>`',
    '<p><strong>bold</strong> and <em>soft</em> and <code>&lt;x&gt;</code></p>',
  ],
  [
    '[a **b**](https://x.test/?a=1&b=2)',
    '<p><a href="https://x.test/?a=1&amp;b=2">a <strong>b</strong></a></p>',
  ],
  ['see https://x.test/a.', '<p>see <a href="https://x.test/a">https://x.test/a</a>.</p>'],
  ['snake_case_name', '<p>snake_case_name</p>'],
  ['', ''],
])('renders %j', (text, markup) => {
  expect(renderMarkdown(text)).toBe(markup)
})

it.each([
  '[x](javascript:alert(1))',
  '[x](data:text/html,y)',
  '<script>alert(1)</script>',
  '[x](//evil.test)',
  '![x"onerror=y](z)',
])('makes nothing that runs of %j', (text) => {
  const markup = renderMarkdown(text)
  expect(markup).not.toMatch(/<script|<img|href="(?!https?:|mailto:|\/[^/])/)
})

it('takes long lines without hanging', () => {
  const start = performance.now()
  for (const text of ['*'.repeat(20_000), '['.repeat(20_000), '`'.repeat(20_000), '_a'.repeat(10_000)])
    renderMarkdown(text)
  expect(performance.now() - start).toBeLessThan(3_000)
})
