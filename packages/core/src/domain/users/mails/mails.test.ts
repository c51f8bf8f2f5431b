import { sampleMails } from '../../../../testing/sample-mails.ts'
import { fill, MAIL_LANGUAGES, mailLanguage, mailWords } from './words/index.ts'

const mails = sampleMails()

describe('the mails', () => {
  it('are the 36 of Mastodon, each in every language', () => {
    const kinds = new Set(mails.map(({ name }) => name.replace(/ \(.*/, '')))
    expect(kinds.size).toBe(36)
    // A warning has seven faces.
    expect(mails).toHaveLength((36 + 6) * MAIL_LANGUAGES.length)
  })

  it('leave no placeholder unfilled and nothing undefined', () => {
    const unfilled = mails.filter(({ subject, html, text }) =>
      /\{\w+\}|undefined|\[object|NaN/.test(
        `${subject}${text}${html.replace(/<style>[\s\S]*<\/style>/, '')}`,
      ),
    )
    expect(unfilled.map(({ name, language }) => `${name} ${language}`)).toEqual([])
  })

  it('say the same as text: the subject is a line, the button a link', () => {
    for (const { name, html, text, subject, language } of mails) {
      const url = /class="button" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
      expect({ name, hasUrl: url !== undefined && text.includes(url) }).toEqual({ name, hasUrl: true })
      expect(subject).toMatch(/^\S.*\S$/)
      expect(html).toContain(`<html lang="${language}"`)
      expect(html).not.toContain('<table')
      expect(html).not.toMatch(/<(script|link|iframe|form)\b/)
    }
  })

  it('SEC-HTTP-09 take what people wrote for text, never for mark-up or another header', () => {
    const name = '<script>alert(1)</script>"\' {site}\r\nBcc: eve@mail.test'
    for (const { html, text } of sampleMails({ name, post: '<p>a &lt;img src=x onerror=y&gt;</p>' })) {
      expect(html).not.toContain('<script>')
      expect(html).not.toContain('<img src=x')
      expect(text).not.toContain('<p>')
    }
    expect(fill('{a} {b}', { a: '{b}', b: 'x' })).toBe('{b} x')
  })

  it('have the same words to fill in every language', () => {
    const placeholders = (value: unknown): string[] =>
      [...JSON.stringify(value).matchAll(/\{\w+\}/g)].map(([match]) => match).sort()
    const english = mailWords('en')
    for (const language of MAIL_LANGUAGES) {
      const words = mailWords(language)
      for (const key of Object.keys(english) as (keyof typeof english)[])
        expect({ language, key, fills: [...new Set(placeholders(words[key]))] }).toEqual({
          language,
          key,
          fills: [...new Set(placeholders(english[key]))],
        })
    }
  })

  it('are in the first language that we have of those asked for', () => {
    expect(mailLanguage('es-MX', 'de')).toBe('es')
    expect(mailLanguage('ja', 'de')).toBe('de')
    expect(mailLanguage(null, 'xx')).toBe('en')
  })
})
