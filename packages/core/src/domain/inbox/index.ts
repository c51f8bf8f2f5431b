export { acceptDelivery, type InboxAddress } from './accept-delivery.ts'
export { MAX_ACTIVITY_BYTES } from './limits.ts'
export type { Outcome } from './outcome.ts'
export { processActivity } from './process-activity.ts'
