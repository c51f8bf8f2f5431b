import { readAsker } from '@anancus/core/domain/accounts'
import {
  findLocalCollection,
  findShownActor,
  readActor,
  readCollection,
  readCollectionItem,
  readConversation,
  readEmoji,
  readFeatureAuthorization,
  readFeatured,
  readFeaturedCollections,
  readFeaturedTags,
  readFollows,
  readFollowersSynchronization,
  readInstanceActor,
  readNote,
  readOutbox,
  readQuoteAuthorization,
  readReplies,
  readStatusActivity,
  readStatusCount,
  readTag,
  type Served,
} from '@anancus/core/domain/federation'
import type { Ctx } from '@anancus/core/kernel/context'
import express, { type Request, type RequestHandler } from 'express'
import { prefersDocument } from './accept.ts'
import { echo } from './echo.ts'
import { inbox } from './inbox.ts'
import {
  addressOf,
  outboxQuery,
  ownerOf,
  pageNumber,
  pageQuery,
  param,
  repliesQuery,
  statusOf,
} from './path.ts'
import { redirectToAccount, redirectToCollection, redirectToStatus } from './redirects.ts'
import { signedRequest } from './signed-request.ts'
import { writeDocument, writeDocumentError } from './write-document.ts'

type Asker = Awaited<ReturnType<typeof readAsker>>
/** Reads what a path names, for whoever asks. */
type Read = (req: Request, asker: Asker) => Promise<Served>

/** Both schemes of actor addresses; any account answers to both. */
const ACTORS = ['/users/:name', '/ap/users/:id'] as const

/**
 * Everything other servers read and write: actors, objects, collections, inboxes. Mounted before the pages, to which it
 * leaves every request that would rather have one.
 */
export function activityPubRouter(ctx: Ctx): express.Router {
  const router = express.Router({ caseSensitive: true, strict: true })
  const document = documents(ctx)
  const page = (read: Read, fallback: RequestHandler) => negotiated(document(read, mixed(ctx)), fallback)

  router.get(
    '/actor',
    open(() => readInstanceActor(ctx)),
  )
  router.post(
    '/actor/inbox',
    inbox(ctx, () => ({ ownerId: '-99' })),
  )
  router.post(
    '/inbox',
    inbox(ctx, () => ({})),
  )
  // Beside the API by its name only: what counts is the request as it was on the wire.
  router.get('/api/v1/federation/echo', echo(ctx))
  router.post('/api/v1/federation/echo', echo(ctx))
  for (const actor of ACTORS) {
    router.post(`${actor}/inbox`, inbox(ctx, ownerOf))
    router.get(
      actor,
      page((req) => readActor(ctx, addressOf(req)), redirectToAccount(ctx)),
    )
    router.get(
      `${actor}/statuses/:statusId`,
      page(async (req, asker) => readNote(ctx, await statusOf(ctx, req, asker)), redirectToStatus(ctx)),
    )
    addCollections(router, ctx, actor, document)
    addStatusParts(router, ctx, actor, document)
  }
  addFeaturedCollections(router, ctx, document, page)
  addCollections(router, ctx, '/actor', document)
  router.get(
    '/@:name',
    page((req) => readActor(ctx, addressOf(req)), next),
  )
  router.get(
    '/@:name/:statusId',
    page(async (req, asker) => readNote(ctx, await statusOf(ctx, req, asker)), next),
  )
  router.get(
    '/tags/:tag',
    page((req) => readTag(ctx, param(req, 'tag')), next),
  )
  router.get(
    '/contexts/:key',
    document((req) => readConversation(ctx, param(req, 'key'), pageQuery(req, false))),
  )
  router.get(
    '/contexts/:key/items',
    document((req) => readConversation(ctx, param(req, 'key'), pageQuery(req, true))),
  )
  router.get(
    '/emojis/:id',
    open((req) => readEmoji(ctx, param(req, 'id'))),
  )
  return router
}

