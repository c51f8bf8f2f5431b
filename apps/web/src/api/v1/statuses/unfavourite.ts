import { unfavouriteStatus } from '@anancus/core/domain/interactions'
import { undoRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#unfavourite */
export const unfavourite = undoRoute({
  verb: 'unfavourite',
  scope: 'write:favourites',
  summary: 'Takes a favourite back.',
  undo: ({ ctx, viewer }, status) => unfavouriteStatus(ctx, viewer.account, status),
})
