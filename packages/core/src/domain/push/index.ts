export { pushSubscriptionJson } from './render-subscription.ts'
export { sendPush } from './send-push.ts'
export * from './subscribe.ts'
export type { PushDataParams } from './subscription-data.ts'
