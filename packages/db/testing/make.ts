import type { Db } from '../src/index.ts'
import * as accounts from './make/accounts.ts'
import * as instance from './make/instance.ts'
import * as interactions from './make/interactions.ts'
import * as moderation from './make/moderation.ts'
import * as relations from './make/relations.ts'
import * as parts from './make/status-parts.ts'
import * as statuses from './make/statuses.ts'
import * as users from './make/users.ts'

export { TEST_PASSWORD } from './make/users.ts'

/**
 * Makers of rows for tests and seeds: each fills what it must and lets any column be overridden.
 *
 * ```ts
 * const make = factories(ctx.db)
 * const alice = await make.viewer({ account: { username: 'alice' } })
 * const status = await make.status({ account: alice.account, visibility: 'private' })
 * ```
 */
export function factories(db: Db) {
  return {
    account: bound(db, accounts.makeAccount),
    remoteAccount: bound(db, accounts.makeRemoteAccount),
    user: bound(db, users.makeUser),
    viewer: bound(db, users.makeViewer),
    role: bound(db, users.makeRole),
    application: bound(db, users.makeApplication),
    token: bound(db, users.makeToken),
    follow: bound(db, relations.makeFollow),
    followRequest: bound(db, relations.makeFollowRequest),
    block: bound(db, relations.makeBlock),
    mute: bound(db, relations.makeMute),
    domainBlock: bound(db, relations.makeDomainBlock),
    accountNote: bound(db, relations.makeAccountNote),
    endorsement: bound(db, relations.makeEndorsement),
    list: bound(db, relations.makeList),
    status: bound(db, statuses.makeStatus),
    quote: bound(db, statuses.makeQuote),
    statusEdit: bound(db, statuses.makeStatusEdit),
    media: bound(db, parts.makeMedia),
    tag: bound(db, parts.makeTag),
    poll: bound(db, parts.makePoll),
    pollVote: bound(db, parts.makePollVote),
    card: bound(db, parts.makeCard),
    customEmoji: bound(db, parts.makeCustomEmoji),
    favourite: bound(db, interactions.makeFavourite),
    bookmark: bound(db, interactions.makeBookmark),
    pin: bound(db, interactions.makePin),
    conversationMute: bound(db, interactions.makeConversationMute),
    filter: bound(db, interactions.makeFilter),
    notification: bound(db, interactions.makeNotification),
    report: bound(db, moderation.makeReport),
    warning: bound(db, moderation.makeWarning),
    announcement: bound(db, instance.makeAnnouncement),
    invite: bound(db, instance.makeInvite),
    emailSubscription: bound(db, instance.makeEmailSubscription),
  }
}

export type Factories = ReturnType<typeof factories>

function bound<Values extends unknown[], Made>(
  db: Db,
  make: (db: Db, ...values: Values) => Promise<Made>,
): (...values: Values) => Promise<Made> {
  return (...values) => make(db, ...values)
}
