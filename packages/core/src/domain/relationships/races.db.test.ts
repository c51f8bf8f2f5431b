import type { AccountRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import {
  afterDomainBlock,
  authorizeFollow,
  blockAccount,
  blockDomain,
  followAccount,
  muteAccount,
  rejectFollow,
  unblockAccount,
  unblockDomain,
  unfollowAccount,
  unmuteAccount,
} from './index.ts'

let ctx: TestContext
let make: Factories

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

/** A fixed sequence, so that a failure can be run again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

const ACTS: ((from: AccountRow, to: AccountRow) => Promise<unknown>)[] = [
  (from, to) => followAccount(ctx, from, to, { uri: from.domain ? `${from.uri}#${Math.random()}` : null }),
  (from, to) => followAccount(ctx, from, to, { uri: from.domain ? `${from.uri}#${Math.random()}` : null }),
  (from, to) => unfollowAccount(ctx, from, to),
  (from, to) => authorizeFollow(ctx, from, to),
  (from, to) => rejectFollow(ctx, from, to),
  (from, to) => blockAccount(ctx, from, to),
  (from, to) => unblockAccount(ctx, from, to),
  (from, to) => unblockAccount(ctx, from, to),
  (from, to) => muteAccount(ctx, from, to),
  (from, to) => unmuteAccount(ctx, from, to),
  async (from, to) => {
    if (from.domain !== null || to.domain === null) return
    await blockDomain(ctx, from, to.domain)
    await afterDomainBlock(ctx, { accountId: from.id, domain: to.domain })
    await unblockDomain(ctx, from, to.domain)
  },
]

it.each([1, 2, 3])(
  'holds all rules under 300 acts of seven accounts at the same time (seed %i)',
  async (seed) => {
    const local = [1, 2, 3, 4].map(() => make.user().then(({ account }) => account))
    const locked = make.user({ account: { locked: true } }).then(({ account }) => account)
    const remote = [1, 2].map(() => make.remoteAccount({ domain: `seed-${seed}.example` }))
    const accounts: AccountRow[] = await Promise.all([...local, locked, ...remote])
    const random = randomNumbers(seed)
    const acts = Array.from({ length: 300 }, () => {
      const from = accounts[random(accounts.length)] as AccountRow
      const to = accounts[random(accounts.length)] as AccountRow
      const act = ACTS[random(ACTS.length)] as (typeof ACTS)[number]
      return { from, to, act }
    }).filter(({ from, to }) => from.id !== to.id && (from.domain === null || to.domain === null))
    const outcomes = await Promise.allSettled(acts.map(({ act, from, to }) => act(from, to)))
    // A refusal is an answer; anything else, a deadlock above all, is not.
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(failures.filter((reason) => reason.status !== 403)).toEqual([])

    const follows = await ctx.db('follows')
    for (const account of accounts) {
      const stats = await ctx.db('account_stats').where({ account_id: account.id }).first()
      expect([Number(stats.following_count), Number(stats.followers_count)]).toEqual([
        follows.filter((follow) => follow.account_id === account.id).length,
        follows.filter((follow) => follow.target_account_id === account.id).length,
      ])
    }
    const blocks = await ctx.db('blocks')
    const requests = await ctx.db('follow_requests')
    const tied = (row: { account_id: string; target_account_id: string }, block: typeof row) =>
      [row.account_id, row.target_account_id].sort().join() ===
      [block.account_id, block.target_account_id].sort().join()
    for (const block of blocks) {
      expect([...follows, ...requests].filter((row) => tied(row, block))).toEqual([])
    }
    const both = requests.filter((request) =>
      follows.some(
        (follow) =>
          follow.account_id === request.account_id && follow.target_account_id === request.target_account_id,
      ),
    )
    expect(both).toEqual([])
  },
)
