import { refreshAccount } from '../src/domain/accounts/index.ts'
import { deliverActivity, sendActorUpdate } from '../src/domain/federation/index.ts'
import { processActivity } from '../src/domain/inbox/index.ts'
import { purgeAccount } from '../src/domain/moderation/index.ts'
import { notify } from '../src/domain/notifications/index.ts'
import { afterBlock, afterDomainBlock } from '../src/domain/relationships/index.ts'
import { distributeRemoval, distributeStatus, resolveThread } from '../src/domain/statuses/index.ts'
import { buildFeed, mergeFeed, pushToFeeds, unmergeFeed } from '../src/domain/timelines/index.ts'
import * as jobs from '../src/jobs/index.ts'
import type { TestHandlers } from './drain-queues.ts'

/** What jobs do, for tests that let everything happen: `registerHandlers(allHandlers)`. Images are left unfetched. */
export const allHandlers: TestHandlers = {
  [jobs.afterBlockJob.name]: afterBlock,
  [jobs.afterDomainBlockJob.name]: afterDomainBlock,
  [jobs.buildFeedJob.name]: buildFeed,
  [jobs.deliverActivityJob.name]: deliverActivity,
  [jobs.distributeStatusJob.name]: distributeStatus,
  [jobs.fetchMediaJob.name]: async () => {},
  [jobs.fetchProfileImagesJob.name]: async () => {},
  [jobs.mergeFeedJob.name]: mergeFeed,
  [jobs.notifyJob.name]: notify,
  [jobs.processActivityJob.name]: processActivity,
  [jobs.purgeAccountJob.name]: purgeAccount,
  [jobs.pushToFeedsJob.name]: pushToFeeds,
  [jobs.refreshAccountJob.name]: refreshAccount,
  [jobs.removeStatusJob.name]: distributeRemoval,
  [jobs.resolveThreadJob.name]: resolveThread,
  [jobs.unmergeFeedJob.name]: unmergeFeed,
  [jobs.updateActorJob.name]: sendActorUpdate,
}
