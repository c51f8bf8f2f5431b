import { jobs } from '@anancus/core/jobs'
import type { Handler, HandlerFile } from './handler.ts'

type Jobs = typeof jobs

/** Every job of the catalogue; one that is missing here does not compile. */
const files: { [Name in keyof Jobs]: HandlerFile<Jobs[Name]> } = {
  acceptFollowRequestsJob: () => import('./default/accept-follow-requests.ts'),
  afterSuspensionJob: () => import('./pull/after-suspension.ts'),
  afterUnsuspensionJob: () => import('./pull/after-unsuspension.ts'),
  eraseAccountJob: () => import('./pull/erase-account.ts'),
  eraseSuspendedJob: () => import('./scheduler/erase-suspended.ts'),
  afterBlockJob: () => import('./default/after-block.ts'),
  afterDomainBlockJob: () => import('./default/after-domain-block.ts'),
  afterUnallowJob: () => import('./default/after-unallow.ts'),
  applyDomainBlockJob: () => import('./default/apply-domain-block.ts'),
  buildFeedJob: () => import('./default/build-feed.ts'),
  buildListFeedJob: () => import('./default/build-list-feed.ts'),
  cleanUpCollectionsJob: () => import('./scheduler/clean-up-collections.ts'),
  cleanUpFeedsJob: () => import('./scheduler/clean-up-feeds.ts'),
  cleanUpIpsJob: () => import('./scheduler/clean-up-ips.ts'),
  autoCloseRegistrationsJob: () => import('./scheduler/auto-close-registrations.ts'),
  cleanUpUsersJob: () => import('./scheduler/clean-up-users.ts'),
  clearDomainMediaJob: () => import('./pull/clear-domain-media.ts'),
  creditAuthorJob: () => import('./default/credit-author.ts'),
  deliverActivityJob: () => import('./push/deliver-activity.ts'),
  distributeStatusJob: () => import('./default/distribute-status.ts'),
  endPollJob: () => import('./default/end-poll.ts'),
  expireMuteJob: () => import('./default/expire-mute.ts'),
  fetchCardJob: () => import('./pull/fetch-card.ts'),
  fetchCollectionsJob: () => import('./pull/fetch-collections.ts'),
  fetchFeaturedJob: () => import('./pull/fetch-featured.ts'),
  fetchOutboxJob: () => import('./pull/fetch-outbox.ts'),
  fetchRepliesJob: () => import('./pull/fetch-replies.ts'),
  fetchMediaJob: () => import('./pull/fetch-media.ts'),
  fetchProfileImagesJob: () => import('./pull/fetch-profile-images.ts'),
  followRedirectJob: () => import('./pull/follow-redirect.ts'),
  indexChangesJob: () => import('./scheduler/index-changes.ts'),
  liftDomainBlockJob: () => import('./default/lift-domain-block.ts'),
  generateAnnualReportJob: () => import('./default/generate-annual-report.ts'),
  mailEveryoneJob: () => import('./mailers/mail-everyone.ts'),
  mailSubscriberJob: () => import('./mailers/mail-subscriber.ts'),
  mailSubscribersJob: () => import('./mailers/mail-subscribers.ts'),
  mergeFeedJob: () => import('./default/merge-feed.ts'),
  moveTiesJob: () => import('./default/move-ties.ts'),
  notifyJob: () => import('./default/notify.ts'),
  processActivityJob: () => import('./ingress/process-activity.ts'),
  processMediaJob: () => import('./default/process-media.ts'),
  publishReactionJob: () => import('./default/publish-reaction.ts'),
  publishScheduledJob: () => import('./scheduler/publish-scheduled.ts'),
  purgeAccountJob: () => import('./pull/purge-account.ts'),
  pushToFeedsJob: () => import('./default/push-to-feeds.ts'),
  refreshAccountJob: () => import('./pull/refresh-account.ts'),
  refreshRecommendationsJob: () => import('./scheduler/refresh-recommendations.ts'),
  refreshTrendsJob: () => import('./scheduler/refresh-trends.ts'),
  removeStatusJob: () => import('./default/remove-status.ts'),
  requestTrendReviewsJob: () => import('./scheduler/request-trend-reviews.ts'),
  resolveTaggedCollectionJob: () => import('./pull/resolve-tagged-collection.ts'),
  resolveThreadJob: () => import('./pull/resolve-thread.ts'),
  sendMailJob: () => import('./mailers/send-mail.ts'),
  sendPollUpdateJob: () => import('./push/send-poll-update.ts'),
  sendReactionJob: () => import('./push/send-reaction.ts'),
  sendPushJob: () => import('./push/send-push.ts'),
  synchronizeFollowersJob: () => import('./pull/synchronize-followers.ts'),
  unmergeFeedJob: () => import('./default/unmerge-feed.ts'),
  updateActorJob: () => import('./push/update-actor.ts'),
  updateConversationJob: () => import('./default/update-conversation.ts'),
  verifyLinksJob: () => import('./pull/verify-links.ts'),
  verifyQuoteJob: () => import('./pull/verify-quote.ts'),
  vacuumJob: () => import('./scheduler/vacuum.ts'),
  verifyCollectionItemJob: () => import('./pull/verify-collection-item.ts'),
}

export type AnyHandler = Handler<{ payload: never }>
export type Handlers = ReadonlyMap<string, () => Promise<{ handle: AnyHandler }>>

/** The handlers by the wire name of their job. */
export const handlers: Handlers = new Map(
  Object.entries(files).map(([name, file]) => [
    jobs[name as keyof Jobs].name,
    file as () => Promise<{ handle: AnyHandler }>,
  ]),
)
