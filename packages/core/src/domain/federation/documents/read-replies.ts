import { replyPage } from '@anancus/db/queries/documents'
import { collectionJson, pageJson } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { statusUri } from '../../../kernel/uris.ts'
import { renderItems } from './render-items.ts'
import { about, type FoundStatus } from './read-status.ts'
import type { Served } from './served.ts'

const PAGE = 60

export interface RepliesQuery {
  page: boolean
  onlyOtherAccounts: boolean
  minId?: string | undefined
}

/**
 * The public replies to a status: first its author's own, then everybody else's. Replies of ours are embedded, others
 * are named.
 */
export async function readReplies(ctx: Ctx, found: FoundStatus, query: RepliesQuery): Promise<Served> {
  const id = `${statusUri(ctx.config, found.status, found.account)}/replies`
  const page = await repliesPage(ctx, found, id, query)
  return about(found, query.page ? page : collectionJson({ id, first: page }), 0)
}

async function repliesPage(ctx: Ctx, found: FoundStatus, id: string, query: RepliesQuery) {
  const own = !query.onlyOtherAccounts
  const rows = await replyPage(ctx.db, found.status.id, {
    minId: query.minId ?? '0',
    authorId: found.account.id,
    own,
    limit: PAGE,
  })
  const last = rows.at(-1)
  const isFull = rows.length === PAGE && last !== undefined
  const here = pageUrl(id, own, query.minId)
  const next = isFull ? pageUrl(id, own, last.id) : own ? pageUrl(id, false) : undefined
  return pageJson({ id: here, partOf: id, next, items: await renderItems(ctx, rows) })
}

function pageUrl(id: string, own: boolean, minId?: string): string {
  const query = new URLSearchParams()
  if (minId !== undefined) query.set('min_id', minId)
  if (!own) query.set('only_other_accounts', 'true')
  query.set('page', 'true')
  return `${id}?${query}`
}
