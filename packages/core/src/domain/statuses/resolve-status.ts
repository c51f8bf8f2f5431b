import type { AccountRow, CollectionRow, StatusRow } from '@anancus/db'
import { localFollowerOf, statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { isActor } from '../../activitypub/parse/actor.ts'
import { isFeaturedCollection } from '../../activitypub/parse/featured-collection.ts'
import { type NoteDraft, parseNote } from '../../activitypub/parse/note.ts'
import { httpUri, idOf, isDocument, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import { discoverDocument } from '../../activitypub/transport/discover.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import {
  fetchBudget,
  isOwnUri,
  localAccountByUri,
  type ResolveOptions,
  resolveAccountByUri,
  spend,
} from '../accounts/index.ts'
import { knownCollection, localCollectionByUri, resolveCollection } from '../collections/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { localStatusByUri } from './local-status.ts'
import { removeStatus } from './remove-status.ts'
import { storeRemoteStatus } from './store-remote-status.ts'
import { updateRemoteStatus } from './update-remote-status.ts'

/** Fetched statuses that are older than this appear in no feed. */
const LIVE_MS = 6 * 60 * 60 * 1000

export interface ResolveStatusOptions extends ResolveOptions {
  /** A local account that may see it. */
  onBehalfOf?: string | undefined
  /** Told of a parent we do not know, instead of a job: the caller climbs the thread itself. */
  onUnknownParent?: ((uri: string) => void) | undefined
  /** How many quotes led to it. Default 0. */
  quoteDepth?: number | undefined
}

/**
 * Finds the status an ActivityPub id names: a local one, a known one, else by fetching it from its own server. With
 * `fresh` a known remote one is fetched too and brought up to date, or deleted when it is gone there.
 *
 * @returns null when there is none, or its server is blocked, or it is not by an actor of its own server
 * @throws RemoteServerError its server did not answer
 */
export async function resolveStatusByUri(
  ctx: Ctx,
  uri: string,
  options: ResolveStatusOptions = {},
): Promise<StatusRow | null> {
  if (isOwnUri(ctx, uri)) return localStatusByUri(ctx, uri)
  const known = await statusByUriWithDeleted(ctx.db, uri)
  if (known && (known.deleted_at !== null || !options.fresh)) return known.deleted_at === null ? known : null
  const host = URL.parse(uri)?.host
  if (httpUri(uri) === null || !host || (await isDomainBlocked(ctx, host))) return null
  const limited = { budget: fetchBudget(), ...options }
  if (!spend(limited.budget)) return null
  const signAs = options.onBehalfOf ?? options.signAs
  const document = await fetchObject(ctx, uri, { signAs, deadlineMs: deadlineOf(options) })
  if (!isThere(document)) return known ? forgetGone(ctx, known) : null
  return storeFetched(ctx, document, limited)
}

function deadlineOf(options: ResolveOptions): number | undefined {
  return options.deadlineAt === undefined ? undefined : Math.max(1, options.deadlineAt - Date.now())
}

/** Whether a server has an object still: neither nothing, nor a stone that says there was one. */
export function isThere(document: Document | null): document is Document {
  return document !== null && !typesOf(document).includes('Tombstone')
}

/** A public status that is gone at its server goes here too; of a private one we cannot know. */
export async function forgetGone(ctx: Ctx, status: StatusRow): Promise<null> {
  if (status.visibility <= 1) await removeStatus(ctx, status)
  return null
}

/** Stores what was fetched from its own address: a status, or the Create around one. */
async function storeFetched(
  ctx: Ctx,
  document: Document,
  options: ResolveStatusOptions,
): Promise<StatusRow | null> {
  if (typesOf(document).includes('Create')) return storeCreated(ctx, document, options)
  const draft = parseNote(document, ctx.clock.now())
  return draft ? storeFetchedNote(ctx, draft, options) : null
}

async function storeCreated(
  ctx: Ctx,
  create: Document,
  options: ResolveStatusOptions,
): Promise<StatusRow | null> {
  const { object } = create
  const id = idOf(object)
  if (id === null) return null
  const isOfSameHouse = isSameOrigin(id, String(create.id))
  if (!isDocument(object) || !isOfSameHouse) return resolveStatusByUri(ctx, id, options)
  const draft = parseNote(object, ctx.clock.now())
  return draft ? storeFetchedNote(ctx, draft, options) : null
}

async function storeFetchedNote(
  ctx: Ctx,
  draft: NoteDraft,
  options: ResolveStatusOptions,
): Promise<StatusRow | null> {
  const authorUri = draft.authors.find((uri) => isSameOrigin(uri, draft.uri))
  if (authorUri === undefined) return null
  const { fresh: _, ...rest } = options
  const author = await resolveAccountByUri(ctx, authorUri, rest)
  if (!author || author.suspended_at !== null || author.domain === null) return null
  const known = await statusByUriWithDeleted(ctx.db, draft.uri)
  if (known) {
    if (known.deleted_at !== null || known.account_id !== author.id) return null
    await updateRemoteStatus(ctx, author, known, draft, rest)
    return known
  }
  const age = ctx.clock.now().getTime() - (draft.publishedAt?.getTime() ?? 0)
  return storeRemoteStatus(ctx, author, draft, { ...rest, distribute: age <= LIVE_MS })
}

/** What a pasted address led to. */
export type Resolved =
  | { kind: 'account'; account: AccountRow }
  | { kind: 'collection'; collection: CollectionRow }
  | { kind: 'status'; status: StatusRow }

/**
 * Finds the account, status or collection of accounts behind any address that people paste: an ActivityPub id, or the page of one.
 *
 * @param options.onBehalfOf the local account that asks: what it may see is found
 * @throws RemoteServerError the server did not answer
 */
export async function resolveUrl(
  ctx: Ctx,
  url: string,
  options: ResolveStatusOptions = {},
): Promise<Resolved | null> {
  if (httpUri(url) === null) return null
  if (isOwnUri(ctx, url)) return resolveOwn(ctx, url)
  const host = URL.parse(url)?.host
  if (!host || (await isDomainBlocked(ctx, host))) return null
  const known = await statusByUriWithDeleted(ctx.db, url)
  if (known && known.deleted_at === null) {
    const status = await refreshed(ctx, known, options)
    return status && { kind: 'status', status }
  }
  const collection = await knownCollection(ctx, url)
  if (collection) return { kind: 'collection', collection }
  const found = await discoverDocument(ctx, url, {
    signAs: options.onBehalfOf,
    deadlineMs: deadlineOf(options),
  })
  const id = found === null || found === 'gone' ? null : httpUri(found.document.id)
  if (found === null || found === 'gone' || id === null) return null
  if (isActor(found.document)) {
    const account = await resolveAccountByUri(ctx, id, { ...options, isSought: true, isLookedFor: true })
    return account ? { kind: 'account', account } : null
  }
  if (isFeaturedCollection(found.document))
    return resolvedCollection(await resolveCollection(ctx, id, options))
  // Fetched once more by its id: what a page links to speaks for nobody else.
  const status = await resolveStatusByUri(ctx, id, options)
  return status ? { kind: 'status', status } : null
}

/** What its server says now of a status that everybody may see; what we knew, while it does not answer. */
async function refreshed(
  ctx: Ctx,
  known: StatusRow,
  options: ResolveStatusOptions,
): Promise<StatusRow | null> {
  if (known.visibility > 1 || known.uri === null) return known
  try {
    await resolveStatusByUri(ctx, known.uri, { ...options, fresh: true })
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error }, 'a status could not be refreshed: the known one is used')
  }
  const now = await statusByUriWithDeleted(ctx.db, known.uri)
  return now?.deleted_at === null ? now : null
}

async function resolveOwn(ctx: Ctx, url: string): Promise<Resolved | null> {
  const status = await localStatusByUri(ctx, url)
  if (status) return { kind: 'status', status }
  const account = await localAccountByUri(ctx, url)
  return account ? { kind: 'account', account } : resolvedCollection(await localCollectionByUri(ctx, url))
}

function resolvedCollection(collection: CollectionRow | null): Resolved | null {
  return collection ? { kind: 'collection', collection } : null
}

/** A local account that may fetch what somebody shows to followers only; undefined when there is none. */
export async function witnessFor(ctx: Ctx, author: Pick<AccountRow, 'id'>): Promise<string | undefined> {
  return (await localFollowerOf(ctx.db, author.id)) ?? undefined
}
