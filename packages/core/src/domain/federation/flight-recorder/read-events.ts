import type { Ctx } from '../../../kernel/context.ts'
import { normalDomain } from '../domain-rules.ts'
import type { FederationEvent, RecordedEvent } from './event.ts'
import { STREAMS, type StreamName, streamKey } from './streams.ts'

const PAGE = 500

export interface EventQuery {
  /** The id of an activity, of its actor, an inbox, or a host; without it everything matches. */
  about?: string
  direction?: 'in' | 'out'
  /** Only what did not go well. */
  failedOnly?: boolean
  limit?: number
}

/**
 * The recorded events about an activity, an actor or a host, newest first. Reads the recorder from its end, page by page:
 * for operators, not for requests of users.
 */
export async function readEvents(ctx: Ctx, query: EventQuery): Promise<RecordedEvent[]> {
  const limit = query.limit ?? 100
  const names = query.failedOnly ? STREAMS.filter((name) => name !== 'passed') : STREAMS
  const found: RecordedEvent[] = []
  for (const name of names) found.push(...(await matching(ctx, name, query, limit)))
  return found.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit)
}

/** One event by its place; null when it made room for others. */
export async function findEvent(ctx: Ctx, id: string): Promise<RecordedEvent | null> {
  const [name, entry] = id.split('/')
  const stream = STREAMS.find((known) => known === name)
  if (!stream || !entry || !/^\d{1,16}-\d{1,16}$/.test(entry)) return null
  const [raw] = await ctx.redis.xrange(streamKey(ctx, stream), entry, entry)
  return raw ? eventOf(stream, raw) : null
}

async function matching(
  ctx: Ctx,
  stream: StreamName,
  query: EventQuery,
  limit: number,
): Promise<RecordedEvent[]> {
  const matches = matcher(query)
  const found: RecordedEvent[] = []
  let end = '+'
  while (found.length < limit) {
    const page = await ctx.redis.xrevrange(streamKey(ctx, stream), end, '-', 'COUNT', PAGE)
    found.push(...page.map((entry) => eventOf(stream, entry)).filter(matches))
    const last = page.at(-1)
    if (page.length < PAGE || !last) break
    end = `(${last[0]}`
  }
  return found.slice(0, limit)
}

function matcher({ about, direction }: EventQuery): (event: FederationEvent) => boolean {
  const isAbout = about ? aboutMatcher(about.trim()) : () => true
  return (event) => (direction === undefined || event.direction === direction) && isAbout(event)
}

/** The activity that made a status has, with most software, an id that begins with the status's. */
function aboutMatcher(about: string): (event: FederationEvent) => boolean {
  if (/^https?:\/\//i.test(about))
    return ({ activity, actor, inbox }) =>
      [activity, actor, inbox].includes(about) ||
      (activity !== null && (activity.startsWith(`${about}/`) || activity.startsWith(`${about}#`)))
  const host = normalDomain(about.replace(/^.*@/, ''))
  return (event) => event.host === host || event.host.endsWith(`.${host}`)
}

function eventOf(stream: StreamName, [id, fields]: [string, string[]]): RecordedEvent {
  const event = JSON.parse(fields[1] ?? '{}') as FederationEvent & { at: string }
  return { ...event, id: `${stream}/${id}`, at: new Date(event.at) }
}
