/**
 * Redis channels between web or worker and the streaming server; names are Mastodon's.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/
 */
export const homeChannel = (accountId: string) => `timeline:${accountId}`
export const notificationChannel = (accountId: string) => `timeline:${accountId}:notifications`
export const directChannel = (accountId: string) => `timeline:direct:${accountId}`
export const listChannel = (listId: string) => `timeline:list:${listId}`
export const publicChannel = (options: { origin?: 'local' | 'remote'; media?: boolean } = {}) =>
  `timeline:public${options.origin ? `:${options.origin}` : ''}${options.media ? ':media' : ''}`
/** `tag` is the normalised name. */
export const hashtagChannel = (tag: string, options: { local?: boolean } = {}) =>
  `timeline:hashtag:${tag}${options.local ? ':local' : ''}`
/** What a session must know of its account: kill, filters_changed, relationships_changed. */
export const systemChannel = (accountId: string) => `timeline:system:${accountId}`
export const tokenChannel = (tokenId: string) => `timeline:access_token:${tokenId}`

/** Set by the streaming server while somebody listens; publishers to single accounts look here first. */
export const subscribedKey = (channel: string) => `subscribed:${channel}`
export const SUBSCRIBED_TTL_SECONDS = 1080
export const SUBSCRIBED_REFRESH_SECONDS = 360
