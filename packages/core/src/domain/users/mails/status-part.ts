import type { Status } from '../../../entities/types/index.ts'
import type { Html } from '../../../kernel/text/html.ts'
import { plainText } from '../../../kernel/text/plain-text.ts'
import type { LetterPart } from './letter.ts'
import { frame, line, partLink } from './letter-html.ts'
import { fill, type MailLanguage, mailWords } from './words/index.ts'

const MOST_CHARACTERS = 2000

/** A post in a letter; what stands behind a warning stays there, and pictures stay on the server. */
export function statusPart(status: Status, language: MailLanguage, by?: Html): LetterPart {
  const { phrases } = mailWords(language)
  const isWarned = status.spoiler_text !== ''
  const words = shortened(isWarned ? status.spoiler_text : plainText(status.content ?? ''))
  const media = status.media_attachments.length
  const extra = [
    ...(isWarned ? [phrases.warned] : []),
    ...(media > 0 ? [fill(phrases.attachments, { count: media })] : []),
    ...(status.poll ? [phrases.poll] : []),
  ]
  const url = status.url || status.uri || ''
  return {
    text: [words, ...extra, url].filter(Boolean).join('\n'),
    html: frame(
      ...(by ? [by] : []),
      ...words
        .split('\n')
        .filter(Boolean)
        .map((text) => line(text)),
      ...extra.map((text) => line(text, 'small')),
      partLink(phrases.readPost, url),
    ),
  }
}

function shortened(text: string): string {
  const characters = Array.from(text)
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}
