import type { Account } from '@anancus/core/entities/types'
import { type Html, html } from '@anancus/core/kernel/text/html'

/** A fact about a page for programs that show links to it. `og:` and `profile:` are properties, `twitter:` are names. */
export function metaTag(name: string, content: string | number | null | undefined): Html | null {
  if (content === null || content === undefined || content === '') return null
  if (name.startsWith('og:') || name.startsWith('profile:'))
    return html`<meta property="${name}" content="${content}">
`
  return html`<meta name="${name}" content="${content}">
`
}

export function metaTags(tags: Record<string, string | number | null | undefined>): Html[] {
  return Object.entries(tags).flatMap(([name, content]) => metaTag(name, content) ?? [])
}

/** Where the same thing is found in another form. */
export function alternate(type: string, href: string): Html {
  return html`<link rel="alternate" type="${type}" href="${href}">
`
}

const AVATAR_PIXELS = 400
export const ACTIVITY_TYPE = 'application/activity+json'

/** One entry of a `Link` header. The addresses are ours or were parsed: no character of them can end the header. */
export function linkEntry(href: string, rel: string, type: string): string {
  return `<${new URL(href).href}>; rel="${rel}"; type="${type}"`
}

/** A small picture: that of the author, where there is none to show large. */
export function avatarTags(account: Account): Html[] {
  return metaTags({
    'og:image': account.avatar,
    'og:image:width': AVATAR_PIXELS,
    'og:image:height': AVATAR_PIXELS,
    'og:image:alt': account.avatar_description,
  })
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** Longer than any character people write; what is piled up beyond is not read. */
const MAX_CHARACTER_UNITS = 20

/** Text in one line, and no longer than this many characters as people count them. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const kept: string[] = []
  for (const { segment } of characters.segment(line.slice(0, (length + 1) * MAX_CHARACTER_UNITS))) {
    kept.push(segment)
    if (kept.length > length)
      return `${kept
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
  }
  return kept.join('')
}
