import { blockAccount } from '@anancus/core/domain/relationships'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#block */
export const block = relationshipRoute({
  verb: 'block',
  scopes: ['write:blocks', 'follow'],
  params: {},
  summary: 'Blocks an account.',
  act: ({ ctx, viewer }, target) => blockAccount(ctx, viewer.account, target),
})
