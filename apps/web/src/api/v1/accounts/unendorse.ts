import { unendorseAccount } from '@anancus/core/domain/accounts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#unendorse */
export const unendorse = relationshipRoute({
  verb: 'unendorse',
  scopes: ['write:accounts'],
  params: {},
  summary: 'No longer features an account.',
  act: ({ ctx, viewer }, target) => unendorseAccount(ctx, viewer.account, target),
})
