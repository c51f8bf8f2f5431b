import { dismissSuggestion } from '@anancus/core/domain/accounts'
import { z } from 'zod'
import { idParam } from '../../http/params.ts'
import { done, ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { suggestedAccounts, suggestionParams } from './suggested-accounts.ts'

/** When the second version came. */
const DEPRECATED_AT = Date.parse('2021-05-16T00:00:00Z') / 1000

/** @see https://docs.joinmastodon.org/methods/suggestions/#v1 */
export const suggestionsV1 = userRoute({
  method: 'get',
  path: '/api/v1/suggestions',
  auth: user('read:accounts'),
  params: suggestionParams,
  summary: 'Accounts worth following; deprecated.',
  answers: ['Account'],
  async handle(call) {
    const { accounts } = await suggestedAccounts(call)
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
