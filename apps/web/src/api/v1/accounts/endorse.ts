import { endorseAccount } from '@anancus/core/domain/accounts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#endorse */
export const endorse = relationshipRoute({
  verb: 'endorse',
  scopes: ['write:accounts'],
  params: {},
  summary: 'Features an account on the own profile.',
  act: ({ ctx, viewer }, target) => endorseAccount(ctx, viewer.account, target),
})
