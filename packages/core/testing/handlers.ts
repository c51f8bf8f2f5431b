import { generateReport } from '../src/domain/annual-reports/index.ts'
import {
  followRedirect,
  refreshAccount,
  refreshRecommendations,
  verifyLinks,
} from '../src/domain/accounts/index.ts'
import {
  cleanUpCollections,
  fetchCollections,
  verifyCollectionItem,
} from '../src/domain/collections/index.ts'
import { updateConversation } from '../src/domain/conversations/index.ts'
import { deliverActivity, sendActorUpdate, vacuumBodies } from '../src/domain/federation/index.ts'
import { receiveActivity, synchronizeFollowers } from '../src/domain/inbox/index.ts'
import {
  cleanUpSubscriptions,
  mailSubscriber,
  mailSubscribers,
} from '../src/domain/email-subscriptions/index.ts'
import { publishReaction, turnAnnouncements } from '../src/domain/instance/index.ts'
import { sendReaction } from '../src/domain/interactions/index.ts'
import { trimMediaCache } from '../src/domain/media-cache/index.ts'
import { processMedia, vacuumCachedFiles, vacuumUploads } from '../src/domain/media/index.ts'
import {
  afterSuspension,
  afterUnallow,
  afterUnsuspension,
  applyDomainBlock,
  cleanUpIps,
  clearDomainMedia,
  eraseAccount,
  eraseSuspended,
  liftDomainBlock,
  purgeAccount,
} from '../src/domain/moderation/index.ts'
import { notify } from '../src/domain/notifications/index.ts'
import { creditAuthor } from '../src/domain/previews/index.ts'
import { vacuumTokens } from '../src/domain/oauth/index.ts'
import { sendPush } from '../src/domain/push/index.ts'
import { indexChanges, stopGathering } from '../src/domain/search/index.ts'
import {
  acceptFollowRequests,
  afterBlock,
  afterDomainBlock,
  expireMute,
  moveTies,
  refollow,
} from '../src/domain/relationships/index.ts'
import {
  distributeRemoval,
  distributeStatus,
  endPoll,
  fetchFeatured,
  fetchFirstReplies,
  fetchOutbox,
  fetchReplies,
  publishScheduled,
  purgeDeletedStatuses,
  resolveTaggedCollection,
  resolveMention,
  resolveThread,
  sendPollUpdate,
  verifyQuote,
} from '../src/domain/statuses/index.ts'
import {
  buildFeed,
  buildListFeed,
  dropInactiveFeeds,
  mergeFeed,
  pushToFeeds,
  unmergeFeed,
} from '../src/domain/timelines/index.ts'
import { refreshTrends, requestReviews } from '../src/domain/trends/index.ts'
import { autoCloseRegistrations, cleanUpUsers, mailEveryone, sendMail } from '../src/domain/users/index.ts'
import { type JobDefinition, jobs } from '../src/jobs/index.ts'
import type { Ctx } from '../src/kernel/context.ts'
import type { TestHandlers } from './drain-queues.ts'

type PayloadOf<Job> = Job extends JobDefinition<infer Payload> ? Payload : never
type Jobs = typeof jobs

/** Remote images are left where they are: a test of them registers the use case itself. */
async function leaveImage(): Promise<void> {}

/** And so are pages that statuses link to. */
async function leavePage(): Promise<void> {}

/** What each job does, as in the worker. One that is missing does not compile. */
const useCases: { [Name in keyof Jobs]: (ctx: Ctx, payload: PayloadOf<Jobs[Name]>) => Promise<unknown> } = {
  acceptFollowRequestsJob: acceptFollowRequests,
  afterSuspensionJob: afterSuspension,
  afterUnsuspensionJob: afterUnsuspension,
  eraseAccountJob: eraseAccount,
  eraseSuspendedJob: eraseSuspended,
  afterBlockJob: afterBlock,
  afterDomainBlockJob: afterDomainBlock,
  afterUnallowJob: afterUnallow,
  applyDomainBlockJob: applyDomainBlock,
  buildFeedJob: buildFeed,
  buildListFeedJob: buildListFeed,
  cleanUpCollectionsJob: cleanUpCollections,
  cleanUpFeedsJob: dropInactiveFeeds,
  cleanUpIpsJob: cleanUpIps,
  autoCloseRegistrationsJob: autoCloseRegistrations,
  cleanUpUsersJob: async (ctx) => {
    await cleanUpUsers(ctx)
    await cleanUpSubscriptions(ctx)
    await purgeDeletedStatuses(ctx)
  },
  clearDomainMediaJob: clearDomainMedia,
  deliverActivityJob: (ctx, payload) => deliverActivity(ctx, payload),
  distributeStatusJob: distributeStatus,
  endPollJob: endPoll,
  expireMuteJob: expireMute,
  moveTiesJob: moveTies,
  synchronizeFollowersJob: synchronizeFollowers,
  fetchCollectionsJob: fetchCollections,
  fetchFeaturedJob: fetchFeatured,
  fetchOutboxJob: fetchOutbox,
  fetchRepliesJob: fetchReplies,
  fetchFirstRepliesJob: fetchFirstReplies,
  fetchEmojiJob: leaveImage,
  fetchFilmJob: leaveImage,
  fetchMediaJob: leaveImage,
  fetchProfileImagesJob: leaveImage,
  followRedirectJob: followRedirect,
  indexChangesJob: indexChanges,
  liftDomainBlockJob: liftDomainBlock,
  generateAnnualReportJob: generateReport,
  mailEveryoneJob: mailEveryone,
  mailSubscriberJob: mailSubscriber,
  mailSubscribersJob: mailSubscribers,
  mergeFeedJob: mergeFeed,
  notifyJob: notify,
  processActivityJob: (ctx, payload) => receiveActivity(ctx, payload),
  processMediaJob: processMedia,
  publishReactionJob: publishReaction,
  publishScheduledJob: async (ctx) => {
    await publishScheduled(ctx)
    await turnAnnouncements(ctx)
  },
  purgeAccountJob: purgeAccount,
  pushToFeedsJob: pushToFeeds,
  refollowJob: refollow,
  refreshAccountJob: refreshAccount,
  removeStatusJob: distributeRemoval,
  resolveTaggedCollectionJob: resolveTaggedCollection,
  resolveMentionJob: resolveMention,
  resolveThreadJob: resolveThread,
  sendPollUpdateJob: sendPollUpdate,
  sendReactionJob: sendReaction,
  sendPushJob: sendPush,
  sendMailJob: sendMail,
  unmergeFeedJob: unmergeFeed,
  updateConversationJob: updateConversation,
  updateActorJob: sendActorUpdate,
  verifyLinksJob: verifyLinks,
  verifyQuoteJob: verifyQuote,
  trimMediaCacheJob: trimMediaCache,
  vacuumJob: async (ctx) => {
    await vacuumUploads(ctx)
    await vacuumCachedFiles(ctx)
    await vacuumTokens(ctx)
    await vacuumBodies(ctx)
    await stopGathering(ctx)
  },
  verifyCollectionItemJob: verifyCollectionItem,
  creditAuthorJob: creditAuthor,
  fetchCardJob: leavePage,
  refreshRecommendationsJob: refreshRecommendations,
  refreshTrendsJob: refreshTrends,
  requestTrendReviewsJob: requestReviews,
}

/** What jobs do, for tests that let everything happen: `registerHandlers(allHandlers)`. */
export const allHandlers: TestHandlers = Object.fromEntries(
  Object.entries(useCases).map(([name, useCase]) => [
    jobs[name as keyof Jobs].name,
    useCase as TestHandlers[string],
  ]),
)
