// `pnpm bench:api`: asks every list of the API on a large database (`pnpm seed:large`) and prints how many statements each
// took and for how long; then plans each statement with the values it was sent with, and names those that read a large
// table from beginning to end. Ratios to its neighbours are what counts, not the milliseconds.
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApplication, issueNewToken } from '@anancus/core/domain/oauth'
import { findUserByUsername } from '@anancus/core/domain/users'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { onStatement } from '@anancus/db'
import { statement } from '@anancus/db/statement'
import { apiRoutes } from '../apps/web/src/api/index.ts'
import { createServer } from '../apps/web/src/server.ts'
import { type PlanNode, scannedTables } from '../scripts/explain/plan.ts'

const READER = 'local0'
const SCOPES = ['read', 'write', 'follow', 'push', 'profile', 'admin:read']
const ROUNDS = 3
/** A table of fewer rows is read whole in a millisecond or so, and PostgreSQL rightly prefers that. */
const LARGE_ROWS = 10_000

/** What a route needs besides its path. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/accounts/lookup': 'acct=local1',
  '/api/v1/accounts/search': 'q=local1',
  '/api/v1/peers/search': 'q=server1',
  '/api/v2/search': 'q=local1',
}

/** Every statement once, with the values it was last sent with. */
const sent = new Map<string, { values: readonly unknown[]; url: string }>()

const ctx = await buildContext(loadConfig({ ...process.env, RAILS_LOG_LEVEL: 'warn' }), { name: 'bench' })
const server = createHttpServer(createServer(ctx))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
try {
  const headers = { authorization: `Bearer ${await tokenOf(ctx)}` }
  const named = await namesOf(ctx)
  const lines = []
  for (const { method, path } of apiRoutes) {
    if (method !== 'get' || path.includes('streaming')) continue
    const url =
      base + path.replace(/\/(\w+)\/:\w+/g, (_all, word: string) => `/${word}/${named[word] ?? '1'}`)
    await forgetRates(ctx) // so many requests are more than anybody may make
    lines.push({ path, ...(await measure(`${url}?limit=40&${QUERIES[path] ?? ''}`, headers)) })
  }
  await explainAll(ctx)
  for (const { path, status, statements, milliseconds } of lines.toSorted(
    (a, b) => b.milliseconds - a.milliseconds,
  ))
    process.stdout.write(
      `${milliseconds.toFixed(1).padStart(8)} ms ${String(statements).padStart(3)} statements  ${status}  ${path}\n`,
    )
} finally {
  server.closeAllConnections()
  server.close()
  await closeContext(ctx)
}

async function forgetRates({ config, redis }: Ctx): Promise<void> {
  const keys = await redis.keys(`${config.redis.prefix}rate:*`)
  if (keys.length > 0) await redis.del(...keys)
}

/** Plans with the very values that were sent: other than the general plan of `pnpm explain`, these may prefer a scan. */
async function explainAll({ db }: Ctx): Promise<void> {
  const large = new Set<string>(
    await db('pg_class').where('relkind', 'r').where('reltuples', '>=', LARGE_ROWS).pluck('relname'),
  )
  let offenders = 0
  for (const [place, [text, { values, url }]] of [...sent].entries()) {
    const explain = statement<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain_${place}`,
      `explain (format json) ${text}`,
    )
    const [row] = await explain(db, values)
    const plan = row?.['QUERY PLAN'][0]?.Plan
    const scanned = plan ? scannedTables(plan).filter((table) => large.has(table)) : []
    if (scanned.length === 0) continue
    offenders += 1
    process.stdout.write(`scans ${scanned.join(', ')} for ${url}\n${text}\n${JSON.stringify(values)}\n`)
  }
  process.stdout.write(`${sent.size} statements planned with their values, ${offenders} offenders\n`)
}

/** The best of some rounds after a first one that warms caches and plans. */
async function measure(url: string, headers: Record<string, string>) {
  let statements = 0
  const stop = onStatement((text, values) => {
    statements += 1
    if (values && /^\s*(select|with)/i.test(text)) sent.set(text, { values, url })
  })
  const ask = async () => {
    statements = 0
    const started = performance.now()
    const answer = await fetch(url, { headers })
    await answer.arrayBuffer()
    return { status: answer.status, milliseconds: performance.now() - started, statements }
  }
  const first = await ask()
  const later = []
  for (let round = 0; round < ROUNDS; round++) later.push(await ask())
  stop()
  const best = later.reduce((least, one) => (one.milliseconds < least.milliseconds ? one : least))
  return { ...best, statements: Math.max(first.statements, best.statements) }
}

async function tokenOf(ctx: Ctx): Promise<string> {
  const reader = await findUserByUsername(ctx, READER)
  if (!reader) throw new Error('Run this on a database made by pnpm seed:large.')
  const app = await createApplication(ctx, {
    name: 'Benchmark',
    redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: SCOPES.join(' '),
    website: undefined,
  })
  return (await issueNewToken(ctx, app, reader.user.id, SCOPES)).token
}

/** The busiest of each kind, by the word before it in a path. */
async function namesOf({ db }: Ctx): Promise<Record<string, string>> {
  const [account] = await db('accounts').where({ username: READER, domain: null }).select('id')
  const [status] = await db('status_stats').orderBy('favourites_count', 'desc').limit(1).select('status_id')
  const [tag] = await db('tags').where({ id: 1 }).select('name')
  const [notification] = await db('notifications').where({ account_id: account.id }).limit(1).select('id')
  return {
    accounts: account.id,
    statuses: status.status_id,
    tag: tag.name,
    tags: tag.name,
    notifications: notification.id,
  }
}
