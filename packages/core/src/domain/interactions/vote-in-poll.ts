import type { AccountRow, PollRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { countVotes, insertVotes, lockPoll, votesOfAccount } from '@anancus/db/queries/polls'
import { voteJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { isLocal } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { inboxOf, sendActivity } from '../federation/index.ts'
import { countInteraction } from '../instance/index.ts'
import { announceTally, awaitPollEnd, getPoll } from '../statuses/index.ts'

/**
 * Votes in a poll, local or remote: all choices or none. The poll's row is locked meanwhile, so that two requests of
 * one account make one vote and no count is lost.
 *
 * @param choices indexes as they came
 * @throws NotFoundError missing or not visible
 * @throws ForbiddenError one of the two blocks the other
 * @throws ValidationError over, no such choice, one's own poll, voted before
 * @see https://docs.joinmastodon.org/methods/polls/#vote
 */
export async function voteInPoll(
  ctx: Ctx,
  viewer: Viewer,
  pollId: string,
  choices: readonly string[],
): Promise<void> {
  const { status } = await getPoll(ctx, viewer, pollId)
  if (status.blocking_author || status.blocked_by_author) throw new ForbiddenError()
  await transaction(ctx, async (tx) => {
    const poll = await lockPoll(tx.db, pollId)
    if (!poll) throw new NotFoundError('Not Found')
    const earlier = await votesOfAccount(tx.db, poll.id, viewer.account.id)
    const chosen = checkedChoices(poll, viewer.account.id, earlier, choices, tx.clock.now())
    const votes = await insertVotes(tx.db, poll.id, viewer.account.id, chosen, null)
    await countVotes(tx.db, poll.id, chosen, earlier.length === 0)
    if (status.author_domain === null) await announceTally(tx, poll)
    else await sendVotes(tx, viewer.account, poll, status, votes)
    await countInteraction(tx, viewer.account)
  })
}

function checkedChoices(
  poll: PollRow,
  accountId: string,
  earlier: readonly number[],
  choices: readonly string[],
  now: Date,
): number[] {
  const chosen: number[] = []
  const problems = new Set<string>()
  if (isOver(poll, now)) problems.add('The poll has already ended')
  for (const choice of choices) {
    const index = /^\d{1,4}$/.test(choice.trim()) ? Number(choice) : -1
    if (poll.options[index] === undefined) problems.add('The chosen vote option does not exist')
    const votes = [...earlier, ...chosen]
    const isAgain = poll.multiple ? votes.includes(index) : votes.length > 0
    if (isAgain) problems.add('You have already voted on this poll')
    chosen.push(index)
  }
  if (poll.account_id === accountId) problems.add('You cannot vote in your own polls')
  if (problems.size > 0) throw ValidationError.failed(...problems)
  return chosen
}

function isOver(poll: PollRow, now: Date): boolean {
  return poll.expires_at !== null && poll.expires_at <= now
}

/** The server of a remote poll is told of each choice by itself, and we of the end. */
async function sendVotes(
  tx: Ctx,
  account: AccountRow,
  poll: PollRow,
  status: StatusRow,
  votes: readonly { id: string; choice: number }[],
): Promise<void> {
  const author = await accountById(tx.db, poll.account_id)
  if (!author) throw new InvariantError(`poll ${poll.id} has no author`)
  for (const { id, choice } of votes) {
    const vote = { id, name: poll.options[choice] ?? '' }
    const activity = voteJson(tx.config, account, status, author, vote)
    await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
  }
  if (poll.expires_at !== null)
    await awaitPollEnd(tx, { id: poll.id, expiresAt: poll.expires_at, isRemote: true })
}

/**
 * Counts a vote of another server's account in a poll of ours. What is not allowed is dropped without a word: votes
 * after the end, for what is no option, twice, or by somebody who does not see the poll.
 *
 * @param name the text of the option
 * @returns whether it was counted
 */
export async function receiveVote(
  ctx: Ctx,
  account: AccountRow,
  poll: Pick<PollRow, 'id'>,
  vote: { name: string; uri: string },
): Promise<boolean> {
  if (isLocal(account)) return false
  return transaction(ctx, async (tx) => {
    const locked = await lockPoll(tx.db, poll.id)
    if (!locked || isOver(locked, tx.clock.now())) return false
    const choice = locked.options.indexOf(vote.name)
    const earlier = await votesOfAccount(tx.db, locked.id, account.id)
    const isAgain = locked.multiple ? earlier.includes(choice) : earlier.length > 0
    if (choice < 0 || isAgain) return false
    await insertVotes(tx.db, locked.id, account.id, [choice], vote.uri)
    await countVotes(tx.db, locked.id, [choice], earlier.length === 0)
    await announceTally(tx, locked)
    return true
  })
}
