export * from './local-actor.ts'
export * from './read-actor.ts'
export * from './read-collections.ts'
export * from './read-conversation.ts'
export * from './read-emoji.ts'
export * from './read-featured.ts'
export * from './read-follows.ts'
export * from './read-followers-synchronization.ts'
export * from './read-nodeinfo.ts'
export * from './read-outbox.ts'
export * from './read-quote-authorization.ts'
export * from './read-replies.ts'
export * from './read-tag.ts'
export {
  findShownStatus,
  readNote,
  readStatusActivity,
  readStatusCount,
  StatusGoneError,
} from './read-status.ts'
export * from './read-webfinger.ts'
export type { Served } from './served.ts'
