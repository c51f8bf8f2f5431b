/** What a program asks for; on our side no profile is needed. */
const JSON_TYPES = new Set([
  'application/activity+json',
  'application/ld+json',
  'application/json',
  'application/jrd+json',
])
const PAGE_TYPES = new Set(['text/html', 'application/xhtml+xml', '*/*', 'text/*'])
const MAX_LENGTH = 4096

/**
 * Whether a request would rather have the document than the page: the first of the best-liked types decides. Without a
 * wish, or with any type welcome, it is the page, as on every Mastodon.
 */
export function prefersDocument(accept: string | undefined): boolean {
  if (accept === undefined || accept.length > MAX_LENGTH) return false
  let best = 0
  let isDocument = false
  for (const part of accept.split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
    const isJson = JSON_TYPES.has(type)
    if (!isJson && !PAGE_TYPES.has(type)) continue
    const quality = qualityOf(parameters)
    if (quality <= best) continue
    best = quality
    isDocument = isJson
  }
  return isDocument
}

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = text === undefined ? 1 : Number(text)
  return quality >= 0 && quality <= 1 ? quality : 0
}
