import type { Document } from '../vocabulary.ts'
import { countOf, httpUri, isDocument, linksOf, listOf, textOf } from './values.ts'

const MAX_DESCRIPTION = 10_000
const MAX_SIZES = 20

export interface ImageDraft {
  url: string
  description: string
}

/** An image as `icon` and `image` hold it: a link, an Image with a `url`, or the largest or else first of several. */
export function imageOf(value: unknown): ImageDraft | null {
  const first = Array.isArray(value) ? largest(value) : value
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

function largest(sizes: readonly unknown[]): unknown {
  const images = listOf(sizes, MAX_SIZES).filter(isDocument)
  if (images.length === 0) return sizes[0]
  return images.reduce((best, image) => (widthOf(image) > widthOf(best) ? image : best))
}

function widthOf(image: Document): number {
  return countOf(image.width) ?? 0
}
