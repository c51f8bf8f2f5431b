import { INSTANCE_ACTOR_ID, signerById } from '@anancus/db/queries/keys'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, RemoteServerError } from '../../kernel/errors.ts'
import type { IncomingResponse } from '../../kernel/http-client.ts'
import { AS, type Document, MAX_URI_LENGTH } from '../vocabulary.ts'
import { isActivityPubType } from './content-type.ts'
import { knockTwice } from './double-knock.ts'
import { parseDocument } from './json.ts'
import { type Signer, signerOf } from './keys.ts'
import { signAs } from './sign-as.ts'

const MAX_DOCUMENT_BYTES = 1024 * 1024
const ACCEPT = `application/activity+json, application/ld+json; profile="${AS}"`
const NOT_FOUND = 404
const GONE = 410
const RETRYABLE = new Set([401, 403, 408, 429])

/** A document and where it finally came from; only `fetchDocument` makes one, so its content type has been checked. */
export interface FetchedDocument {
  document: Document
  /** After redirects: the origin that counts. */
  url: URL
}

/** What a fetch found: the document, or that there is none any more. */
export type FetchOutcome = FetchedDocument | 'gone'

export interface FetchOptions {
  /** A local account that may see the object; the instance actor signs otherwise. */
  signAs?: string | undefined
  deadlineMs?: number | undefined
}

/**
 * Fetches a document of another server, signed. The answer must say that it is ActivityPub.
 *
 * @returns `gone` for 404 and 410
 * @throws RemoteServerError anything else but a document; `retryable` when asking again may help
 */
export async function fetchDocument(
  ctx: Ctx,
  uri: string,
  options: FetchOptions = {},
): Promise<FetchOutcome> {
  const response = await fetchSigned(ctx, uri, ACCEPT, options)
  if (response === 'gone') return 'gone'
  const { host } = response.url
  const type = response.headers['content-type']
  if (!isActivityPubType(type))
    throw unusable(host, `answered with ${type?.slice(0, 100) ?? 'no content type'}`)
  const document = parseDocument(response.body)
  if (!document) throw unusable(host, 'answered with something that is not a JSON object')
  return { document, url: response.url }
}

/** Makes a signed GET, twice if need be; an answer but 200, 404 and 410 is an error. The content type is the caller's to check. */
export async function fetchSigned(
  ctx: Ctx,
  uri: string,
  accept: string,
  options: FetchOptions,
): Promise<IncomingResponse | 'gone'> {
  if (uri.length > MAX_URI_LENGTH) throw unusable('', 'the address is too long')
  const signer = await signerFor(ctx, options.signAs ?? INSTANCE_ACTOR_ID)
  const headers = { accept }
  const response = await knockTwice(ctx, URL.parse(uri)?.host ?? '', (dialect) =>
    ctx.http.request({
      method: 'GET',
      url: uri,
      headers,
      maxBytes: MAX_DOCUMENT_BYTES,
      deadlineMs: options.deadlineMs,
      sign: signAs(ctx, dialect, signer, headers),
    }),
  )
  if (response.status === NOT_FOUND || response.status === GONE) return 'gone'
  if (response.status !== 200) throw refused(response.url.host, response.status)
  return response
}

/**
 * Fetches the object an id names. The document must call itself by that id; when it calls itself otherwise, it is
 * fetched once more by its own name and must then agree.
 *
 * @returns null when there is no such object, or it does not own up to its id
 * @throws RemoteServerError as `fetchDocument`
 */
export async function fetchObject(
  ctx: Ctx,
  uri: string,
  options: FetchOptions = {},
): Promise<Document | null> {
  const first = await fetchDocument(ctx, withoutFragment(uri), options)
  if (first === 'gone') return null
  if (isItself(first, uri)) return first.document
  const { id } = first.document
  if (typeof id !== 'string' || id === uri || isOwn(ctx, id)) return null
  const second = await fetchDocument(ctx, withoutFragment(id), options)
  return second !== 'gone' && second.document.id === id && isItself(second, id) ? second.document : null
}

/** A document speaks for its id only when it was served from the origin of that id, under exactly that id. */
function isItself(fetched: FetchedDocument, uri: string): boolean {
  return fetched.document.id === uri && URL.parse(uri)?.origin === fetched.url.origin
}

function isOwn(ctx: Ctx, uri: string): boolean {
  const url = URL.parse(uri)
  return url === null || ctx.config.ownHosts.has(url.host)
}

function withoutFragment(uri: string): string {
  return uri.split('#', 1)[0] as string
}

async function signerFor(ctx: Ctx, accountId: string): Promise<Signer> {
  const account = await signerById(ctx.db, accountId)
  if (!account) throw new InvariantError(`account ${accountId} is not a local account that can sign`)
  return signerOf(ctx.config, account)
}

function refused(host: string, status: number): RemoteServerError {
  const retryable = status >= 500 || RETRYABLE.has(status)
  return new RemoteServerError(host, `answered ${status}`, { status, retryable })
}

function unusable(host: string, reason: string): RemoteServerError {
  return new RemoteServerError(host, reason, { retryable: false })
}
