import { removeFollower } from '@anancus/core/domain/relationships'
import { relationshipRoute } from './relationship-route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#remove_from_followers */
export const removeFromFollowers = relationshipRoute({
  verb: 'remove_from_followers',
  scopes: ['write:follows', 'follow'],
  params: {},
  summary: 'Removes a follower.',
  act: ({ ctx, viewer }, target) => removeFollower(ctx, viewer.account, target),
})
