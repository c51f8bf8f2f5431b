import { markRoute } from './mark-route.ts'

/** @see https://docs.joinmastodon.org/methods/conversations/#read */
export const readConversation = markRoute({
  verb: 'read',
  isUnread: false,
  summary: 'Marks a conversation as read.',
})
