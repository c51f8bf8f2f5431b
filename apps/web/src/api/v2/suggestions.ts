import { listSuggestions } from '@anancus/core/domain/accounts'
import { renderAccounts } from '@anancus/core/entities'
import type { Suggestion } from '@anancus/core/entities/types'
import { z } from 'zod'
import { limitParam, offsetParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** The reasons in the words of older clients. */
const SOURCES: Readonly<Record<string, Suggestion['source']>> = {
  featured: 'staff',
  most_followed: 'global',
  most_interactions: 'global',
  similar_to_recently_followed: 'past_interactions',
  friends_of_friends: 'past_interactions',
}

/** @see https://docs.joinmastodon.org/methods/suggestions/#v2 */
export const suggestionsV2 = userRoute({
  method: 'get',
  path: '/api/v2/suggestions',
  auth: user('read:accounts'),
  params: z.object({ limit: limitParam(40, 80), offset: offsetParam }),
  summary: 'Accounts worth following, and why.',
  answers: ['Suggestion'],
  async handle({ ctx, viewer, params }) {
    const found = await listSuggestions(ctx, viewer, params)
    const accounts = await renderAccounts(
      ctx,
      viewer,
      found.map((item) => item.accountId),
    )
    const sources = new Map(found.map((item) => [item.accountId, item.sources]))
    const suggestions = accounts.map((account): Suggestion => {
      const reasons = sources.get(account.id) ?? []
      return { source: SOURCES[reasons[0] ?? ''] ?? null, sources: reasons, account }
    })
    return ok(suggestions)
  },
})
