import type { StatusRow } from '@anancus/db'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { statusById } from '@anancus/db/queries/statuses'
import { httpUri, idOf, isSameOrigin } from '../../activitypub/parse/values.ts'
import { fetchObject } from '../../activitypub/transport/fetch.ts'
import type { Document } from '../../activitypub/vocabulary.ts'
import { finishRefresh } from '../../kernel/async-refresh.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isOwnUri, spend } from '../accounts/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import { fetchConversation } from './fetch-conversation.ts'
import { readRemoteCollection } from './read-remote-collection.ts'
import { claim } from './refresh-thread.ts'
import { forgetGone, isThere, resolveStatusByUri } from './resolve-status.ts'
import { resolveThread } from './resolve-thread.ts'
import { boundsOf, type Crawl, countFound, mayGoOn, newCrawl, patiently } from './thread-crawl.ts'

/**
 * Fetches the answers to a remote status, the answers to those and so on, breadth first, as the servers of each list
 * them; and the parents that are missing. Before that the conversation is read, as the server that keeps it lists it. One
 * request at a time, within the bounds of `REPLIES_FETCH`. What `fetchRepliesJob` runs.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-replies
 */
export async function fetchReplies(ctx: Ctx, payload: { statusId: string; subject: string }): Promise<void> {
  try {
    const root = await statusById(ctx.db, payload.statusId)
    if (root) await crawl(ctx, root, payload.subject)
  } finally {
    await finishRefresh(ctx, payload.subject)
  }
}

async function crawl(ctx: Ctx, root: StatusRow, subject: string): Promise<void> {
  const crawled = newCrawl(root, subject)
  for (let next = crawled.waiting.shift(); next && mayGoOn(crawled); next = crawled.waiting.shift()) {
    const document = await documentOf(ctx, next, crawled)
    if (!document) continue
    if (next.id === root.id) {
      await climb(ctx, root, document)
      await fetchConversation(ctx, document, crawled)
    }
    await readAnswers(ctx, document, crawled)
  }
}

async function documentOf(ctx: Ctx, status: StatusRow, crawled: Crawl): Promise<Document | null> {
  const host = URL.parse(status.uri ?? '')?.host
  if (status.uri === null || !host || (await isDomainBlocked(ctx, host)) || !spend(crawled.budget))
    return null
  return patiently(ctx, status.uri, async () => {
    const document = await fetchObject(ctx, status.uri ?? '')
    return isThere(document) ? document : forgetGone(ctx, status)
  })
}

/** A parent that could not be had when the status came may be there now. */
async function climb(ctx: Ctx, root: StatusRow, document: Document): Promise<void> {
  const parentUri = httpUri(idOf(document.inReplyTo))
  if (root.in_reply_to_id !== null || parentUri === null) return
  await patiently(ctx, parentUri, () => resolveThread(ctx, { statusId: root.id, parentUri }))
}

async function readAnswers(ctx: Ctx, document: Document, crawled: Crawl): Promise<void> {
  const house = String(document.id)
  const items = await readRemoteCollection(ctx, document.replies, house, boundsOf(crawled))
  for (const item of items) {
    const uri = httpUri(idOf(item))
    if (uri === null || crawled.seen.has(uri) || !mayGoOn(crawled)) continue
    crawled.seen.add(uri)
    await readAnswer(ctx, uri, house, crawled)
  }
}

/** What does not hang in the thread leads no further: whoever lists it may list anything. */
async function readAnswer(ctx: Ctx, uri: string, house: string, crawled: Crawl): Promise<void> {
  if (isOwnUri(ctx, uri)) return
  const isKnown = (await statusByUriWithDeleted(ctx.db, uri)) !== null
  const status = await patiently(ctx, uri, () =>
    resolveStatusByUri(ctx, uri, { budget: crawled.budget, onUnknownParent: () => {} }),
  )
  if (!status || status.in_reply_to_id === null || status.visibility > 1) return
  if (!isKnown) await countFound(ctx, crawled)
  const parent = await statusById(ctx.db, status.in_reply_to_id)
  const isAnswered = parent?.uri === house || isSameOrigin(uri, house)
  if (isAnswered && (await claim(ctx, status))) crawled.waiting.push(status)
}
