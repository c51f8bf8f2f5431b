import type { Window } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { EPOCH_KEY } from '../../kernel/outbox.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { homeChannel, listChannel, subscribedKey } from '../../streaming/index.ts'
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

/** Home feeds go by the id of their account, list feeds by that of the list. */
export type FeedKind = 'home' | 'list'

export function feedKey(ctx: Ctx, id: string, kind: FeedKind): string {
  return redisKey(ctx, `feed:${kind}:${id}`)
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
 * One page of a feed, newest first; null while it must not be read: there is none, it is being built, or Redis lost
 * something since. A feed lives as long as its owner comes back within USER_ACTIVE_DAYS. One Redis call.
 */
export async function readFeed(
  ctx: Ctx,
  id: string,
  window: Window,
  kind: FeedKind = 'home',
): Promise<string[] | null> {
  const isUpward = window.minId !== undefined
  const lower = window.minId ?? window.sinceId
  const members = (await readScript(
    ctx.redis,
    [feedKey(ctx, id, kind), redisKey(ctx, EPOCH_KEY)],
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

/** The stream that tells of a feed. */
export function channelOf(kind: FeedKind, id: string): string {
  return kind === 'home' ? homeChannel(id) : listChannel(id)
}

/** Which of these have a feed, built or being built, and which are listened to; one Redis call. */
export async function findReaders(
  ctx: Ctx,
  ids: readonly string[],
  kind: FeedKind = 'home',
): Promise<{ withFeed: Set<string>; listening: Set<string> }> {
  if (ids.length === 0) return { withFeed: new Set(), listening: new Set() }
  const keys = [
    ...ids.map((id) => `${feedKey(ctx, id, kind)}:state`),
    ...ids.map((id) => redisKey(ctx, subscribedKey(channelOf(kind, id)))),
  ]
  const marks = await ctx.redis.mget(keys)
  const having = (offset: number) => new Set(ids.filter((_, index) => marks[offset + index] !== null))
  return { withFeed: having(0), listening: having(ids.length) }
}

/** Puts an entry into feeds; says for each what came of it. Repeating changes nothing. */
export async function pushEntry(
  ctx: Ctx,
  ids: readonly string[],
  entry: FeedEntry,
  kind: FeedKind = 'home',
): Promise<Map<string, PushOutcome>> {
  const answers = await onFeeds(ctx, ids, kind, (keys) => pushScript(ctx.redis, keys, pairs([entry])))
  return new Map([...answers].map(([id, answer]) => [id, OUTCOMES[answer] ?? 'no_feed']))
}

/** Takes entries out of feeds; an original takes its reblogs along. Returns the feeds that had one of them. */
export async function removeEntries(
  ctx: Ctx,
  ids: readonly string[],
  entries: readonly FeedEntry[],
  kind: FeedKind = 'home',
): Promise<Set<string>> {
  if (entries.length === 0) return new Set()
  const answers = await onFeeds(ctx, ids, kind, (keys) => removeScript(ctx.redis, keys, pairs(entries)))
  return new Set([...answers].filter(([, removed]) => removed > 0).map(([id]) => id))
}

/** Runs a script over feeds in parts, all sent at once. */
async function onFeeds(
  ctx: Ctx,
  ids: readonly string[],
  kind: FeedKind,
  run: (keys: string[]) => Promise<unknown>,
): Promise<Map<string, number>> {
  const parts: (readonly string[])[] = []
  for (let start = 0; start < ids.length; start += FEEDS_PER_SCRIPT) {
    parts.push(ids.slice(start, start + FEEDS_PER_SCRIPT))
  }
  const answers = (await Promise.all(
    parts.map((part) => run(part.map((id) => feedKey(ctx, id, kind)))),
  )) as number[][]
  const all = answers.flat()
  return new Map(ids.map((id, index) => [id, all[index] ?? 0]))
}

/** Adds entries to a feed that exists, whatever their order. */
export async function fillFeed(
  ctx: Ctx,
  id: string,
  entries: readonly FeedEntry[],
  kind: FeedKind = 'home',
): Promise<void> {
  const oldestFirst = entries.toSorted((one, other) => (padded(one.id) < padded(other.id) ? -1 : 1))
  await fillScript(ctx.redis, [feedKey(ctx, id, kind)], pairs(oldestFirst))
}

/** Opens a feed for entries before it is filled; false when it is built already. */
export async function beginFeed(ctx: Ctx, id: string, kind: FeedKind = 'home'): Promise<boolean> {
  const keys = [feedKey(ctx, id, kind), redisKey(ctx, EPOCH_KEY)]
  return (await beginScript(ctx.redis, keys, [BUILD_SECONDS])) === 1
}

/** From now on the feed may be read. */
export async function finishFeed(ctx: Ctx, id: string, kind: FeedKind = 'home'): Promise<void> {
  await finishScript(ctx.redis, [feedKey(ctx, id, kind)], [lifeSeconds(ctx)])
}

/** All ids of a feed, newest first; empty when there is none. */
export async function idsInFeed(ctx: Ctx, id: string, kind: FeedKind = 'home'): Promise<string[]> {
  return (await ctx.redis.zrange(feedKey(ctx, id, kind), '+', '-', 'BYLEX', 'REV')).map(unpadded)
}

export async function hasFeed(ctx: Ctx, accountId: string): Promise<boolean> {
  return (await ctx.redis.exists(`${feedKey(ctx, accountId, 'home')}:state`)) === 1
}

/** Deletes feeds whole; they are built again when their owner comes back. */
export async function dropFeeds(ctx: Ctx, ids: readonly string[], kind: FeedKind = 'home'): Promise<void> {
  if (ids.length === 0) return
  const keys = ids.flatMap((id) => PART_SUFFIXES.map((suffix) => feedKey(ctx, id, kind) + suffix))
  await ctx.redis.unlink(...keys)
}

/** Whether a feed may be read. */
export async function isFeedBuilt(ctx: Ctx, accountId: string): Promise<boolean> {
  const [state, epoch] = await ctx.redis.mget(
    `${feedKey(ctx, accountId, 'home')}:state`,
    redisKey(ctx, EPOCH_KEY),
  )
  return state === `built:${epoch ?? ''}`
}
