import { markQuoteLine } from './quote-line.ts'

const URL = 'https://far.example/notes/9a&b'
const LINK = '<a href="https://far.example/notes/9a&amp;b">https://far.example/notes/9a&amp;b</a>'

describe('the line that names a quote', () => {
  it.each([
    [
      'after two breaks',
      `<p>so true<br><br>RE: ${LINK}</p>`,
      `<p>so true<span class="quote-inline"><br><br>RE: ${LINK}</span></p>`,
    ],
    [
      'in a span with the words',
      `<p><span>so true<br><br>RE: </span>${LINK}</p>`,
      `<p><span>so true</span><span class="quote-inline"><br><br>RE: ${LINK}</span></p>`,
    ],
    [
      'in a paragraph of its own',
      `<p>so true</p><p>RE: ${LINK}</p>`,
      `<p>so true</p><p class="quote-inline">RE: ${LINK}</p>`,
    ],
  ])('is marked %s', (_where, html, marked) => {
    expect(markQuoteLine(html, URL)).toBe(marked)
  })

  it.each([
    ['names something else', `<p>so true<br><br>RE: <a href="https://far.example/notes/other">x</a></p>`],
    ['is marked already', `<p>so true<span class="quote-inline"><br><br>RE: ${LINK}</span></p>`],
    ['does not end the text', `<p>RE: ${LINK}</p><p>so true</p>`],
    ['is no link', '<p>so true<br><br>RE: your letter</p>'],
  ])('is left alone when it %s', (_what, html) => {
    expect(markQuoteLine(html, URL)).toBe(html)
  })

  it('is left alone without a quote, and costs nothing in a long text', () => {
    expect(markQuoteLine(`<p>RE: ${LINK}</p>`, null)).toBe(`<p>RE: ${LINK}</p>`)
    const long = `RE:${' '.repeat(200_000)}RE: <a href="${'<span>'.repeat(50_000)}`
    expect(markQuoteLine(long, URL)).toBe(long)
    const spans = `<p>RE: <a href="${URL}">${'<span>'.repeat(700)}`
    expect(markQuoteLine(spans, URL)).toBe(spans)
  })
})
