import { unmuteConversation } from '@anancus/core/domain/conversations'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#unmute */
export const unmute = actRoute({
  verb: 'unmute',
  scope: 'write:mutes',
  summary: 'Unmutes the conversation of a status.',
  act: ({ ctx, viewer }, { status }) => unmuteConversation(ctx, viewer.account, status),
})
