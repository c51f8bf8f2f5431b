import { type Chance, chance, zipf } from './random.ts'
import { languageOf } from './words.ts'

/** How large the instance shall be. */
export interface LargeSize {
  localAccounts: number
  remoteAccounts: number
  statuses: number
  /** Accounts that each local account follows. */
  followsPerLocal: number
}

export const LARGE: LargeSize = {
  localAccounts: 1_000,
  remoteAccounts: 50_000,
  statuses: 1_000_000,
  followsPerLocal: 200,
}

const DAY_MS = 86_400_000
const DAYS = 365
/** How far back answers and reblogs reach, in statuses. */
const RECENT = 5_000
const NONE = -1

/** What everything else follows from, by index. Typed arrays: a million statuses are 60 MB, not a gigabyte. */
export interface Plan {
  size: LargeSize
  now: Date
  accountIds: bigint[]
  domains: (string | null)[]
  author: Int32Array
  statusIds: BigInt64Array
  createdAt: Float64Array
  visibility: Uint8Array
  /** Index of the status answered, or -1. */
  replyTo: Int32Array
  reblogOf: Int32Array
  conversation: Int32Array
  conversations: number
  language: string[]
}

export const isLocal = (plan: Plan, account: number) => account < plan.size.localAccounts

/** Decides who wrote what when, and which status answers which. Takes about two seconds for a million statuses. */
export function makePlan(size: LargeSize, now: Date): Plan {
  const dice = chance(1)
  const plan: Plan = {
    size,
    now,
    ...people(size, now, dice),
    author: new Int32Array(size.statuses),
    statusIds: new BigInt64Array(size.statuses),
    createdAt: new Float64Array(size.statuses),
    visibility: new Uint8Array(size.statuses),
    replyTo: new Int32Array(size.statuses).fill(NONE),
    reblogOf: new Int32Array(size.statuses).fill(NONE),
    conversation: new Int32Array(size.statuses),
    conversations: 0,
    language: [],
  }
  const step = (DAYS * DAY_MS) / size.statuses
  for (let index = 0; index < size.statuses; index++) {
    const time = Math.floor(now.getTime() - DAYS * DAY_MS + index * step)
    plan.createdAt[index] = time
    plan.statusIds[index] = (BigInt(time) << 16n) | BigInt(index & 0xffff)
    plan.author[index] = authorOf(dice, size)
    plan.visibility[index] = visibilityOf(dice)
    plan.language[index] = languageOf(dice)
    relate(plan, dice, index)
  }
  return plan
}

function people(size: LargeSize, now: Date, dice: Chance): Pick<Plan, 'accountIds' | 'domains'> {
  const all = size.localAccounts + size.remoteAccounts
  const servers = Math.max(1, Math.ceil(size.remoteAccounts / 60))
  const start = now.getTime() - 2 * DAYS * DAY_MS
  return {
    accountIds: Array.from(
      { length: all },
      (_, index) => (BigInt(start + index * 60_000) << 16n) | BigInt(index & 0xffff),
    ),
    domains: Array.from({ length: all }, (_, index) =>
      index < size.localAccounts ? null : `server${zipf(dice, servers)}.example`,
    ),
  }
}

/** One status in seven is ours; a few people write most of them. */
function authorOf(dice: Chance, size: LargeSize): number {
  if (size.remoteAccounts === 0 || dice.happens(1 / 7)) return zipf(dice, size.localAccounts)
  return size.localAccounts + zipf(dice, size.remoteAccounts)
}

/** Public, unlisted, private and direct, as their integers. */
function visibilityOf(dice: Chance): number {
  const percent = dice.below(100)
  if (percent < 78) return 0
  if (percent < 90) return 1
  return percent < 97 ? 2 : 3
}

function relate(plan: Plan, dice: Chance, index: number): void {
  const kind = dice.below(100)
  const earlier = index - 1 - zipf(dice, Math.min(RECENT, Math.max(1, index)))
  const isFree = earlier >= 0 && plan.reblogOf[earlier] === NONE
  if (kind < 15 && isFree && (plan.visibility[earlier] as number) < 2) {
    plan.reblogOf[index] = earlier
    plan.visibility[index] = 0
  } else if (kind < 40 && isFree) {
    plan.replyTo[index] = earlier
    plan.visibility[index] = Math.max(plan.visibility[index] as number, plan.visibility[earlier] as number)
    plan.conversation[index] = plan.conversation[earlier] as number
    return
  }
  plan.conversations += 1
  plan.conversation[index] = plan.conversations
}
