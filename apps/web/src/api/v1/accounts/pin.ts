import { endorseAccount } from '@anancus/core/domain/accounts'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#endorse */
export const pin = relationshipRoute({
  verb: 'pin',
  scopes: ['write:accounts'],
  params: {},
  summary: 'Features an account: the older name of endorse.',
  act: ({ ctx, viewer }, target) => endorseAccount(ctx, viewer.account, target),
})
