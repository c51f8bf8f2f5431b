import { redisScript } from '../../kernel/redis-script.ts'
import { FEED_SIZE, REBLOG_FALLOFF } from './limits.ts'

/**
 * A home feed is a sorted set of padded ids, all of one score, so that ids compare exactly (a score is a double and
 * would round them). Beside it lie `:reblogs`, from an original to its reblogs that wanted to be shown, the shown one
 * first; and `:state`, which says whether it may be read: `building:<epoch>` or `built:<epoch>`.
 */
const FEED = `
local function isOnTop(feed, id)
  local rank = redis.call('zrevrank', feed, id)
  return rank and rank < ${REBLOG_FALLOFF}
end

local function shownReblog(feed, original)
  local known = redis.call('hget', feed .. ':reblogs', original)
  return known, known and string.match(known, '^%d+')
end

local function add(feed, id, original)
  if original == '' then
    local _, shown = shownReblog(feed, id)
    if shown and isOnTop(feed, shown) then return 0 end
    redis.call('zadd', feed, 0, id)
    return 1
  end
  if isOnTop(feed, original) then return 0 end
  local known, shown = shownReblog(feed, original)
  if shown ~= id then
    local isWaiting = known and string.find(known, id, 1, true)
    if shown and isOnTop(feed, shown) then
      if not isWaiting and #known < 200 then
        redis.call('hset', feed .. ':reblogs', original, known .. ' ' .. id)
      end
      return 0
    end
    redis.call('hset', feed .. ':reblogs', original, known and (id .. ' ' .. string.sub(known, 1, 179)) or id)
  end
  redis.call('zadd', feed, 0, id)
  return 1
end

local function trim(feed)
  if redis.call('zcard', feed) <= ${FEED_SIZE} then return end
  redis.call('zremrangebyrank', feed, 0, -${FEED_SIZE + 1})
  if redis.call('hlen', feed .. ':reblogs') <= ${FEED_SIZE + 200} then return end
  local all = redis.call('hgetall', feed .. ':reblogs')
  for i = 1, #all, 2 do
    if not redis.call('zscore', feed, string.match(all[i + 1], '^%d+')) then
      redis.call('hdel', feed .. ':reblogs', all[i])
    end
  end
end

local function remove(feed, id, original)
  local removed = redis.call('zrem', feed, id)
  if original == '' then
    local known = redis.call('hget', feed .. ':reblogs', id)
    if known then
      for reblog in string.gmatch(known, '%d+') do removed = removed + redis.call('zrem', feed, reblog) end
      redis.call('hdel', feed .. ':reblogs', id)
    end
    return removed
  end
  local known = redis.call('hget', feed .. ':reblogs', original)
  if not known then return removed end
  local rest = {}
  for reblog in string.gmatch(known, '%d+') do
    if reblog ~= id then rest[#rest + 1] = reblog end
  end
  if #rest == 0 then
    redis.call('hdel', feed .. ':reblogs', original)
  else
    redis.call('hset', feed .. ':reblogs', original, table.concat(rest, ' '))
    if removed > 0 then redis.call('zadd', feed, 0, rest[1]) end
  end
  return removed
end
`

/** KEYS feeds; ARGV id, original or ''. Answers for each feed: 1 shown, 0 not shown again, 2 there is no feed. */
export const pushScript = redisScript(`${FEED}
local answers = {}
for i, feed in ipairs(KEYS) do
  if redis.call('exists', feed .. ':state') == 0 then
    answers[i] = 2
  else
    answers[i] = add(feed, ARGV[1], ARGV[2])
    trim(feed)
  end
end
return answers`)

/** KEYS feeds; ARGV pairs of id and original or ''. Answers for each feed how many entries went. */
export const removeScript = redisScript(`${FEED}
local answers = {}
for i, feed in ipairs(KEYS) do
  answers[i] = 0
  for a = 1, #ARGV, 2 do answers[i] = answers[i] + remove(feed, ARGV[a], ARGV[a + 1]) end
end
return answers`)

/** KEYS feed; ARGV pairs of id and original or '', oldest first. Without a feed nothing happens. */
export const fillScript = redisScript(`${FEED}
if redis.call('exists', KEYS[1] .. ':state') == 0 then return 0 end
local added = 0
for a = 1, #ARGV, 2 do added = added + add(KEYS[1], ARGV[a], ARGV[a + 1]) end
trim(KEYS[1])
return added`)

/**
 * KEYS feed, epoch; ARGV upper bound, lower bound, limit, asc or desc, seconds to live. Answers the ids and keeps the
 * feed alive, or nil when it must not be read.
 */
export const readScript = redisScript(`
local feed = KEYS[1]
local epoch = redis.call('get', KEYS[2]) or ''
if redis.call('get', feed .. ':state') ~= 'built:' .. epoch then return false end
for _, part in ipairs({ '', ':reblogs', ':state' }) do redis.call('expire', feed .. part, ARGV[5]) end
if ARGV[4] == 'asc' then
  return redis.call('zrangebylex', feed, ARGV[2], ARGV[1], 'limit', 0, ARGV[3])
end
return redis.call('zrevrangebylex', feed, ARGV[1], ARGV[2], 'limit', 0, ARGV[3])`)

/**
 * KEYS feed, epoch; ARGV seconds a build may take. Opens the feed for new entries; what an earlier epoch left goes.
 * Answers 0 when the feed is built.
 */
export const beginScript = redisScript(`
local feed = KEYS[1]
local epoch = redis.call('get', KEYS[2]) or ''
local state = redis.call('get', feed .. ':state')
if state == 'built:' .. epoch then return 0 end
if state ~= 'building:' .. epoch then redis.call('del', feed, feed .. ':reblogs') end
redis.call('set', feed .. ':state', 'building:' .. epoch, 'ex', ARGV[1])
return 1`)

/** KEYS feed; ARGV seconds to live. */
export const finishScript = redisScript(`
local feed = KEYS[1]
local epoch = string.match(redis.call('get', feed .. ':state') or '', '^building:(.*)$')
if not epoch then return 0 end
redis.call('set', feed .. ':state', 'built:' .. epoch)
for _, part in ipairs({ '', ':reblogs', ':state' }) do redis.call('expire', feed .. part, ARGV[1]) end
return 1`)
