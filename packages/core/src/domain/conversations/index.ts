export * from './mute-conversation.ts'
export * from './own-conversations.ts'
export { forgetInConversations, updateConversation } from './update-conversations.ts'
