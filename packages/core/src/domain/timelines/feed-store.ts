import type { Window } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { EPOCH_KEY } from '../../kernel/outbox.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { homeChannel, subscribedKey } from '../../streaming/index.ts'
import {
  beginScript,
  fillScript,
  finishScript,
  pushScript,
  readScript,
  removeScript,
} from './feed-scripts.ts'
import { BUILD_SECONDS, FEEDS_PER_SCRIPT } from './limits.ts'

/** An entry of a feed: a status, or a reblog with what it reblogs. */
export interface FeedEntry {
  id: string
  reblog_of_id: string | null
}

export type PushOutcome = 'shown' | 'not_shown_again' | 'no_feed'
const OUTCOMES: readonly PushOutcome[] = ['not_shown_again', 'shown', 'no_feed']

const ID_DIGITS = 19
const PART_SUFFIXES = ['', ':reblogs', ':state']

function feedKey(ctx: Ctx, accountId: string): string {
  return redisKey(ctx, `feed:home:${accountId}`)
}

/** Ids of one length sort as text as they do as numbers. */
function padded(id: string): string {
  return id.padStart(ID_DIGITS, '0')
}

function unpadded(member: string): string {
  return member.replace(/^0+(?=\d)/, '')
}

function lifeSeconds(ctx: Ctx): number {
  return ctx.config.env.USER_ACTIVE_DAYS * 86_400
}

function pairs(entries: readonly FeedEntry[]): string[] {
  return entries.flatMap(({ id, reblog_of_id }) => [padded(id), reblog_of_id ? padded(reblog_of_id) : ''])
}

/**
 * One page of a home feed, newest first; null while it must not be read: there is none, it is being built, or Redis lost
 * something since. A feed lives as long as its owner comes back within USER_ACTIVE_DAYS. One Redis call.
 */
export async function readFeed(ctx: Ctx, accountId: string, window: Window): Promise<string[] | null> {
  const isUpward = window.minId !== undefined
  const lower = window.minId ?? window.sinceId
  const members = (await readScript(
    ctx.redis,
    [feedKey(ctx, accountId), redisKey(ctx, EPOCH_KEY)],
    [
      window.maxId === undefined ? '+' : `(${padded(window.maxId)}`,
      lower === undefined ? '-' : `(${padded(lower)}`,
      window.limit,
      isUpward ? 'asc' : 'desc',
      lifeSeconds(ctx),
    ],
  )) as string[] | null
  if (members === null) return null
  const ids = members.map(unpadded)
  return isUpward ? ids.reverse() : ids
}

/** Who of these has a feed, built or being built, and who listens to the home stream; one Redis call. */
export async function findReaders(
  ctx: Ctx,
  accountIds: readonly string[],
): Promise<{ withFeed: Set<string>; listening: Set<string> }> {
  if (accountIds.length === 0) return { withFeed: new Set(), listening: new Set() }
  const keys = [
    ...accountIds.map((id) => `${feedKey(ctx, id)}:state`),
    ...accountIds.map((id) => redisKey(ctx, subscribedKey(homeChannel(id)))),
  ]
  const marks = await ctx.redis.mget(keys)
  const having = (offset: number) => new Set(accountIds.filter((_, index) => marks[offset + index] !== null))
  return { withFeed: having(0), listening: having(accountIds.length) }
}

/** Puts an entry into feeds; says for each account what came of it. Repeating changes nothing. */
export async function pushEntry(
  ctx: Ctx,
  accountIds: readonly string[],
  entry: FeedEntry,
): Promise<Map<string, PushOutcome>> {
  const answers = await onFeeds(ctx, accountIds, (keys) => pushScript(ctx.redis, keys, pairs([entry])))
  return new Map([...answers].map(([id, answer]) => [id, OUTCOMES[answer] ?? 'no_feed']))
}

/** Takes entries out of feeds; an original takes its reblogs along. Returns the accounts whose feed had one of them. */
export async function removeEntries(
  ctx: Ctx,
  accountIds: readonly string[],
  entries: readonly FeedEntry[],
): Promise<Set<string>> {
  if (entries.length === 0) return new Set()
  const answers = await onFeeds(ctx, accountIds, (keys) => removeScript(ctx.redis, keys, pairs(entries)))
  return new Set([...answers].filter(([, removed]) => removed > 0).map(([id]) => id))
}

/** Runs a script over feeds in parts, all sent at once. */
async function onFeeds(
  ctx: Ctx,
  accountIds: readonly string[],
  run: (keys: string[]) => Promise<unknown>,
): Promise<Map<string, number>> {
  const parts: (readonly string[])[] = []
  for (let start = 0; start < accountIds.length; start += FEEDS_PER_SCRIPT) {
    parts.push(accountIds.slice(start, start + FEEDS_PER_SCRIPT))
  }
  const answers = (await Promise.all(
    parts.map((part) => run(part.map((id) => feedKey(ctx, id)))),
  )) as number[][]
  const all = answers.flat()
  return new Map(accountIds.map((id, index) => [id, all[index] ?? 0]))
}

/** Adds entries to a feed that exists, whatever their order. */
export async function fillFeed(ctx: Ctx, accountId: string, entries: readonly FeedEntry[]): Promise<void> {
  const oldestFirst = entries.toSorted((one, other) => (padded(one.id) < padded(other.id) ? -1 : 1))
  await fillScript(ctx.redis, [feedKey(ctx, accountId)], pairs(oldestFirst))
}

/** Opens a feed for entries before it is filled; false when it is built already. */
export async function beginFeed(ctx: Ctx, accountId: string): Promise<boolean> {
  const keys = [feedKey(ctx, accountId), redisKey(ctx, EPOCH_KEY)]
  return (await beginScript(ctx.redis, keys, [BUILD_SECONDS])) === 1
}

/** From now on the feed may be read. */
export async function finishFeed(ctx: Ctx, accountId: string): Promise<void> {
  await finishScript(ctx.redis, [feedKey(ctx, accountId)], [lifeSeconds(ctx)])
}

/** All ids of a feed, newest first; empty when there is none. */
export async function idsInFeed(ctx: Ctx, accountId: string): Promise<string[]> {
  return (await ctx.redis.zrange(feedKey(ctx, accountId), '+', '-', 'BYLEX', 'REV')).map(unpadded)
}

export async function hasFeed(ctx: Ctx, accountId: string): Promise<boolean> {
  return (await ctx.redis.exists(`${feedKey(ctx, accountId)}:state`)) === 1
}

/** Deletes feeds whole; they are built again when their owner comes back. */
export async function dropFeeds(ctx: Ctx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return
  const keys = accountIds.flatMap((id) => PART_SUFFIXES.map((suffix) => feedKey(ctx, id) + suffix))
  await ctx.redis.unlink(...keys)
}

/** Whether a feed may be read. */
export async function isFeedBuilt(ctx: Ctx, accountId: string): Promise<boolean> {
  const [state, epoch] = await ctx.redis.mget(`${feedKey(ctx, accountId)}:state`, redisKey(ctx, EPOCH_KEY))
  return state === `built:${epoch ?? ''}`
}
