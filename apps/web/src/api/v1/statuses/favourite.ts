import { favouriteStatus } from '@anancus/core/domain/interactions'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#favourite */
export const favourite = actRoute({
  verb: 'favourite',
  scope: 'write:favourites',
  summary: 'Favourites a status.',
  act: ({ ctx, viewer }, { status }) => favouriteStatus(ctx, viewer.account, status),
})
