import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The published contexts that a signed document may name, as their authors publish them. No other is ever read, least of
 * all fetched: a document that names another cannot be checked.
 */
const FILES: Record<string, string> = {
  'https://www.w3.org/ns/activitystreams': 'activitystreams',
  'https://w3id.org/security/v1': 'security-v1',
  'https://w3id.org/identity/v1': 'identity-v1',
  'https://w3id.org/security/data-integrity/v1': 'data-integrity-v1',
  'https://w3id.org/security/data-integrity/v2': 'data-integrity-v2',
  'https://w3id.org/security/multikey/v1': 'multikey-v1',
  'https://www.w3.org/ns/did/v1': 'did-v1',
  'https://purl.archive.org/socialweb/webfinger': 'webfinger',
  'https://purl.archive.org/miscellany': 'miscellany',
  'https://www.w3.org/ns/cid/v1': 'cid-v1',
  'https://w3id.org/fep/5711': 'fep-5711',
  'https://w3id.org/fep/ef61': 'fep-ef61',
  'https://gotosocial.org/ns': 'gotosocial',
  'http://joinmastodon.org/ns': 'mastodon',
  'https://join-lemmy.org/context.json': 'lemmy',
}

/** A context that is not among those we hold. */
export class UnknownContextError extends Error {}

const loaded = new Map<string, Promise<object>>()

/** Reads a published context, once a process. Throws `UnknownContextError` for one we do not hold. */
export function publishedContext(url: string): Promise<object> {
  const name = Object.hasOwn(FILES, url) ? FILES[url] : undefined
  if (name === undefined)
    return Promise.reject(new UnknownContextError(`unknown context ${url.slice(0, 200)}`))
  const known = loaded.get(url)
  if (known) return known
  const context = readFile(join(import.meta.dirname, 'contexts', `${name}.json`), 'utf8').then(
    (text) => JSON.parse(text) as object,
  )
  loaded.set(url, context)
  return context
}
