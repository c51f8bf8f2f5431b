import { unreblogStatus } from '@anancus/core/domain/interactions'
import { undoRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#unreblog */
export const unreblog = undoRoute({
  verb: 'unreblog',
  scope: 'write:statuses',
  rateLimit: 'deletes',
  summary: 'Takes a reblog back.',
  undo: ({ ctx, viewer }, status) => unreblogStatus(ctx, viewer.account, status),
})