function addCollections(
  router: express.Router,
  ctx: Ctx,
  actor: string,
  document: ReturnType<typeof documents>,
): void {
  const shown = (req: Request) => findShownActor(ctx, addressOf(req))
  router.get(
    `${actor}/outbox`,
    document(async (req, asker) => readOutbox(ctx, await shown(req), asker, outboxQuery(req))),
  )
  if (actor === '/actor') return
  for (const kind of ['followers', 'following'] as const)
    router.get(
      `${actor}/${kind}`,
      document(async (req) => readFollows(ctx, await shown(req), kind, pageNumber(req))),
    )
  router.get(
    `${actor}/followers_synchronization`,
    document(
      async (req, asker) => readFollowersSynchronization(ctx, await shown(req), asker),
      ['Signature'],
      {
        mustSign: true,
      },
    ),
  )
  router.get(
    `${actor}/quote_authorizations/:quoteId`,
    document((req, asker) => readQuoteAuthorization(ctx, addressOf(req), param(req, 'quoteId'), asker)),
  )
  router.get(
    `${actor}/collections/featured`,
    document(async (req, asker) => readFeatured(ctx, await shown(req), asker)),
  )
  router.get(
    `${actor}/collections/tags`,
    document(async (req) => readFeaturedTags(ctx, await shown(req))),
  )
}

/** Collections of accounts lie below the number of their owner, whichever scheme its own address has. */
function addFeaturedCollections(
  router: express.Router,
  ctx: Ctx,
  document: (read: Read) => RequestHandler,
  page: (read: Read, fallback: RequestHandler) => RequestHandler,
): void {
  const actor = '/ap/users/:id'
  const shown = (req: Request) => findShownActor(ctx, addressOf(req))
  router.get(
    `${actor}/featured_collections`,
    document(async (req, asker) => readFeaturedCollections(ctx, await shown(req), asker, pageNumber(req))),
  )
  router.get(
    `${actor}/collections/:collectionId`,
    page(
      async (req, asker) => readCollection(ctx, await shown(req), param(req, 'collectionId'), asker),
      redirectToCollection(ctx),
    ),
  )
  router.get(
    `${actor}/collection_items/:itemId`,
    document(async (req, asker) => readCollectionItem(ctx, await shown(req), param(req, 'itemId'), asker)),
  )
  router.get(
    `${actor}/feature_authorizations/:itemId`,
    document(async (req) => readFeatureAuthorization(ctx, await shown(req), param(req, 'itemId'))),
  )
  router.get(
    '/collections/:collectionId',
    page(async (req, asker) => {
      const collection = await findLocalCollection(ctx, param(req, 'collectionId'))
      const owner = await findShownActor(ctx, { id: collection.account_id })
      return readCollection(ctx, owner, collection.id, asker)
    }, next),
  )
}

function addStatusParts(
  router: express.Router,
  ctx: Ctx,
  actor: string,
  document: (read: Read) => RequestHandler,
): void {
  const status = `${actor}/statuses/:statusId`
  router.get(
    `${status}/activity`,
    document(async (req, asker) => readStatusActivity(ctx, await statusOf(ctx, req, asker))),
  )
  router.get(
    `${status}/replies`,
    document(async (req, asker) => readReplies(ctx, await statusOf(ctx, req, asker), repliesQuery(req))),
  )
  for (const kind of ['likes', 'shares'] as const)
    router.get(
      `${status}/${kind}`,
      document(async (req, asker) => readStatusCount(ctx, await statusOf(ctx, req, asker), kind)),
    )
}

/** Serves a document to whoever may have it; in secure mode only to those who say who they are. */
function documents(ctx: Ctx) {
  return (
    read: Read,
    vary: readonly string[] = ctx.config.secureMode ? ['Signature'] : [],
    options: { mustSign?: boolean } = {},
  ): RequestHandler =>
    async (req, res) => {
      try {
        const asker = await readAsker(ctx, signedRequest(req), options)
        const answer = await read(req, asker)
        // One that says who asks may see more than others: nobody else gets its answer.
        writeDocument(req, res, asker ? { ...answer, isPublic: false } : answer, vary)
      } catch (error) {
        if (vary.length > 0) res.setHeader('Vary', vary.join(', '))
        writeDocumentError(res, error)
      }
    }
}

/** Serves what everybody may read even in secure mode. */
function open(read: (req: Request) => Promise<Served>): RequestHandler {
  return async (req, res) => {
    try {
      writeDocument(req, res, await read(req), [])
    } catch (error) {
      writeDocumentError(res, error)
    }
  }
}

/** Where an address is both a document and a page, the answer depends on what is asked for. */
function mixed(ctx: Ctx): string[] {
  const vary = ['Accept', 'Accept-Language', 'Cookie']
  return ctx.config.secureMode ? [...vary, 'Signature'] : vary
}

function negotiated(document: RequestHandler, page: RequestHandler): RequestHandler {
  return (req, res, done) => {
    const wanted = req.path.endsWith('.json') || prefersDocument(req.headers.accept) ? document : page
    return wanted(req, res, done)
  }
}

const next: RequestHandler = (_req, _res, done) => done()
