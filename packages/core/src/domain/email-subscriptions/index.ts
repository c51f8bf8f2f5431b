export { countReaders, isReadableByMail, mayOfferMail } from './offers.ts'
export { mailSubscriber } from './mail-subscriber.ts'
export { mailSubscribers } from './mail-subscribers.ts'
export {
  cleanUpSubscriptions,
  confirmSubscription,
  endSubscription,
  subscribeByMail,
  subscriptionOfToken,
} from './subscribe.ts'
