import type { Db } from '../../src/connection.ts'
import { copyInto, type Value } from './copy.ts'
import type { Plan } from './plan.ts'
import { chance, zipf } from './random.ts'

/** Remote followers of local accounts, as many as there are remote accounts: each follows one of ours. */
export async function copyFollows(db: Db, plan: Plan): Promise<void> {
  const pairs = followPairs(plan)
  const columns = ['account_id', 'target_account_id', 'created_at', 'updated_at']
  await copyInto(db, 'follows', columns, rows(plan, pairs))
  await copyInto(db, 'account_stats', STATS_COLUMNS, statsRows(plan, pairs))
}

function followPairs(plan: Plan): (readonly [from: number, to: number])[] {
  const dice = chance(4)
  const { localAccounts, remoteAccounts, followsPerLocal } = plan.size
  const pairs: (readonly [number, number])[] = []
  const many = Math.min(followsPerLocal, localAccounts + remoteAccounts - 1)
  for (let from = 0; from < localAccounts; from++) {
    const targets = new Set<number>()
    while (targets.size < many) {
      const isOurs = remoteAccounts === 0 || dice.happens(0.2) // most of what people follow lives elsewhere
      const span = isOurs ? localAccounts : remoteAccounts
      const rank = dice.happens(0.5) ? zipf(dice, span) : dice.below(span)
      const to = isOurs ? rank : localAccounts + rank
      if (to !== from) targets.add(to)
    }
    for (const to of targets) pairs.push([from, to])
  }
  for (let remote = 0; remote < remoteAccounts; remote++)
    pairs.push([localAccounts + remote, zipf(dice, localAccounts)])
  return pairs
}

function* rows(plan: Plan, pairs: readonly (readonly [number, number])[]): Generator<Value[]> {
  const dice = chance(5)
  for (const [from, to] of pairs) {
    const at = new Date(plan.now.getTime() - dice.below(300) * 86_400_000)
    yield [plan.accountIds[from] as bigint, plan.accountIds[to] as bigint, at, at]
  }
}

const STATS_COLUMNS = [
  'account_id',
  'statuses_count',
  'followers_count',
  'following_count',
  'last_status_at',
  'created_at',
  'updated_at',
]

function* statsRows(plan: Plan, pairs: readonly (readonly [number, number])[]): Generator<Value[]> {
  const all = plan.accountIds.length
  const [statuses, followers, following] = [new Int32Array(all), new Int32Array(all), new Int32Array(all)]
  const last = new Float64Array(all)
  for (const [from, to] of pairs) {
    following[from] = (following[from] as number) + 1
    followers[to] = (followers[to] as number) + 1
  }
  for (const [index, author] of plan.author.entries()) {
    statuses[author] = (statuses[author] as number) + 1
    last[author] = plan.createdAt[index] as number
  }
  for (const [account, id] of plan.accountIds.entries())
    yield [
      id,
      statuses[account] as number,
      followers[account] as number,
      following[account] as number,
      last[account] ? new Date(last[account] as number) : null,
      plan.now,
      plan.now,
    ]
}
