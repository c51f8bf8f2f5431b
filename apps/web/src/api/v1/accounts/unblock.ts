import { unblockAccount } from '@anancus/core/domain/relationships'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#unblock */
export const unblock = relationshipRoute({
  verb: 'unblock',
  scopes: ['write:blocks', 'follow'],
  params: {},
  summary: 'Unblocks an account.',
  act: ({ ctx, viewer }, target) => unblockAccount(ctx, viewer.account, target),
})
