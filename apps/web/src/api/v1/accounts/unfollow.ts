import { unfollowAccount } from '@anancus/core/domain/relationships'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#unfollow */
export const unfollow = relationshipRoute({
  verb: 'unfollow',
  scopes: ['write:follows', 'follow'],
  params: {},
  summary: 'Unfollows an account, or takes the request back.',
  act: ({ ctx, viewer }, target) => unfollowAccount(ctx, viewer.account, target),
})
