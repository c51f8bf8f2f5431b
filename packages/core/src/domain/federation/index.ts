export * from './domain-rules.ts'
export * from './inboxes.ts'
export * from './reach.ts'
export * from './send-activity.ts'
