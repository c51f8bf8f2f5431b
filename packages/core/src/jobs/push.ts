import { defineJob, fourthPower, quick } from './define.ts'

/** One activity to one inbox. The body lies in `activity_bodies`; the signer signs with its cached key. */
export const deliverActivityJob = defineJob<{ bodyId: string; inboxUrl: string; signerId: string }>({
  name: 'federation.deliver',
  queue: 'push',
  attempts: 16,
  backoff: fourthPower,
  durable: true,
  what: 'Posts one signed activity to one inbox.',
})

/** Renders an actor's Update and delivers it to everyone who knows the actor; debounced by its job id. */
export const updateActorJob = defineJob<{ accountId: string }>({
  name: 'federation.update_actor',
  queue: 'push',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Tells other servers that a profile has changed.',
})

/** Sends the counts of a poll of ours; debounced by its job id. */
export const sendPollUpdateJob = defineJob<{ statusId: string }>({
  name: 'statuses.send_poll_update',
  queue: 'push',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Tells other servers how a poll stands.',
})

/** One notification to one subscribed browser or app. */
export const sendPushJob = defineJob<{ subscriptionId: string; notificationId: string }>({
  name: 'push.send',
  queue: 'push',
  attempts: 6,
  backoff: fourthPower,
  what: 'Sends one notification to one device by Web Push.',
})

/** A reaction of ours to a remote status, in the words its server understands. */
export const sendReactionJob = defineJob<{ reactionId: string }>({
  name: 'interactions.send_reaction',
  queue: 'push',
  attempts: 5,
  backoff: quick,
  durable: true,
  what: 'Tells the author of a remote status of a reaction to it.',
})
