import type { Html } from '../../../kernel/text/html.ts'
import { fill, type MailLanguage, mailWords } from './words/index.ts'
import type { LetterWords } from './words/words.ts'

/** A letter: the same words as HTML and as plain text. */
export interface Letter {
  subject: string
  heading: string
  paragraphs: readonly string[]
  /** What a mail shows of the server, each with its own mark-up. */
  parts?: readonly LetterPart[]
  /** The one thing to do. */
  action?: { label: string; url: string }
  /** After the action. */
  closing?: readonly string[]
  /** Why one gets it. */
  reason?: string
  /** Below the letter: settings, and the end of such mails. */
  links?: readonly { label: string; url: string }[]
}

export interface LetterPart {
  text: string
  html: Html
}

export interface Sender {
  title: string
  url: string
  language: MailLanguage
}

/** What stands for the placeholders of a letter's words. */
export type LetterValues = Readonly<Record<string, string | number>>

/**
 * Makes a letter of its words.
 *
 * @param more what the words cannot say: where the button leads, paragraphs after theirs, parts
 */
export function compose(
  words: LetterWords,
  values: LetterValues,
  url: string,
  more: Partial<Omit<Letter, 'action'>> = {},
): Letter {
  return {
    subject: fill(words.subject, values),
    heading: fill(words.heading, values),
    action: { label: fill(words.action, values), url },
    ...more,
    paragraphs: [...words.text.map((text) => fill(text, values)), ...(more.paragraphs ?? [])],
    closing: [...(words.closing ?? []).map((text) => fill(text, values)), ...(more.closing ?? [])],
  }
}

/** The letter for programs, and people, that read plain text. */
export function letterText(letter: Letter, sender: Sender): string {
  const parts = [letter.heading, ...letter.paragraphs, ...(letter.parts ?? []).map((part) => part.text)]
  if (letter.action) parts.push(`${letter.action.label}: ${letter.action.url}`)
  parts.push(...(letter.closing ?? []))
  const links = (letter.links ?? []).map(({ label, url }) => `${label}: ${url}`)
  const foot = [letter.reason ?? '', ...links, sentBy(sender), sender.url].filter(Boolean)
  return `${[...parts, `-- \n${foot.join('\n')}`].join('\n\n')}\n`
}

/** "Sent by …", in the language of the letter. */
export function sentBy({ title, language }: Sender): string {
  return fill(mailWords(language).phrases.sentBy, { site: title })
}
