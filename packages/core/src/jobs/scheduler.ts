import { defineJob, quick } from './define.ts'

const periodic = { queue: 'scheduler', attempts: 1, backoff: quick } as const

/** Deletes uploads that nobody attached within a day, tokens and grants that ended, bodies nobody waits for. */
export const vacuumJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.vacuum',
  what: 'Deletes orphaned uploads, copies of remote files past their time, ended grants and tokens, delivered bodies.',
})

/** Keeps copies of what other servers have within their budget. */
export const trimMediaCacheJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.trim_media_cache',
  what: 'Adds up what came into the cache of remote media, and brings it under MEDIA_CACHE_BUDGET.',
})

/** Deletes users who never confirmed their address and statuses soft-deleted long ago. */
export const cleanUpUsersJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.clean_up_users',
  what: 'Deletes users who never confirmed, and statuses soft-deleted 30 days ago.',
})

/** Takes home feeds of the inactive out of Redis. */
export const cleanUpFeedsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.clean_up_feeds',
  what: 'Removes the home feeds of inactive users.',
})

/** Publishes the scheduled statuses and announcements whose time has come, and takes back announcements that ended. */
export const publishScheduledJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.publish_scheduled',
  what: 'Publishes scheduled statuses and announcements that are due; takes back announcements that ended.',
})

/** Deletes rules for addresses that ran out, and forgets the addresses people came from long ago. */
export const cleanUpIpsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.clean_up_ips',
  what: 'Deletes IP rules that ran out, old sessions and sign-in records, and blanks old addresses.',
})

/** Tells Elasticsearch what changed. */
export const indexChangesJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.index_changes',
  what: 'Tells Elasticsearch what changed; every five seconds, where it is switched on.',
})

/** Scores anew which hashtags, links and statuses trend. */
export const refreshTrendsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.refresh_trends',
  what: 'Scores anew which hashtags, links and statuses trend.',
})

/** Asks moderators about what would trend and was not judged yet. */
export const requestTrendReviewsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.request_trend_reviews',
  what: 'Mails moderators about trends that nobody has reviewed.',
})

/** Counts anew who is recommended to everybody. */
export const refreshRecommendationsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.refresh_recommendations',
  what: 'Counts anew which accounts are recommended to everybody.',
})

/** Deletes places in collections that were refused or taken back a day ago. */
export const cleanUpCollectionsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.clean_up_collections',
  what: 'Deletes places in collections that were refused or taken back.',
})

/** Deletes the accounts that have been suspended for thirty days. */
export const eraseSuspendedJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.erase_suspended',
  what: 'Deletes the data of accounts that have been suspended for 30 days.',
})

/** Has newcomers approved while no moderator is around. */
export const autoCloseRegistrationsJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.auto_close_registrations',
  what: 'Has newcomers approved once no moderator has been here for a week.',
})
