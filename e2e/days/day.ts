/** What came of a scripted day. */
export interface Day {
  /** `stream event` of every event the client was told of, in order. */
  heard: string[]
}
