import { renderMarkdown } from '../../../kernel/text/markdown.ts'
import { plainText } from '../../../kernel/text/plain-text.ts'
import { commonValues, type LetterFacts } from './facts.ts'
import { compose, type Letter } from './letter.ts'
import { fill, mailWords } from './words/index.ts'

/** New terms: what changes, and from when. */
export function termsOfServiceChanged(facts: LetterFacts): Letter | null {
  const { config, terms, language } = facts
  if (!terms) return null
  const words = mailWords(language)
  const day = terms.effective_date
  const since = day === null ? words.phrases.termsNow : fill(words.phrases.termsFrom, { day })
  const url = `${config.baseUrl}/terms-of-service${day === null ? '' : `/${day}`}`
  return compose(words.terms_of_service_changed, commonValues(facts), url, {
    paragraphs: [since, words.phrases.changes, ...textBlocks(terms.changelog)],
  })
}

/** What the server announces, as a mail. */
export function announcementPublished(facts: LetterFacts): Letter | null {
  const { announcement, config, language } = facts
  if (!announcement) return null
  return compose(mailWords(language).announcement_published, commonValues(facts), `${config.baseUrl}/home`, {
    paragraphs: announcement.text
      .split(/\n{2,}/)
      .map((part) => part.trim())
      .filter(Boolean),
  })
}

/** Markdown as paragraphs of plain text, each item of a list one. */
function textBlocks(markdown: string): string[] {
  return markdown
    .split(/\n{2,}|\n(?=[-*+] )/)
    .map((block) => `${/^[-*+] /.test(block) ? '• ' : ''}${plainText(renderMarkdown(block)).trim()}`)
    .filter(Boolean)
}
