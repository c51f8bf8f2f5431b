import { search } from '@anancus/core/domain/search'
import { renderAccounts, renderCollections, renderStatuses, tagJson } from '@anancus/core/entities'
import type { Search } from '@anancus/core/entities/types'
import { BadRequestError, UnauthenticatedError } from '@anancus/core/kernel/errors'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { z } from 'zod'
import { flagParam, integerParam, optionalIdParam, required, stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { optional, route } from '../../http/route.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 40

const params = z.object({
  q: required(stringParam),
  type: stringParam,
  resolve: flagParam(false),
  following: flagParam(false),
  exclude_unreviewed: flagParam(false),
  account_id: optionalIdParam,
  min_id: optionalIdParam,
  max_id: optionalIdParam,
  limit: integerParam,
  offset: integerParam,
})

/** @see https://docs.joinmastodon.org/methods/search/#v2 */
export const searchAll = route({
  method: 'get',
  path: '/api/v2/search',
  auth: optional('read:search'),
  params,
  summary: 'Accounts, statuses and hashtags; or what an address leads to.',
  answers: 'Search',
  async handle({ ctx, viewer, params }) {
    refuseWhatIsWrong(viewer, params)
    const found = await search(ctx, viewer, {
      q: params.q ?? '',
      type: params.type,
      resolve: params.resolve,
      following: params.following,
      excludeUnreviewed: params.exclude_unreviewed,
      accountId: params.account_id,
      minId: params.min_id,
      maxId: params.max_id,
      limit: Math.min(params.limit ?? DEFAULT_LIMIT, MAX_LIMIT),
      offset: params.offset,
    })
    const body: Search = {
      accounts: await renderAccounts(ctx, viewer, found.accountIds),
      statuses: await renderStatuses(ctx, viewer, found.statusIds),
      hashtags: found.tags.map(({ tag, history, viewerPart }) =>
        tagJson(ctx.config, tag, history, viewerPart),
      ),
      collections: await renderCollections(ctx, viewer, found.collectionIds),
    }
    return ok(body)
  },
})

function refuseWhatIsWrong(viewer: Viewer | null, asked: z.output<typeof params>): void {
  if (!asked.q?.trim()) throw BadRequestError.missing('q')
  if ((asked.limit ?? 0) < 0 || (asked.offset ?? 0) < 0) {
    throw new BadRequestError('Pagination values for `offset` and `limit` must be positive')
  }
  if (viewer) return
  const refuse = (what: string) =>
    new UnauthenticatedError(`Search queries ${what} not supported without authentication`)
  if (asked.offset !== undefined) throw refuse('pagination is')
  if (asked.resolve) throw refuse('that resolve remote resources are')
}
