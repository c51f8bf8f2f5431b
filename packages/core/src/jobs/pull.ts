import { defineJob, fourthPower } from './define.ts'

/** Fetches the status a remote reply answers, and links the two. */
export const resolveThreadJob = defineJob<{ statusId: string; parentUri: string }>({
  name: 'statuses.resolve_thread',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Fetches the unknown parent of a remote reply.',
})

/** Refreshes a remote profile from its own server. */
export const refreshAccountJob = defineJob<{ accountId: string }>({
  name: 'accounts.refresh',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Refreshes a remote profile that has grown old.',
})

/** Downloads the file of a remote attachment into our store. */
export const fetchMediaJob = defineJob<{ mediaAttachmentId: string }>({
  name: 'media.fetch',
  queue: 'pull',
  attempts: 3,
  backoff: fourthPower,
  what: 'Downloads a remote attachment.',
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
