import {
  addFilterKeyword,
  deleteFilterKeyword,
  editFilterKeyword,
  getFilter,
  getFilterKeyword,
} from '@anancus/core/domain/filters'
import { z } from 'zod'
import { idParam, required, stringParam } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'
import { keywordParams } from '../../filter-params.ts'

const ofFilter = '/api/v2/filters/:filter_id/keywords'
const one = '/api/v2/filters/keywords/:id'

/** @see https://docs.joinmastodon.org/methods/filters/#keywords-get */
const keywords = userRoute({
  method: 'get',
  path: ofFilter,
  auth: user('read:filters'),
  params: z.object({ filter_id: idParam }),
  summary: 'Keywords of a filter.',
  answers: ['FilterKeyword'],
  async handle({ ctx, viewer, params }) {
    return ok((await getFilter(ctx, viewer, params.filter_id)).keywords)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#keywords-create */
const createKeyword = userRoute({
  method: 'post',
  path: ofFilter,
  auth: user('write:filters'),
  params: z.object({ filter_id: idParam, ...keywordParams, keyword: required(stringParam) }),
  summary: 'Adds a keyword to a filter.',
  answers: 'FilterKeyword',
  async handle({ ctx, viewer, params }) {
    const { filter_id, keyword, whole_word } = params
    return ok(await addFilterKeyword(ctx, viewer.account, filter_id, { keyword, wholeWord: whole_word }))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#keywords-get-one */
const showKeyword = userRoute({
  method: 'get',
  path: one,
  auth: user('read:filters'),
  params: z.object({ id: idParam }),
  summary: 'One keyword of a filter.',
  answers: 'FilterKeyword',
  async handle({ ctx, viewer, params }) {
    return ok((await getFilterKeyword(ctx, viewer, params.id)).keyword)
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#keywords-update */
const updateKeyword = userRoute({
  method: 'put',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam, ...keywordParams }),
  summary: 'Changes a keyword of a filter.',
  answers: 'FilterKeyword',
  async handle({ ctx, viewer, params }) {
    const { id, keyword, whole_word } = params
    return ok(await editFilterKeyword(ctx, viewer.account, id, { keyword, wholeWord: whole_word }))
  },
})

/** @see https://docs.joinmastodon.org/methods/filters/#keywords-delete */
const deleteKeyword = userRoute({
  method: 'delete',
  path: one,
  auth: user('write:filters'),
  params: z.object({ id: idParam }),
  summary: 'Takes a keyword out of its filter.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await deleteFilterKeyword(ctx, viewer.account, params.id)
    return done()
  },
})

export const filterKeywordRoutes = [keywords, createKeyword, showKeyword, updateKeyword, deleteKeyword]
