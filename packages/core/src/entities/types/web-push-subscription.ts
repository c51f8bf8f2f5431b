/**
 * Where push messages of a token go, and what it wants to be told of.
 *
 * @see https://docs.joinmastodon.org/entities/WebPushSubscription/
 */
export interface WebPushSubscription {
  /** A number, unlike other ids. */
  id: number
  endpoint: string
  /** The final encoding of push messages; else the older one. */
  standard: boolean
  /** By notification type; only what was set. */
  alerts: Record<string, boolean>
  /** The public key push messages are signed with. */
  server_key: string
  /** `all`, `followed`, `follower` or `none`. */
  policy: string
}
