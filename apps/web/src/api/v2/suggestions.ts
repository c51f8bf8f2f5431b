import type { Suggestion } from '@anancus/core/entities/types'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { suggestedAccounts, suggestionParams } from '../v1/suggested-accounts.ts'

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
  params: suggestionParams,
  summary: 'Accounts worth following, and why.',
  answers: ['Suggestion'],
  async handle(call) {
    const { accounts, sources } = await suggestedAccounts(call)
    const suggestions = accounts.map((account): Suggestion => {
      const reasons = sources.get(account.id) ?? []
      return { source: SOURCES[reasons[0] ?? ''] ?? null, sources: reasons, account }
    })
    return ok(suggestions)
  },
})
