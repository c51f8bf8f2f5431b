/** What may stay of other servers' HTML: Mastodon's list. @see https://docs.joinmastodon.org/spec/activitypub/#sanitization */

const words = (list: string) => new Set(list.split(' '))

export const KEPT_ELEMENTS = words(
  'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp',
)

export const HEADINGS = words('h1 h2 h3 h4 h5 h6')

/** Elements that go with all they contain. */
export const REMOVED_WITH_CONTENTS = words('iframe noembed noframes noscript plaintext script style svg xmp')

/** Elements that leave a space where they stood, lest two words become one. */
export const SPACED_ELEMENTS = words('address article aside dd div dl dt footer header hgroup hr nav section')

/** Kept elements that hold other blocks, or end a paragraph when they begin. */
export const BLOCKS = words('p pre blockquote ul ol li')

/** A new one ends an open one of the group, unless a block lies between. */
export const SIBLINGS: Readonly<Record<string, ReadonlySet<string>>> = {
  li: words('li'),
  rt: words('rt rp'),
  rp: words('rt rp'),
}

export const LINK_SCHEMES = words('http https dat dweb ipfs ipns ssb gopher xmpp magnet gemini')

const KEPT_CLASS = /^(?:(?:h|p|u|dt|e)-.*|mention|hashtag|ellipsis|invisible|quote-inline)$/
const INTEGER = /^-?\d{1,9}$/

type Attributes = ReadonlyMap<string, string>

/** The address of a link if its scheme is one of those we let through, without what browsers ignore in it. */
export function safeHref(attributes: Attributes): string | null {
  // Browsers drop tabs and newlines anywhere and controls in front, so "java\tscript:" must be read as they read it.
  const href = (attributes.get('href') ?? '').replace(/\p{Cc}/gu, '').trim()
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(href)?.[1]?.toLowerCase()
  return scheme !== undefined && LINK_SCHEMES.has(scheme) ? href : null
}

/** The attributes that stay on an element, in the order they are written. Links are complete with rel and target. */
export function keptAttributes(name: string, attributes: Attributes): [string, string][] {
  const kept: [string, string][] = []
  const keep = (attribute: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') kept.push([attribute, value])
  }
  if (name === 'a') keep('href', safeHref(attributes))
  if (name === 'a' || name === 'span' || name === 'p') keep('class', keptClasses(attributes.get('class')))
  if ((name === 'a' || name === 'span') && attributes.get('translate') === 'no') keep('translate', 'no')
  if (name === 'ol') {
    keep('start', integer(attributes.get('start')))
    if (attributes.has('reversed')) keep('reversed', 'reversed')
  }
  if (name === 'li') keep('value', integer(attributes.get('value')))
  keep('lang', attributes.get('lang'))
  if (name === 'a') kept.push(['rel', 'nofollow noopener'], ['target', '_blank'])
  return kept
}

function keptClasses(value: string | undefined): string | null {
  if (value === undefined) return null
  return value
    .split(/[\t\n\f\r ]+/)
    .filter((name) => KEPT_CLASS.test(name))
    .join(' ')
}

function integer(value: string | undefined): string | null {
  return value !== undefined && INTEGER.test(value) ? value : null
}
