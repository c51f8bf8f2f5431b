// `pnpm bench:search`: searches a large database (`pnpm seed:large`) for pairs of its own words, each pair with one of the
// filters, and prints how long the database took: medians, the 95th of 100, and the plan of the slowest. Words are drawn
// evenly over the order of magnitude of how common they are, so that the commonest are as likely as the rarest.
import { search } from '@anancus/core/domain/search'
import { findUserByUsername } from '@anancus/core/domain/users'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { onStatement } from '@anancus/db'

const READER = 'local0'
const SEARCHES = Number(process.argv[2] ?? 200)
const LIMIT_MS = 50
const PAGE = { type: 'statuses', limit: 20 } as const
const FILTERS = [
  'has:media',
  'is:reply',
  'in:public',
  'before:2026-06-01',
  '-has:poll',
  'language:en',
  'from:@local1',
]

interface Measured {
  query: string
  milliseconds: number
  found: number
  asked: { text: string; values: readonly unknown[] }[]
}

const ctx = await buildContext(loadConfig({ ...process.env, RAILS_LOG_LEVEL: 'warn' }), { name: 'bench' })
try {
  const viewer = await findUserByUsername(ctx, READER)
  if (!viewer) throw new Error('Run this on a database made by pnpm seed:large.')
  const words = await commonWords(ctx)
  const { rows } = await ctx.db.raw('select count(*) from status_search')
  print(
    `${rows[0].count} posts, ${words.length} words in a sample; the commonest: ${words.slice(0, 5).join(', ')}`,
  )
  const random = randomFrom(7)
  const draw = () => words[Math.floor(words.length ** random()) - 1] ?? ''
  await measure(ctx, viewer, 'warm up') // loads and plans
  const all: Measured[] = []
  for (let n = 0; n < SEARCHES; n++)
    all.push(await measure(ctx, viewer, `${draw()} ${draw()} ${FILTERS[n % FILTERS.length]}`))
  tell('two words and a filter', all)
  for (const filter of FILTERS)
    tell(
      `  ${filter}`,
      all.filter(({ query }) => query.endsWith(filter)),
    )
  const worst = [
    words[0] ?? '',
    `${words[0]} ${words[1]}`,
    `${words[0]} has:poll`,
    `"${words[0]} ${words[1]}"`,
  ]
  for (const query of worst) tell(query, [await measure(ctx, viewer, query)])
  const slowest = all.toSorted((a, b) => b.milliseconds - a.milliseconds)[0]
  if (slowest) await explain(ctx, slowest)
  process.exitCode = quantile(all, 0.95) <= LIMIT_MS ? 0 : 1
} finally {
  await closeContext(ctx)
}

/** From the commonest on, of the newest posts. */
async function commonWords({ db }: Ctx): Promise<string[]> {
  const { rows } = await db.raw(
    `select word from ts_stat('select words from status_search order by status_id desc limit 20000')
     where word ~ '^[a-z]{2,}$' order by ndoc desc limit 5000`,
  )
  return rows.map(({ word }: { word: string }) => word)
}

async function measure(ctx: Ctx, viewer: Viewer, query: string): Promise<Measured> {
  const asked: Measured['asked'] = []
  const stop = onStatement((text, values) => {
    if (values && text.includes('status_search')) asked.push({ text, values })
  })
  const started = performance.now()
  const found = (await search(ctx, viewer, { ...PAGE, q: query })).statusIds.length
  const milliseconds = performance.now() - started
  stop()
  return { query, milliseconds, found, asked }
}

function tell(what: string, measured: readonly Measured[]): void {
  const found = measured.reduce((sum, one) => sum + one.found, 0)
  const [median, late] = [quantile(measured, 0.5), quantile(measured, 0.95)]
  print(
    measured.length === 1
      ? `${what}: ${late.toFixed(1)} ms, ${found} found`
      : `${what}: ${measured.length} searches, median ${median.toFixed(1)} ms, p95 ${late.toFixed(1)} ms (limit ${LIMIT_MS}), ${found} found`,
  )
}

async function explain({ db }: Ctx, { query, milliseconds, asked }: Measured): Promise<void> {
  print(`\nthe slowest: ${query}, ${milliseconds.toFixed(1)} ms`)
  for (const { text, values } of asked) {
    const client = db.client
    const connection = await client.acquireConnection()
    try {
      const { rows } = await connection.query({ text: `explain (analyze, costs off) ${text}`, values })
      print(rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n'))
    } finally {
      await client.releaseConnection(connection)
    }
  }
}

function quantile(measured: readonly Measured[], part: number): number {
  const sorted = measured.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** The same numbers each time (mulberry32), so that runs can be compared. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
