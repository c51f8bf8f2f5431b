import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import {
  MAX_NODEINFO_BYTES,
  NODEINFO_DEADLINE_MS,
  PEER_SOFTWARE_SECONDS,
  UNKNOWN_SOFTWARE_SECONDS,
} from './limits.ts'

const MAX_LINKS = 10
const SCHEMA = /^https?:\/\/nodeinfo\.diaspora\.software\/ns\/schema\/\d\.\d$/

/**
 * The name of the software that another server says it runs, in lower case; null when it does not say. Kept for days, a
 * silence for an hour. Waits for the other server: for jobs.
 *
 * @param origin of an address there, scheme included
 * @see https://nodeinfo.diaspora.software/protocol.html
 */
export async function peerSoftware(ctx: Ctx, origin: string): Promise<string | null> {
  const key = redisKey(ctx, `peer-software:${origin}`)
  const known = await ctx.redis.get(key)
  if (known !== null) return known || null
  const name = await askSoftware(ctx, origin)
  const seconds = name === null ? UNKNOWN_SOFTWARE_SECONDS : PEER_SOFTWARE_SECONDS
  await ctx.redis.set(key, name ?? '', 'EX', seconds)
  return name
}

async function askSoftware(ctx: Ctx, origin: string): Promise<string | null> {
  const list = await readJson(ctx, `${origin}/.well-known/nodeinfo`)
  const links = Array.isArray(list?.links) ? list.links.slice(0, MAX_LINKS).filter(isRecord) : []
  const hrefs = links.flatMap((link) => (SCHEMA.test(String(link.rel)) ? String(link.href) : []))
  // What another host says of this one is nothing.
  const href = hrefs.findLast((each) => URL.parse(each)?.origin === origin)
  const info = href === undefined ? null : await readJson(ctx, href)
  const name = isRecord(info?.software) ? info.software.name : null
  return typeof name === 'string' && /^[\w.-]{1,50}$/.test(name) ? name.toLowerCase() : null
}

/** A server that does not answer has not said what it is. */
async function readJson(ctx: Ctx, url: string): Promise<Record<string, unknown> | null> {
  try {
    const response = await ctx.http.request({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      maxBytes: MAX_NODEINFO_BYTES,
      deadlineMs: NODEINFO_DEADLINE_MS,
    })
    const document: unknown = response.status === 200 ? JSON.parse(response.body.toString('utf8')) : null
    return isRecord(document) ? document : null
  } catch (error) {
    if (error instanceof RemoteServerError || error instanceof SyntaxError) return null
    throw error
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
