import { escapeHtml } from '../../kernel/text/html.ts'
import type { Document } from '../vocabulary.ts'
import { placeOf, timeOf } from './event.ts'
import { documentOf, httpUri, isDocument, listOf, naturalText, pageUrl, typesOf } from './values.ts'

const MAX_ATTACHED = 20

/**
 * What is shown of an object that is no note: its title, when and where it takes place if it does, its summary, and a
 * link to the rest. The title is text; the summary is HTML and sanitised where it is shown. Without a summary, what its
 * author offers as a preview stands in. A Page, which is a post of a forum, is shown with what it links to and its body.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/b2b8/fep-b2b8.md
 */
export function convertedText(document: Document, uri: string): string {
  const title = naturalText(document, 'name')?.trim()
  const isPost = typesOf(document).includes('Page')
  const linked = isPost ? linkedPage(document) : null
  return [
    title ? `<h2>${escapeHtml(title)}</h2>` : '',
    typesOf(document).includes('Event') ? occasion(document) : '',
    linked === null ? '' : linkHtml(linked),
    teaser(document) || (isPost ? (naturalText(document, 'content')?.trim() ?? '') : ''),
    linkHtml(pageUrl(document.url) ?? uri),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function linkHtml(url: string): string {
  const link = escapeHtml(url)
  return `<p><a href="${link}" rel="nofollow noopener" target="_blank">${link}</a></p>`
}

/** What a post of a forum is about: Lemmy attaches it as a Link. */
function linkedPage(document: Document): string | null {
  const links = listOf(document.attachment, MAX_ATTACHED).filter(isDocument)
  return httpUri(links.find((item) => item.type === 'Link')?.href)
}

function occasion(document: Document): string {
  const time = timeOf(document)
  const place = placeOf(document)
  const lines = [time && `📅 ${escapeHtml(time)}`, place && `📍 ${escapeHtml(place)}`].filter(Boolean)
  return lines.length === 0 ? '' : `<p>${lines.join('<br>')}</p>`
}

function teaser(document: Document): string {
  const summary = naturalText(document, 'summary')?.trim()
  if (summary) return summary
  const preview = documentOf(document.preview)
  return (preview && typesOf(preview).includes('Note') && naturalText(preview, 'content')?.trim()) || ''
}
