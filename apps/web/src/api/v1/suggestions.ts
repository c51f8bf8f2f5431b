import { dismissSuggestion, listSuggestions } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, limitParam, offsetParam } from '../../http/params.ts'
import { done, ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** When the second version came. */
const DEPRECATED_AT = Date.parse('2021-05-16T00:00:00Z') / 1000

/** @see https://docs.joinmastodon.org/methods/suggestions/#v1 */
export const suggestionsV1 = userRoute({
  method: 'get',
  path: '/api/v1/suggestions',
  auth: user('read:accounts'),
  params: z.object({ limit: limitParam(40, 80), offset: offsetParam }),
  summary: 'Accounts worth following; deprecated.',
  answers: ['Account'],
  async handle({ ctx, viewer, params }) {
    const found = await listSuggestions(ctx, viewer, params)
    const accounts = await renderAccounts(
      ctx,
      viewer,
      found.map((item) => item.accountId),
    )
    return ok(accounts, { Deprecation: `@${DEPRECATED_AT}` })
  },
})

/** @see https://docs.joinmastodon.org/methods/suggestions/#remove */
export const removeSuggestion = userRoute({
  method: 'delete',
  path: '/api/v1/suggestions/:id',
  auth: user('write:accounts'),
  params: z.object({ id: idParam }),
  summary: 'Takes an account out of the suggestions for good.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await dismissSuggestion(ctx, viewer, params.id)
    return done()
  },
})
