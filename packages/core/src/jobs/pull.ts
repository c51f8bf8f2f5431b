import { defineJob, fourthPower, quick } from './define.ts'

/** Fetches the status a remote reply answers, and links the two. */
export const resolveThreadJob = defineJob<{ statusId: string; parentUri: string }>({
  name: 'statuses.resolve_thread',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Fetches the unknown parent of a remote reply.',
})

/** Asks again for an account that a remote status names. */
export const resolveMentionJob = defineJob<{ statusId: string; uri: string }>({
  name: 'statuses.resolve_mention',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Asks again for an account that a remote status names and whose server did not answer.',
})

/** Fetches what a remote status quotes, and the authorisation of its author. */
export const verifyQuoteJob = defineJob<{
  quoteId: string
  quotedUri: string
  approvalUri: string | null
  depth: number
}>({
  name: 'statuses.verify_quote',
  queue: 'pull',
  attempts: 5,
  backoff: fourthPower,
  what: 'Fetches what a status quotes, and asks whether its author allowed it.',
})

/** Refreshes a remote profile from its own server; also a young one when it is forced. */
export const refreshAccountJob = defineJob<{ accountId: string; isForced?: boolean }>({
  name: 'accounts.refresh',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Refreshes a remote profile that has grown old.',
})

/** Fetches the account that a remote profile says it has gone to. */
export const followRedirectJob = defineJob<{ accountId: string; targetUri: string }>({
  name: 'accounts.follow_redirect',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Fetches the account that a remote profile points to as its new one.',
})

/** Looks whether the pages that a profile names link back to it. */
export const verifyLinksJob = defineJob<{ accountId: string }>({
  name: 'accounts.verify_links',
  queue: 'pull',
  attempts: 1,
  backoff: fourthPower,
  what: 'Looks whether the pages that a profile names link back to it.',
})

/** Reads the statuses and hashtags that a remote profile features. */
export const fetchFeaturedJob = defineJob<{ accountId: string; tagsUrl: string | null }>({
  name: 'accounts.fetch_featured',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Reads which statuses and hashtags a remote profile features.',
})

/** Fetches the newest statuses of an account that was met for its own sake. */
export const fetchOutboxJob = defineJob<{ accountId: string }>({
  name: 'accounts.fetch_outbox',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Fetches the newest statuses of a newly met account.',
})

/** Fetches the first answers to a status that came: `uris`, or what `collection` lists. */
export const fetchFirstRepliesJob = defineJob<{
  statusId: string
  collection: string | null
  uris: readonly string[]
}>({
  name: 'statuses.fetch_first_replies',
  queue: 'pull',
  attempts: 1,
  backoff: fourthPower,
  what: 'Fetches the first answers to a remote status from its own server.',
})

/** Fetches what others answered in a thread; `subject` is what the refresh is called that tells how far it is. */
export const fetchRepliesJob = defineJob<{ statusId: string; subject: string }>({
  name: 'statuses.fetch_replies',
  queue: 'pull',
  attempts: 1,
  backoff: fourthPower,
  what: 'Fetches the answers in a thread somebody looks at.',
})

/** Tells a remote account again who of ours follows it, since its server may have begun anew. */
export const refollowJob = defineJob<{ accountId: string; afterFollowId: string }>({
  name: 'relationships.refollow',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Tells a remote account whose keys have all changed who of ours follows it.',
})

/** Compares who of ours follows a remote account with what its server says. */
export const synchronizeFollowersJob = defineJob<{ accountId: string; url: string; digest: string }>({
  name: 'relationships.synchronize_followers',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Compares who follows a remote account with what its server believes.',
})

/** Reads the list of a remote account's collections. */
export const fetchCollectionsJob = defineJob<{ accountId: string }>({
  name: 'collections.fetch',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Reads the collections of a remote account.',
})

/** Fetches a collection of accounts that a remote status links to. */
export const resolveTaggedCollectionJob = defineJob<{ statusId: string; uri: string }>({
  name: 'statuses.resolve_tagged_collection',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Fetches a collection that a status links to.',
})

/** Asks the server of an account whether it agrees to be in a remote collection. */
export const verifyCollectionItemJob = defineJob<{
  collectionId: string
  itemUri: string
  approvalUri: string | null
  position: number
}>({
  name: 'collections.verify_item',
  queue: 'pull',
  attempts: 5,
  backoff: fourthPower,
  what: 'Asks whether an account agrees to be in a remote collection.',
})

/** Downloads the file of a remote attachment into our store. */
export const fetchMediaJob = defineJob<{ mediaAttachmentId: string }>({
  name: 'media.fetch',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Downloads a remote attachment.',
})

/** Downloads the picture of another server's custom emoji into our store. */
export const fetchEmojiJob = defineJob<{ customEmojiId: string }>({
  name: 'media.fetch_emoji',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Downloads the picture of a custom emoji from another server.',
})

/** Downloads avatar and header of a remote profile into our store. */
export const fetchProfileImagesJob = defineJob<{ accountId: string }>({
  name: 'accounts.fetch_images',
  queue: 'pull',
  attempts: 7,
  backoff: fourthPower,
  what: 'Downloads avatar and header of a remote profile.',
})

/** Removes all that a deleted account leaves: statuses, ties, files. Goes on where it stopped. */
export const purgeAccountJob = defineJob<{ accountId: string }>({
  name: 'moderation.purge_account',
  queue: 'pull',
  attempts: 25,
  backoff: fourthPower,
  durable: true,
  what: 'Removes the statuses, ties and files of a deleted account.',
})

/** Deletes what our store holds of a server whose media are refused. */
export const clearDomainMediaJob = defineJob<{ domainBlockId: string }>({
  name: 'moderation.clear_domain_media',
  queue: 'pull',
  attempts: 8,
  backoff: fourthPower,
  durable: true,
  what: 'Deletes the files and custom emojis we hold of a server whose media are refused.',
})

/** Reads the page a status links to, and hangs its preview on the status. Tried again only while another reads it. */
export const fetchCardJob = defineJob<{ statusId: string }>({
  name: 'previews.fetch_card',
  queue: 'pull',
  attempts: 6,
  backoff: quick,
  what: 'Makes the preview of the link in a status.',
})

/** Takes a suspended account out of feeds and follows, and tells other servers. */
export const afterSuspensionJob = defineJob<{ accountId: string }>({
  name: 'moderation.after_suspension',
  queue: 'pull',
  attempts: 8,
  backoff: fourthPower,
  durable: true,
  what: 'Takes a suspended account out of feeds and follows, and tells other servers.',
})

/** Puts an account back into feeds when its suspension is lifted, and tells other servers. */
export const afterUnsuspensionJob = defineJob<{ accountId: string }>({
  name: 'moderation.after_unsuspension',
  queue: 'pull',
  attempts: 8,
  backoff: fourthPower,
  durable: true,
  what: 'Puts an account back into feeds when its suspension is lifted, and tells other servers.',
})

/** Deletes a suspended account for good. */
export const eraseAccountJob = defineJob<{ accountId: string }>({
  name: 'moderation.erase_account',
  queue: 'pull',
  attempts: 8,
  backoff: fourthPower,
  durable: true,
  what: 'Deletes a suspended account for good, and tells other servers.',
})
