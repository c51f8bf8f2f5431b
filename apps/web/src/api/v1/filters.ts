import {
  createV1Filter,
  deleteFilterKeyword,
  editV1Filter,
  getFilterKeyword,
  listFilters,
} from '@anancus/core/domain/filters'
import { v1FilterJson } from '@anancus/core/entities'
import { z } from 'zod'
import { arrayParam, booleanParam, idParam, noParams, required, stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { type Route, user, userRoute } from '../../http/route.ts'
import { expiresInParam } from '../filter-params.ts'

const path = '/api/v1/filters'
const one = `${path}/:id`
/** 2022-11-14, when filters of several keywords came. */
const DEPRECATED = { Deprecation: '@1668384000' }

const words = {
  phrase: stringParam,
  context: arrayParam(),
  irreversible: booleanParam,
  whole_word: booleanParam,
  expires_in: expiresInParam,
}

const schema = z.object(words)

const changeOf = ({ phrase, context, irreversible, whole_word, expires_in }: z.output<typeof schema>) => ({
  phrase,
  context,
  irreversible,
  wholeWord: whole_word,
  expiresIn: expires_in,
})

/** @see https://docs.joinmastodon.org/methods/filters/#get-v1 */
const filters = userRoute({
  method: 'get',
  path,
  auth: user('read:filters'),
  params: noParams,
  summary: 'Keywords of all filters. Old clients use it; `/api/v2/filters` took its place.',
  answers: ['V1Filter'],
  async handle({ ctx, viewer }) {
    const all = await listFilters(ctx, viewer)
    const shown = all.flatMap((filter) => filter.keywords.map((keyword) => v1FilterJson(filter, keyword)))
    return ok(
      shown.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)),
      DEPRECATED,
    )
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#create-v1 */
const createFilter = userRoute({
  method: 'post',
  path,
  auth: user('write:filters'),
  params: z.object({ ...words, phrase: required(stringParam), context: required(arrayParam()) }),
  summary: 'Makes a filter of one keyword.',
  answers: 'V1Filter',
  async handle({ ctx, viewer, params }) {
    const { filter, keyword } = await createV1Filter(ctx, viewer.account, changeOf(params))
    return ok(v1FilterJson(filter, keyword), DEPRECATED)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#get-one-v1 */
const showFilter = userRoute({
  method: 'get',
  path: one,
  auth: user('read:filters'),
  params: z.object({ id: idParam }),
  summary: 'A keyword with its filter.',
  answers: 'V1Filter',
  async handle({ ctx, viewer, params }) {
    const { filter, keyword } = await getFilterKeyword(ctx, viewer, params.id)
    return ok(v1FilterJson(filter, keyword), DEPRECATED)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#update-v1 */
const updateFilter = userRoute({
  method: 'put',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam, ...words }),
  summary: 'Changes a keyword, and its filter where it has no other.',
  answers: 'V1Filter',
  async handle({ ctx, viewer, params }) {
    const { filter, keyword } = await editV1Filter(ctx, viewer, params.id, changeOf(params))
    return ok(v1FilterJson(filter, keyword), DEPRECATED)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#delete-v1 */
const deleteFilter = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam }),
  summary: 'Takes a keyword out of its filter.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await deleteFilterKeyword(ctx, viewer.account, params.id)
    return ok({}, DEPRECATED)
  },
})

/** `/api/v1/filters`, for old clients. */
export const v1FilterRoutes: readonly Route[] = [
  filters,
  createFilter,
  showFilter,
  updateFilter,
  deleteFilter,
]
