import type { Document } from '../vocabulary.ts'
import { documentOf, httpUri, isDocument, listOf, naturalText, stringOf, typesOf } from './values.ts'

const MAX_TAGS = 1000
const MISSKEY_QUOTE = 'https://misskey-hub.net/ns#_misskey_quote'
const AP_TYPES = /^application\/(?:activity\+json|ld\+json)/i
/** Where quotes were told before there was consent, in the order they are believed. */
const LEGACY_KEYS = ['_misskey_quote', 'quoteUrl', 'quoteUri'] as const

/** What a status says it quotes. */
export interface QuoteDraft {
  /** Null for one that is gone. */
  uri: string | null
  /** The quoted status was deleted, as the quoting server says. */
  isDeleted: boolean
  /** Told in a way that knows no consent. */
  isLegacy: boolean
  /** Where it says that the quoted author agrees; not to be believed before it was asked. */
  approvalUri: string | null
}

/**
 * Reads which status an object quotes: the first of `quote` (FEP-044f), `_misskey_quote`, `quoteUrl`, `quoteUri`, and
 * a tag that links to it (FEP-e232). What is no http(s) address is passed over: some servers use the same words for
 * texts. Null when it quotes nothing.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/044f
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/e232
 */
export function quoteIn(document: Document): QuoteDraft | null {
  const consenting = consentingQuote(document)
  if (consenting) return consenting
  const uri = LEGACY_KEYS.map((key) => httpUri(document[key])).find((found) => found !== null) ?? null
  const legacy = uri ?? linkedQuote(document)
  return legacy === null ? null : { uri: legacy, isDeleted: false, isLegacy: true, approvalUri: null }
}

function consentingQuote(document: Document): QuoteDraft | null {
  const { quote } = document
  const embedded = documentOf(quote)
  if (embedded && typesOf(embedded).includes('Tombstone'))
    return { uri: null, isDeleted: true, isLegacy: false, approvalUri: null }
  const uri = httpUri(quote)
  if (uri === null) return null
  return { uri, isDeleted: false, isLegacy: false, approvalUri: httpUri(document.quoteAuthorization) }
}

/** A link among the tags is a quote when it says so, or when the text names it. */
function linkedQuote(document: Document): string | null {
  const content = naturalText(document, 'content') ?? ''
  for (const tag of listOf(document.tag, MAX_TAGS).filter(isDocument)) {
    const href = httpUri(tag.href)
    if (href === null || !typesOf(tag).includes('Link') || !AP_TYPES.test(stringOf(tag.mediaType) ?? ''))
      continue
    const isNamed = listOf(tag.rel, 10).includes(MISSKEY_QUOTE)
    const name = stringOf(tag.name)?.trim()
    if (isNamed || (name?.startsWith('RE:') && textOf(content).includes(name))) return href
  }
  return null
}

/** The text of HTML as far as a comparison needs it: without tags, with plain ampersands. */
function textOf(html: string): string {
  return html.replace(/<[^<>]*>/g, '').replaceAll('&amp;', '&')
}
