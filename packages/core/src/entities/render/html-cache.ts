import { LRUCache } from 'lru-cache'

interface Rendered {
  /** All that the HTML depends on: another source is another text, so nobody has to invalidate anything. */
  source: string
  html: string
}

const CACHED_BYTES = 48 * 1024 * 1024
const BYTES_A_CHARACTER = 2

/** Formatting and sanitising are the dear part of an answer, so their results stay with the process. */
const cache = new LRUCache<string, Rendered>({
  maxSize: CACHED_BYTES,
  sizeCalculation: ({ source, html }) => BYTES_A_CHARACTER * (source.length + html.length) + 1,
})

/**
 * The HTML made of `source`, or what was made of it before.
 *
 * @param key what it belongs to; holds one result at a time
 */
export function cachedHtml(key: string, source: string, make: () => string): string {
  const known = cache.get(key)
  if (known?.source === source) return known.html
  const html = make()
  cache.set(key, { source, html })
  return html
}
