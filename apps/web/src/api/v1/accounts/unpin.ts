import { unendorseAccount } from '@anancus/core/domain/accounts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#unendorse */
export const unpin = relationshipRoute({
  verb: 'unpin',
  scopes: ['write:accounts'],
  params: {},
  summary: 'No longer features an account: the older name of unendorse.',
  act: ({ ctx, viewer }, target) => unendorseAccount(ctx, viewer.account, target),
})
