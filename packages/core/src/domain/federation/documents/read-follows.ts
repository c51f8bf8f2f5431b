import type { AccountRow } from '@anancus/db'
import { accountCounters, followPage } from '@anancus/db/queries/documents'
import { orderedCollectionJson, orderedPageJson, withContext } from '../../../activitypub/render/index.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { ForbiddenError } from '../../../kernel/errors.ts'
import { actorPart, actorUri } from '../../../kernel/uris.ts'
import { type Served, served } from './served.ts'

const PAGE = 12
/** Beyond this nobody pages honestly. */
const LAST_PAGE = 100_000

/**
 * Who follows an account, or whom it follows. Of one that hides this only the number is told, and no first page.
 *
 * @param page from 1; undefined is the collection itself
 * @throws ForbiddenError a page of what is hidden
 * @see https://www.w3.org/TR/activitypub/#followers
 */
export async function readFollows(
  ctx: Ctx,
  account: AccountRow,
  kind: 'followers' | 'following',
  page: number | undefined,
): Promise<Served> {
  const id = actorPart(ctx.config, account, kind)
  const { [kind]: totalItems } = await accountCounters(ctx.db, account.id)
  if (page === undefined) {
    const first = account.hide_collections ? undefined : `${id}?page=1`
    return served(withContext(orderedCollectionJson({ id, totalItems, first })))
  }
  if (account.hide_collections) throw new ForbiddenError()
  const number = Math.min(Math.max(page, 1), LAST_PAGE)
  const rows = await followPage(ctx.db, kind, account.id, number, PAGE)
  const document = orderedPageJson({
    id: `${id}?page=${number}`,
    partOf: id,
    totalItems,
    next: rows.length === PAGE ? `${id}?page=${number + 1}` : undefined,
    prev: number > 1 ? `${id}?page=${number - 1}` : undefined,
    items: rows.map((row) => actorUri(ctx.config, row)),
  })
  return served(withContext(document), 0)
}
