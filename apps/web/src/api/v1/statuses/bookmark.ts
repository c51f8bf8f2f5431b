import { bookmarkStatus } from '@anancus/core/domain/interactions'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#bookmark */
export const bookmark = actRoute({
  verb: 'bookmark',
  scope: 'write:bookmarks',
  summary: 'Bookmarks a status.',
  act: ({ ctx, viewer }, { status }) => bookmarkStatus(ctx, viewer.account, status),
})
