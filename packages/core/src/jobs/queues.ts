/**
 * The queues, most urgent first. `weight` is how many jobs of a queue a worker takes at once, relative to the others:
 * a slow host (push) or a remote fetch (pull) never holds up what local users wait for (default),
 * and neither does a long film (media).
 */
export const QUEUES = {
  default: { weight: 8 },
  push: { weight: 6 },
  ingress: { weight: 4 },
  mailers: { weight: 2 },
  pull: { weight: 1 },
  media: { weight: 1 },
  scheduler: { weight: 1 },
} as const

export type QueueName = keyof typeof QUEUES
