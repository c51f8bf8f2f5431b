import { markRoute } from './mark-route.ts'

/** @see https://docs.joinmastodon.org/methods/conversations/ */
export const unreadConversation = markRoute({
  verb: 'unread',
  isUnread: true,
  summary: 'Marks a conversation as unread.',
})
