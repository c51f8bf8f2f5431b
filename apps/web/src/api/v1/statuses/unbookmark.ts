import { unbookmarkStatus } from '@anancus/core/domain/interactions'
import { undoRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#unbookmark */
export const unbookmark = undoRoute({
  verb: 'unbookmark',
  scope: 'write:bookmarks',
  summary: 'Takes a bookmark away.',
  undo: ({ ctx, viewer }, status) => unbookmarkStatus(ctx, viewer.account, status),
})
