import { isDocument } from '../../activitypub/parse/values.ts'

/** What a page says of itself as JSON-LD; null where it says nothing. */
export interface StructuredData {
  isArticle: boolean
  headline: string | null
  description: string | null
  language: string | null
  published: string | null
  authorName: string | null
  authorUrl: string | null
  publisherName: string | null
}

type Entry = Record<string, unknown>

const TYPES = ['NewsArticle', 'WebPage']

/**
 * Reads the first block that describes a news article or a web page; what is no JSON, or describes something else, is
 * passed over.
 *
 * @see https://schema.org/NewsArticle
 */
export function structuredData(blocks: readonly string[]): StructuredData | null {
  for (const block of blocks) {
    const entry = entriesOf(parsed(block)).find((item) => typesOf(item).some((type) => TYPES.includes(type)))
    if (entry) return read(entry)
  }
  return null
}

/** Some publishers wrap their data in comments, which JSON has none of. */
const WRAPPING =
  /^\s*(?:\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|<!--|-->)\s*$/

function parsed(block: string): unknown {
  const lines = block.split('\n').filter((line) => line.length > 40 || !WRAPPING.test(line))
  try {
    return JSON.parse(lines.join('\n'))
  } catch {
    return null // what a stranger wrote badly is as good as absent
  }
}

function entriesOf(root: unknown): Entry[] {
  const top = (Array.isArray(root) ? root : [root]).filter(isDocument) as Entry[]
  return top.flatMap((entry) => [
    entry,
    ...(Array.isArray(entry['@graph']) ? entry['@graph'].filter(isDocument) : []),
  ])
}

function typesOf(entry: Entry): string[] {
  const type = entry['@type']
  return (Array.isArray(type) ? type : [type]).filter((item) => typeof item === 'string')
}

function read(entry: Entry): StructuredData {
  const author = firstOf(entry.author)
  const publisher = firstOf(entry.publisher)
  return {
    isArticle: typesOf(entry).includes('NewsArticle'),
    headline: textOf(entry.headline),
    description: textOf(entry.description),
    language: languageOf(firstOf(entry.inLanguage)),
    published: textOf(entry.datePublished),
    authorName: nameOf(author),
    authorUrl: isDocument(author) ? textOf(author.url) : null,
    publisherName: nameOf(publisher),
  }
}

function languageOf(value: unknown): string | null {
  if (!isDocument(value)) return textOf(value)
  return textOf(value.alternateName) ?? textOf(value.name)
}

function nameOf(value: unknown): string | null {
  return isDocument(value) ? textOf(firstOf(value.name)) : null
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
