export * from './mute-conversation.ts'
export * from './update-conversations.ts'
