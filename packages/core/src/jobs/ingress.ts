import { defineJob, fourthPower } from './define.ts'

/**
 * One activity that came in, and how it was signed. `verified` names the signer when the web process knew its key and
 * the signature held; otherwise the worker verifies the request from what is recorded here.
 */
export const processActivityJob = defineJob<{
  body: string
  signerId: string | null
  /** The request as needed to verify it again: method, path and headers as JSON. */
  request: string | null
  inboxOwnerId: string | null
  receivedAt: string
}>({
  name: 'activitypub.process',
  queue: 'ingress',
  attempts: 8,
  backoff: fourthPower,
  durable: true,
  what: 'Processes one incoming activity.',
})
