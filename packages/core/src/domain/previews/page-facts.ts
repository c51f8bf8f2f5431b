import { walkHtml } from '../../kernel/text/html-tokens.ts'
import { MAX_DATA_BLOCKS, MAX_DATA_CHARACTERS, MAX_TITLE_CHARACTERS } from './limits.ts'

/** What stands in a page for others to read. */
export interface PageFacts {
  title: string
  /** `lang` of the document. */
  language: string | null
  /** The first `content` of each `<meta>`, by its `property` or `name` in lower case. */
  metas: ReadonlyMap<string, string>
  /** Address of each `<link>`, by one word of its `rel`, the first counts. */
  links: ReadonlyMap<string, string>
  /** oEmbed addresses by their type. */
  oembed: { json: string | null; xml: string | null }
  /** The texts of its JSON-LD. */
  data: readonly string[]
}

const OEMBED_TYPES: Readonly<Record<string, 'json' | 'xml'>> = {
  'application/json+oembed': 'json',
  'text/xml+oembed': 'xml',
}

/** Collects what a page says of itself. One walk without a tree: linear, whatever the page does. */
export function pageFacts(html: string): PageFacts {
  const metas = new Map<string, string>()
  const links = new Map<string, string>()
  const oembed: PageFacts['oembed'] = { json: null, xml: null }
  const data: string[] = []
  let title: string | null = null
  let language: string | null = null
  let inside: 'title' | 'data' | null = null
  let text = ''
  const end = () => {
    if (inside === 'title') title ??= text
    if (inside === 'data' && text.length < MAX_DATA_CHARACTERS) data.push(text)
    inside = null
    text = ''
  }
  walkHtml(html, {
    open(name, attributes) {
      if (inside !== null) return
      if (name === 'html') language ??= attributes.get('lang') ?? null
      else if (name === 'title' && title === null) inside = 'title'
      else if (name === 'meta') noteMeta(metas, attributes)
      else if (name === 'link') noteLink(links, oembed, attributes)
      else if (name === 'script' && isData(attributes) && data.length < MAX_DATA_BLOCKS) inside = 'data'
    },
    close(name) {
      if ((inside === 'title' && name === 'title') || (inside === 'data' && name === 'script')) end()
    },
    text(piece) {
      const most = inside === 'title' ? 4 * MAX_TITLE_CHARACTERS : MAX_DATA_CHARACTERS
      if (inside !== null && text.length < most) text += piece
    },
  })
  return { title: title ?? '', language, metas, links, oembed, data }
}

type Attributes = ReadonlyMap<string, string>

function noteMeta(metas: Map<string, string>, attributes: Attributes): void {
  const content = attributes.get('content')
  if (content === undefined) return
  for (const attribute of ['property', 'name'])
    for (const word of (attributes.get(attribute) ?? '').toLowerCase().split(/\s+/, 4))
      if (word !== '' && !metas.has(word)) metas.set(word, content)
}

function noteLink(links: Map<string, string>, oembed: PageFacts['oembed'], attributes: Attributes): void {
  const href = attributes.get('href')
  if (href === undefined) return
  const kind = OEMBED_TYPES[(attributes.get('type') ?? '').trim().toLowerCase()]
  if (kind) oembed[kind] ??= href
  for (const word of (attributes.get('rel') ?? '').toLowerCase().split(/\s+/, 8))
    if (word !== '' && !links.has(word)) links.set(word, href)
}

function isData(attributes: Attributes): boolean {
  return (attributes.get('type') ?? '').trim().toLowerCase() === 'application/ld+json'
}
