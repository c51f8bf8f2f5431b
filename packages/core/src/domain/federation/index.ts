export { type Crawl, type CrawledServer, crawlServers, crawlTotals } from './crawl-servers.ts'
export * from './deliver-activity.ts'
export { planOf } from './delivery-event.ts'
export * from './documents/index.ts'
export * from './domain-rules.ts'
export * from './flight-recorder/index.ts'
export { markHostAlive } from './host-state.ts'
export * from './inboxes.ts'
export { announceToRelays, answerServerFollow } from './litepub-relays.ts'
export * from './load-notes.ts'
export { peerSoftware } from './peer-software.ts'
export * from './reach.ts'
export {
  addRelay,
  disableRelay,
  enableRelay,
  listRelays,
  receiveRelayAnswer,
  relayState,
  removeRelay,
} from './relays.ts'
export * from './send-activity.ts'
export * from './send-actor-update.ts'
export * from './vacuum-bodies.ts'
