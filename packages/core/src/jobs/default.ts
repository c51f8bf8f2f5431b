import { defineJob, fourthPower, quick } from './define.ts'

/** All consequences of a new or edited status: feeds, streams, notifications, deliveries. A `refresh` is no edit. */
export const distributeStatusJob = defineJob<{ statusId: string; kind: 'create' | 'update' | 'refresh' }>({
  name: 'statuses.distribute',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Feeds, streams, notifications and deliveries of a new or edited status.',
})

/** Takes a deleted status out of feeds and streams and tells other servers. The row is soft-deleted by then. */
export const removeStatusJob = defineJob<{ statusId: string }>({
  name: 'statuses.remove',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Takes a deleted status out of feeds, streams and other servers.',
})

/** One batch of followers: those with an id above `afterFollowId`. Enqueues the next batch itself. */
export const pushToFeedsJob = defineJob<{
  statusId: string
  afterFollowId: string
  kind: 'create' | 'update'
}>({
  name: 'timelines.push_to_feeds',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Puts a status into the home feeds of one batch of followers.',
})

/** Fills a home feed from the database. */
export const buildFeedJob = defineJob<{ accountId: string }>({
  name: 'timelines.build_feed',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  what: 'Builds the home feed of an account that has none in Redis.',
})

/** Fills a list feed from the database. */
export const buildListFeedJob = defineJob<{ listId: string }>({
  name: 'timelines.build_list_feed',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  what: 'Builds the feed of a list that has none in Redis.',
})

/** Adds the newest statuses of `fromAccountId` to a follower's feed. */
export const mergeFeedJob = defineJob<{ fromAccountId: string; intoAccountId: string }>({
  name: 'timelines.merge_feed',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  what: 'Adds the newest statuses of a newly followed account to a home feed.',
})

/** Takes the statuses of `fromAccountId` (and reblogs of them) out of a feed. */
export const unmergeFeedJob = defineJob<{ fromAccountId: string; intoAccountId: string }>({
  name: 'timelines.unmerge_feed',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  what: 'Takes the statuses of an unfollowed, muted or blocked account out of a home feed.',
})

/** Stores a notification if the recipient's rules let it through, and streams it. */
export const notifyJob = defineJob<{
  recipientId: string
  type: string
  activityType: string
  activityId: string
  fromAccountId: string
}>({
  name: 'notifications.notify',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Stores and streams a notification, if the recipient lets it through.',
})

/** Removes what a block or mute leaves behind: feed entries, notifications. */
export const afterBlockJob = defineJob<{
  accountId: string
  targetAccountId: string
  notifications: boolean
}>({
  name: 'relationships.after_block',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Clears feeds and notifications after a block or mute.',
})

/** Downloads a film or a sound from another server, and makes what is served of it. */
export const fetchFilmJob = defineJob<{ mediaAttachmentId: string }>({
  name: 'media.fetch_film',
  queue: 'media',
  attempts: 3,
  backoff: fourthPower,
  isUnhurried: true,
  what: 'Downloads a film or a sound from another server, and makes what is served of it.',
})

/** Previews, blurhash and sizes of an upload. */
export const processMediaJob = defineJob<{ mediaAttachmentId: string }>({
  name: 'media.process',
  queue: 'media',
  attempts: 3,
  backoff: quick,
  durable: true,
  what: 'Makes the stored and the small version of an upload; films and sounds through ffmpeg.',
})

/** Accepts everyone who asks to follow an account that is no longer locked. */
export const acceptFollowRequestsJob = defineJob<{ accountId: string }>({
  name: 'relationships.accept_follow_requests',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Accepts all follow requests to an account that is no longer locked.',
})

/** Cuts the follows between an account and a server it hides; the row in `account_domain_blocks` is there by then. */
export const afterDomainBlockJob = defineJob<{ accountId: string; domain: string }>({
  name: 'relationships.after_domain_block',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Cuts follows, requests and notifications between an account and a server it hides.',
})

/** Ends a mute whose time is over, and fills the home feed again. */
export const expireMuteJob = defineJob<{ muteId: string }>({
  name: 'relationships.expire_mute',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Ends a timed mute.',
})

/** Tells author and voters that a poll is over. Comes once for every end a poll has had. */
export const endPollJob = defineJob<{ pollId: string }>({
  name: 'statuses.end_poll',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Tells author and voters that a poll is over.',
})

/** Puts a direct status into the conversation of one of its readers, who has been told of it. */
export const updateConversationJob = defineJob<{ accountId: string; statusId: string }>({
  name: 'conversations.update',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Puts a direct status into the conversation of a reader.',
})

/** Tells open clients how often an announcement got one reaction. */
export const publishReactionJob = defineJob<{ announcementId: string; name: string }>({
  name: 'instance.publish_reaction',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  what: 'Streams how often an announcement got a reaction.',
})

/** Does to the accounts of a server what a domain block says. */
export const applyDomainBlockJob = defineJob<{ domainBlockId: string; isSeverityChanged: boolean }>({
  name: 'moderation.apply_domain_block',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Limits or suspends the accounts of a blocked server, and cuts its follows.',
})

/** Frees the accounts that a lifted domain block had limited; `since` is when the block was made. */
export const liftDomainBlockJob = defineJob<{ domain: string; since: string }>({
  name: 'moderation.lift_domain_block',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Frees the accounts of a server whose block was lifted.',
})

/** Suspends the accounts of a server that limited federation no longer lets in. */
export const afterUnallowJob = defineJob<{ domain: string; at: string }>({
  name: 'moderation.after_unallow',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Suspends the accounts of a server that is no longer let in, and cuts its follows.',
})

/** Credits an account for the pages that name it, once it allows their site to. */
export const creditAuthorJob = defineJob<{ accountId: string }>({
  name: 'previews.credit_author',
  queue: 'default',
  attempts: 5,
  backoff: quick,
  what: 'Names an account as the author of previews whose sites it allows to.',
})

/** Makes the yearly report of an account. */
export const generateAnnualReportJob = defineJob<{ accountId: string; year: number }>({
  name: 'annual_reports.generate',
  queue: 'default',
  attempts: 3,
  backoff: quick,
  durable: true,
  what: 'Makes the yearly report of an account and tells its owner.',
})

/** Carries what our people have with an account that moved over to the new one; follows in batches above `afterFollowId`. */
export const moveTiesJob = defineJob<{ sourceId: string; targetId: string; afterFollowId: string }>({
  name: 'relationships.move_ties',
  queue: 'default',
  attempts: 8,
  backoff: quick,
  durable: true,
  what: 'Carries follows, lists, notes, blocks and mutes from an account that moved to its new one.',
})
