import type { Status, Translation } from '../../entities/types/index.ts'
import { escapeHtml } from '../../kernel/text/html.ts'
import { plainText } from '../../kernel/text/plain-text.ts'
import { sanitizeStatusHtml } from '../../kernel/text/sanitize-html.ts'
import { replaceShortcodes } from '../../kernel/text/shortcodes.ts'
import type { TranslatedText } from './answer.ts'

/** One text of a status: as HTML for the service, and where its translation goes. */
export interface SourceText {
  markup: string
  put(into: Texts, translated: string): void
}

/** The parts of a translation that are text. */
export type Texts = Pick<Translation, 'content' | 'spoiler_text' | 'poll' | 'media_attachments'>

/** Everything in a status that can be translated, in a fixed order. Shortcodes of custom emojis are marked as names. */
export function sourceTexts(status: Status): SourceText[] {
  const names = status.emojis.map(({ shortcode }) => shortcode)
  const found: SourceText[] = []
  if (status.content)
    found.push({
      markup: markNames(status.content, names),
      put: (into, text) => {
        into.content = sanitizeStatusHtml(unmarkNames(sanitizeStatusHtml(text)))
      },
    })
  if (status.spoiler_text)
    found.push({
      markup: markNames(escapeHtml(status.spoiler_text), names),
      put: (into, text) => {
        into.spoiler_text = plainText(text)
      },
    })
  for (const { title } of status.poll?.options ?? [])
    found.push({
      markup: markNames(escapeHtml(title), names),
      put: (into, text) => void into.poll?.options.push({ title: plainText(text) }),
    })
  for (const { id, description } of status.media_attachments)
    if (description)
      found.push({
        markup: escapeHtml(description),
        put: (into, text) => void into.media_attachments.push({ id, description: plainText(text) }),
      })
  return found
}

/** Puts each translation in its place. Whatever the service sent, it comes out sanitised, or as plain text. */
export function assemble(
  status: Status,
  sources: readonly SourceText[],
  texts: readonly TranslatedText[],
): Texts {
  const into: Texts = {
    content: '',
    spoiler_text: '',
    poll: status.poll && { id: status.poll.id, options: [] },
    media_attachments: [],
  }
  for (const [index, source] of sources.entries()) source.put(into, texts[index]?.markup ?? '')
  return into
}

function markNames(markup: string, names: readonly string[]): string {
  if (names.length === 0) return markup
  const known = new Set(names)
  return replaceShortcodes(markup, (name) =>
    known.has(name) ? `<span translate="no">:${name}:</span>` : undefined,
  )
}

function unmarkNames(markup: string): string {
  return markup.replace(/<span translate="no">(:\w+:)<\/span>/g, '$1')
}
