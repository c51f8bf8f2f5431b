import { unmuteAccount } from '@anancus/core/domain/relationships'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#unmute */
export const unmute = relationshipRoute({
  verb: 'unmute',
  scopes: ['write:mutes', 'follow'],
  params: {},
  summary: 'Unmutes an account.',
  act: ({ ctx, viewer }, target) => unmuteAccount(ctx, viewer.account, target),
})
