export * from './event.ts'
export { type EventQuery, findEvent, readEvents } from './read-events.ts'
export { recordEvent } from './record-event.ts'
export { replayEvent } from './replay-event.ts'
