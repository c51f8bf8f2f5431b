import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { statusById } from '@anancus/db/queries/statuses'
import { httpUri, idOf } from '../../activitypub/parse/values.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { knownStatus } from './known-status.ts'
import { readRemoteCollection } from './read-remote-collection.ts'
import { resolveStatusByUri } from './resolve-status.ts'
import { resolveThread } from './resolve-thread.ts'
import { boundsOf, type Crawl, countFound, mayGoOn, patiently } from './thread-crawl.ts'

/** Statuses outside of the thread that a list may hold before it is read no further. */
const MOST_STRANGERS = 20

/**
 * Fetches the statuses of the conversation a status says it belongs to, as the server that keeps it lists them. What is
 * listed is a hint: each is read from its own server, and hangs in the thread only by what it says it answers.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7888/fep-7888.md
 */
export async function fetchConversation(ctx: Ctx, document: Document, crawled: Crawl): Promise<void> {
  const uri = httpUri(idOf(document.context))
  const host = uri === null ? undefined : URL.parse(uri)?.host
  if (uri === null || !host || isOwnUri(ctx, uri) || (await isDomainBlocked(ctx, host))) return
  const items = await readRemoteCollection(ctx, document.context, uri, boundsOf(crawled))
  const loose: Loose[] = []
  let strangers = 0
  for (const item of items) {
    const id = httpUri(idOf(item))
    if (id === null || !mayGoOn(crawled) || strangers > MOST_STRANGERS) continue
    if (!(await fetchListed(ctx, id, crawled, loose))) strangers += 1
  }
  // A list may name answers before what they answer.
  for (const { uri: child, parentUri } of loose) await hang(ctx, child, parentUri, crawled)
}

/** A status that came before what it answers. */
interface Loose {
  uri: string
  parentUri: string
}

/** Whether a listed status hangs in a thread, or may yet. */
async function fetchListed(ctx: Ctx, uri: string, crawled: Crawl, loose: Loose[]): Promise<boolean> {
  if (isOwnUri(ctx, uri)) return true
  if ((await statusByUriWithDeleted(ctx.db, uri)) !== null) return true
  const before = loose.length
  const status = await patiently(ctx, uri, () =>
    resolveStatusByUri(ctx, uri, {
      budget: crawled.budget,
      onUnknownParent: (parentUri) => loose.push({ uri, parentUri }),
    }),
  )
  if (!status || status.visibility > 1) return false
  if (status.in_reply_to_id !== null) await countFound(ctx, crawled)
  return status.in_reply_to_id !== null || loose.length > before
}

async function hang(ctx: Ctx, uri: string, parentUri: string, crawled: Crawl): Promise<void> {
  const child = await statusByUriWithDeleted(ctx.db, uri)
  if (!child || child.in_reply_to_id !== null || (await knownStatus(ctx, parentUri)) === null) return
  await patiently(ctx, uri, () => resolveThread(ctx, { statusId: child.id, parentUri }))
  const linked = await statusById(ctx.db, child.id)
  if (linked && linked.in_reply_to_id !== null) await countFound(ctx, crawled)
}
