import { plainText } from '../../../kernel/text/plain-text.ts'
import { renderMarkdown } from '../../../kernel/text/markdown.ts'
import type { Letter } from './letter.ts'
import type { LetterFacts } from './letters.ts'

/** New terms: what changes, and from when. */
export function termsOfServiceChanged({ config, siteTitle, terms }: LetterFacts): Letter | null {
  if (!terms) return null
  const day = terms.effective_date
  return {
    subject: `New terms of service for ${siteTitle}`,
    heading: 'The terms of service change',
    paragraphs: [
      `You get this mail because you have an account at ${config.localDomain}.`,
      day === null ? 'The new terms hold from now on.' : `The new terms hold from ${day} (UTC) on.`,
      'What changes:',
      ...textBlocks(terms.changelog),
    ],
    action: {
      label: 'Read the terms',
      url: `${config.baseUrl}/terms-of-service${day === null ? '' : `/${day}`}`,
    },
    closing: ['If you go on using your account after that day you agree to them.'],
  }
}

/** What the server announces, as a mail. */
export function announcementPublished({ config, siteTitle, announcement }: LetterFacts): Letter | null {
  if (!announcement) return null
  return {
    subject: `News from ${siteTitle}`,
    heading: `News from ${siteTitle}`,
    paragraphs: announcement.text
      .split(/\n{2,}/)
      .map((part) => part.trim())
      .filter(Boolean),
    action: { label: 'Go to your home page', url: `${config.baseUrl}/home` },
    closing: [`You get this mail because you have an account at ${config.localDomain}.`],
  }
}

/** Markdown as paragraphs of plain text. */
function textBlocks(markdown: string): string[] {
  return markdown
    .split(/\n{2,}/)
    .map((block) => plainText(renderMarkdown(block)).trim())
    .filter(Boolean)
}
