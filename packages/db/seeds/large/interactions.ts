import type { Db } from '../../src/connection.ts'
import { copyInto, type Value } from './copy.ts'
import { isLocal, type Plan } from './plan.ts'
import { chance, zipf } from './random.ts'

const DIRECT = 3
/** Favourites and bookmarks, as parts of the number of statuses. */
const FAVOURITES = 0.6
const BOOKMARKS = 0.03
const RECENT = 200_000

type Deed = readonly [who: number, status: number]

/** Favourites, bookmarks, mentions, counters, and the notifications they made for people here. */
export async function copyInteractions(db: Db, plan: Plan): Promise<void> {
  const favourites = deeds(plan, 6, Math.floor(plan.size.statuses * FAVOURITES))
  const bookmarks = deeds(plan, 7, Math.floor(plan.size.statuses * BOOKMARKS)).filter(([who]) =>
    isLocal(plan, who),
  )
  const mentions = mentionsOf(plan)
  await copyInto(db, 'favourites', DEED_COLUMNS, deedRows(plan, favourites))
  await copyInto(db, 'bookmarks', DEED_COLUMNS, deedRows(plan, bookmarks))
  await copyInto(db, 'mentions', DEED_COLUMNS, deedRows(plan, mentions))
  await copyInto(db, 'status_stats', STATS_COLUMNS, statsRows(plan, favourites))
  await copyInto(db, 'notifications', NOTIFICATION_COLUMNS, notificationRows(plan, favourites, mentions))
}

/** Who did something to which status, each pair once; the newest and the best known get most. */
function deeds(plan: Plan, seed: number, count: number): Deed[] {
  const dice = chance(seed)
  const seen = new Set<number>()
  const list: Deed[] = []
  const accounts = plan.accountIds.length
  for (let turn = 0; turn < count; turn++) {
    const status = plan.size.statuses - 1 - zipf(dice, Math.min(RECENT, plan.size.statuses))
    const who = dice.happens(0.3) ? zipf(dice, plan.size.localAccounts) : dice.below(accounts)
    const key = status * accounts + who
    if (plan.reblogOf[status] !== -1 || (plan.visibility[status] as number) > 1 || seen.has(key)) continue
    seen.add(key)
    list.push([who, status])
  }
  return list
}

/** An answer names whom it answers; a direct status that answers nobody names somebody here. */
function mentionsOf(plan: Plan): Deed[] {
  const dice = chance(8)
  const list: Deed[] = []
  for (let status = 0; status < plan.size.statuses; status++) {
    const target = plan.replyTo[status] as number
    const named = target === -1 ? zipf(dice, plan.size.localAccounts) : (plan.author[target] as number)
    const isNamed = target !== -1 || plan.visibility[status] === DIRECT
    if (isNamed && named !== plan.author[status]) list.push([named, status])
  }
  return list
}

const DEED_COLUMNS = ['id', 'account_id', 'status_id', 'created_at', 'updated_at']

function* deedRows(plan: Plan, list: readonly Deed[]): Generator<Value[]> {
  for (const [place, [who, status]] of list.entries()) {
    const at = new Date(plan.createdAt[status] as number)
    yield [place + 1, plan.accountIds[who] as bigint, plan.statusIds[status] as bigint, at, at]
  }
}

const STATS_COLUMNS = [
  'status_id',
  'favourites_count',
  'reblogs_count',
  'replies_count',
  'created_at',
  'updated_at',
]

function* statsRows(plan: Plan, favourites: readonly Deed[]): Generator<Value[]> {
  const count = () => new Int32Array(plan.size.statuses)
  const [favoured, reblogged, answered] = [count(), count(), count()]
  const add = (counts: Int32Array, index: number) => {
    if (index >= 0) counts[index] = (counts[index] as number) + 1
  }
  for (const [, status] of favourites) add(favoured, status)
  for (let status = 0; status < plan.size.statuses; status++) {
    add(reblogged, plan.reblogOf[status] as number)
    add(answered, plan.replyTo[status] as number)
  }
  for (let status = 0; status < plan.size.statuses; status++) {
    const counts = [favoured[status], reblogged[status], answered[status]] as number[]
    if (counts.some((value) => value > 0))
      yield [plan.statusIds[status] as bigint, ...counts, plan.now, plan.now]
  }
}

const NOTIFICATION_COLUMNS = [
  'account_id',
  'from_account_id',
  'activity_type',
  'activity_id',
  'type',
  'group_key',
  'created_at',
  'updated_at',
]

function* notificationRows(
  plan: Plan,
  favourites: readonly Deed[],
  mentions: readonly Deed[],
): Generator<Value[]> {
  for (const [place, [who, status]] of favourites.entries()) {
    const author = plan.author[status] as number
    if (!isLocal(plan, author) || author === who) continue
    const at = new Date(plan.createdAt[status] as number)
    const id = plan.statusIds[status] as bigint
    const hour = Math.floor(at.getTime() / 3_600_000)
    yield [
      plan.accountIds[author] as bigint,
      plan.accountIds[who] as bigint,
      'Favourite',
      place + 1,
      'favourite',
      `favourite-${id}-${hour}`,
      at,
      at,
    ]
  }
  for (const [place, [who, status]] of mentions.entries()) {
    if (!isLocal(plan, who)) continue
    const at = new Date(plan.createdAt[status] as number)
    const from = plan.accountIds[plan.author[status] as number] as bigint
    yield [plan.accountIds[who] as bigint, from, 'Mention', place + 1, 'mention', null, at, at]
  }
}
