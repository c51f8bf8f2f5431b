import { isId } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { conversationPage, ownConversation } from '@anancus/db/queries/documents'
import { collectionJson, pageJson, withContext } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { NotFoundError } from '../../../kernel/errors.ts'
import { actorUri } from '../../../kernel/uris.ts'
import { renderUris } from './render-items.ts'
import { type Served, served } from './served.ts'

const PAGE = 60

/**
 * The public statuses of a conversation that began here.
 *
 * @param key `<account id>-<status id>` of its first status
 * @param query.page the items alone, after `minId`
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/7888
 */
export async function readConversation(
  ctx: Ctx,
  key: string,
  query: { page: boolean; minId?: string | undefined },
): Promise<Served> {
  const [accountId = '', statusId = ''] = /^(-?\d+)-(\d+)$/.exec(key)?.slice(1) ?? []
  if (!isId(accountId) || !isId(statusId)) throw new NotFoundError()
  const conversation = await ownConversation(ctx.db, accountId, statusId)
  const author = conversation ? await accountById(ctx.db, accountId) : null
  if (!conversation || !author || author.suspended_at !== null) throw new NotFoundError()
  const id = `${ctx.config.baseUrl}/contexts/${accountId}-${statusId}`
  const minId = query.minId !== undefined && isId(query.minId) ? query.minId : '0'
  const rows = await conversationPage(ctx.db, conversation.id, minId, PAGE)
  // One of which nothing is public is told from one that never was by nobody.
  if (rows.length === 0 && minId === '0') throw new NotFoundError()
  const last = rows.at(-1)
  const page = pageJson({
    partOf: id,
    next: rows.length === PAGE && last ? `${id}/items?min_id=${last.id}&page=true` : undefined,
    items: await renderUris(ctx, rows),
  })
  if (query.page) return served(withContext(page))
  const root = { ...collectionJson({ id, first: page }), attributedTo: actorUri(ctx.config, author) }
  return served(withContext(root))
}
