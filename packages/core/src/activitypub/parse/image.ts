import { httpUri, isDocument, linksOf, textOf } from './values.ts'

const MAX_DESCRIPTION = 10_000

export interface ImageDraft {
  url: string
  description: string
}

/** An image as `icon` and `image` hold it: a link, an Image with a `url`, or the first of several. */
export function imageOf(value: unknown): ImageDraft | null {
  const first = Array.isArray(value) ? value[0] : value
  if (!isDocument(first)) {
    const url = httpUri(first)
    return url === null ? null : { url, description: '' }
  }
  const url = linksOf(first.url)[0]?.href ?? httpUri(first.href)
  if (!url) return null
  return {
    url,
    description: textOf(first.summary, MAX_DESCRIPTION) ?? textOf(first.name, MAX_DESCRIPTION) ?? '',
  }
}
