import { muteConversation } from '@anancus/core/domain/conversations'
import { actRoute } from './act-route.ts'

/** @see https://docs.joinmastodon.org/methods/statuses/#mute */
export const mute = actRoute({
  verb: 'mute',
  scope: 'write:mutes',
  summary: 'Mutes the conversation of a status.',
  act: ({ ctx, viewer }, { status }) => muteConversation(ctx, viewer.account, status),
})
