import { defineJob, quick } from './define.ts'

const periodic = { queue: 'scheduler', attempts: 1, backoff: quick } as const

/** Deletes uploads that nobody attached within a day, tokens and grants that ended, bodies nobody waits for. */
export const vacuumJob = defineJob<Record<string, never>>({
  ...periodic,
  name: 'scheduler.vacuum',
  what: 'Deletes orphaned uploads, ended grants and tokens, delivered bodies.',
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
