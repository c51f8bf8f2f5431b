import { httpUri, idOf, isDocument, isSameOrigin, listOf } from '../../activitypub/parse/values.ts'
import { fetchDocument } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { type FetchBudget, spend } from '../accounts/index.ts'

export interface CollectionBounds {
  items: number
  pages: number
  budget: FetchBudget
  /** A local account that may see it. */
  signAs?: string | undefined
  /** When to stop turning pages, as `Date.now()` counts. */
  deadlineAt?: number | undefined
}

/** What a page that is embedded has one of; it need not have an id. */
const WHOLE = ['items', 'orderedItems', 'first', 'next']

/**
 * Reads what a collection of another server holds, from its first page on, within bounds. Pages of another house than
 * `house` are not read, and none twice. A page that cannot be had ends the reading; what was read counts.
 *
 * @param source the collection or its address
 * @param house an address of the server that speaks
 */
export async function readRemoteCollection(
  ctx: Ctx,
  source: unknown,
  house: string,
  bounds: CollectionBounds,
): Promise<unknown[]> {
  const found: unknown[] = []
  const seen = new Set<string>()
  let next: unknown = source
  for (let pages = 0; next && pages <= bounds.pages && found.length < bounds.items; pages++) {
    const page = await pageAt(ctx, next, house, seen, bounds)
    if (!page) break
    found.push(...listOf(page.orderedItems ?? page.items, bounds.items - found.length))
    // The root of a collection leads to its first page; that one to the next.
    next = page.first ?? page.next
  }
  return found
}

async function pageAt(
  ctx: Ctx,
  source: unknown,
  house: string,
  seen: Set<string>,
  bounds: CollectionBounds,
): Promise<Document | null> {
  if (isDocument(source) && WHOLE.some((member) => member in source)) return source
  const url = httpUri(idOf(source))
  if (url === null || !isSameOrigin(url, house) || seen.has(url) || !spend(bounds.budget)) return null
  if (bounds.deadlineAt !== undefined && Date.now() > bounds.deadlineAt) return null
  seen.add(url)
  try {
    const fetched = await fetchDocument(ctx, url, { signAs: bounds.signAs })
    return fetched === 'gone' ? null : fetched.document
  } catch (error) {
    if (!(error instanceof RemoteServerError)) throw error
    ctx.log.info({ error, url }, 'a page of a collection could not be read')
    return null
  }
}
