import type { Job } from 'bullmq'
import { factories } from '@anancus/db/testing/make'
import type { AccountRow } from '@anancus/db'
import { acceptDelivery, type InboxAddress, receiveActivity } from '../../src/domain/inbox/index.ts'
import { processActivityJob } from '../../src/jobs/index.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import {
  DeferredJobError,
  PermanentJobError,
  RaceError,
  RemoteServerError,
  RequestError,
} from '../../src/kernel/errors.ts'
import { registry } from '../../src/kernel/metrics.ts'
import { statusUri } from '../../src/kernel/uris.ts'
import { deliver } from '../deliver.ts'
import { registerHandlers, takeOut, waitingJobs } from '../drain-queues.ts'
import { allHandlers } from '../handlers.ts'
import { activity, type DeliveryRequest, type RemoteActor, signDelivery } from '../remote.ts'
import { resetDatabase } from '../reset.ts'
import { asActivityOf } from './corpus.ts'
import { type Json, mutated, spoiltBody } from './mutate.ts'
import { type Random, randomOf } from './random.ts'
import { STRANGERS } from './strangers.ts'

/** A way into the inbox; gives the status that answers, and throws what was no answer. */
export type FuzzDoor = (ctx: Ctx, request: DeliveryRequest, inbox: InboxAddress) => Promise<number>

export interface FuzzOptions {
  seed: number
  cases: number
  corpus: readonly Json[]
  /** What the fake strangers serve; objects that were sent are put there. */
  shelf: Map<string, Json>
  /** Another way in than straight: over HTTP, where there is a web server. */
  door?: FuzzDoor
  /** Ends it earlier. */
  isTimeUp?: () => boolean
  onProgress?: (report: FuzzReport) => void
}

export interface FuzzReport {
  cases: number
  /** By the status that the door answered. */
  answers: Record<string, number>
  /** Jobs by their outcome: one for each delivery that was let in, and those put off. */
  outcomes: Record<string, number>
  /** Activities by outcome, those of collections one by one. */
  activities: Record<string, number>
  /** Jobs that ran: those of the deliveries and what followed from them. */
  jobs: number
  /** The longest time that one delivery took, in milliseconds: from the door to the end of its own job. */
  slowestMs: number
  /** What must not be: neither taken nor refused, but an error of ours, or one that never ended. */
  failures: { case: number; error: string; body: string }[]
}

/** Cases between two fresh starts of the database. */
const ROUND = 2_000
const AT_ONCE = 10
/** Of what is let in, so many are sent as one collection: one signature for all of them. */
const TOGETHER = 20
const STUCK_MS = 60_000

/** Sends changed documents of the corpus to the inbox, in process, and watches what becomes of them. */
export async function fuzzInbox(ctx: Ctx, options: FuzzOptions): Promise<FuzzReport> {
  const report: FuzzReport = {
    cases: 0,
    answers: {},
    outcomes: {},
    activities: {},
    jobs: 0,
    slowestMs: 0,
    failures: [],
  }
  registerHandlers(allHandlers)
  for (let done = 0; done < options.cases && !options.isTimeUp?.(); done = report.cases) {
    const status = await setUp(ctx, options)
    await fuzzRound(ctx, options, report, status, Math.min(ROUND, options.cases - done))
    report.activities = await activityOutcomes()
    options.onProgress?.(report)
  }
  return report
}

/** A fresh world: alice with a status, whom strangers follow and who follows them. Returns the status's address. */
async function setUp(ctx: Ctx, { shelf }: FuzzOptions): Promise<string> {
  await resetDatabase(ctx)
  shelf.clear()
  const make = factories(ctx.db)
  const { account: alice } = await make.viewer({ account: { username: 'alice' } })
  for (const actor of STRANGERS) {
    await deliver(ctx, actor as RemoteActor, activity(actor as RemoteActor, 'View', alice.uri))
    const account = await ctx.db<AccountRow>('accounts').where({ uri: actor.uri }).first()
    if (!account) throw new Error(`${actor.uri} was not stored.`)
    await make.follow({ account: alice, target: account })
    await make.follow({ account, target: alice })
  }
  const status = await make.status({ account: alice, text: 'Good morning' })
  return statusUri(ctx.config, status, alice)
}

async function fuzzRound(
  ctx: Ctx,
  options: FuzzOptions,
  report: FuzzReport,
  status: string,
  cases: number,
): Promise<void> {
  const end = report.cases + cases
  const worker = async () => {
    while (report.cases < end && !options.isTimeUp?.()) {
      const first = report.cases
      const random = randomOf(options.seed + first)
      const count = random.chance(0.3) ? 1 : Math.min(TOGETHER, end - first)
      report.cases += count
      await tryOne(ctx, options, report, { first, random, count, status })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await runJobs(ctx, report)
}

interface Case {
  /** Its number; the seed and it make everything else. */
  first: number
  random: Random
  count: number
  status: string
}

async function tryOne(ctx: Ctx, options: FuzzOptions, report: FuzzReport, one: Case): Promise<void> {
  const inbox = one.random.chance(0.3) ? { ownerName: 'alice' } : {}
  const { request, text } = requestOf(
    ctx,
    options,
    one,
    'ownerName' in inbox ? '/users/alice/inbox' : '/inbox',
  )
  const started = performance.now()
  const outcome = await Promise.race([
    (options.door ?? straight)(ctx, request, inbox).catch((error: unknown) => error),
    later(STUCK_MS),
  ])
  report.slowestMs = Math.max(report.slowestMs, performance.now() - started)
  if (typeof outcome === 'number' && outcome < 500) count(report.answers, String(outcome), one.count)
  else fail(report, one, outcome, text)
}

const straight: FuzzDoor = async (ctx, request, inbox) => {
  try {
    await acceptDelivery(ctx, request, inbox)
    return 202
  } catch (error) {
    if (error instanceof RequestError) return error.status
    throw error
  }
}

/** Signed by a stranger; what is spoilt after that is refused for it, as it should be. */
function requestOf(ctx: Ctx, options: FuzzOptions, { random, count, status }: Case, target: string) {
  const actor = random.pick(STRANGERS)
  const ours = { host: ctx.config.webDomain, target, status }
  const pantry = {
    documents: options.corpus,
    addresses: [status, `${ctx.config.baseUrl}/users/alice`, ...STRANGERS.map(({ uri }) => uri)],
  }
  const items = Array.from({ length: count }, () => {
    const document = mutated(asActivityOf(random.pick(options.corpus), actor.uri, ours), random, pantry)
    if (random.chance(0.8)) document.actor = actor.uri
    shelve(options.shelf, document)
    return document
  })
  const document =
    count === 1
      ? { '@context': 'https://www.w3.org/ns/activitystreams', ...items[0] }
      : { '@context': 'https://www.w3.org/ns/activitystreams', type: 'Collection', actor: actor.uri, items }
  const text = JSON.stringify(document)
  const isSpoilt = count === 1 && random.chance(0.3)
  const body = isSpoilt ? spoiltBody(text, random) : Buffer.from(text)
  // Half of what is spoilt is signed as it is, and gets further.
  const signed = signDelivery(actor, body.toString('utf8'), ours)
  const request = isSpoilt && random.chance(0.5) ? { ...signed, body } : signed
  if (count === 1 && random.chance(0.2)) spoilHeader(request.headers, random)
  return { request, text }
}

function spoilHeader(headers: Record<string, string>, random: Random): void {
  const name = random.pick(Object.keys(headers))
  const value = headers[name] ?? ''
  const at = random.below(value.length + 1)
  headers[name] =
    value.slice(0, at) + random.pick(['', '"', ',', '=', '\u0000', 'é', '()', 'x'.repeat(9_000)])
}

/** What was sent can be fetched, as it would be from the server that sent it. */
function shelve(shelf: Map<string, Json>, document: Json): void {
  const { object } = document
  if (typeof object !== 'object' || object === null) return
  const { id } = object as Json
  if (typeof id === 'string' && shelf.size < 5_000) shelf.set(id, object as Json)
}

/** Runs what waits, many at once as a worker does, and what follows from that, until nothing is left. */
async function runJobs(ctx: Ctx, report: FuzzReport): Promise<void> {
  for (;;) {
    const waiting = await waitingJobs(ctx)
    if (waiting.length === 0) return
    report.jobs += waiting.length
    const hand = async () => {
      for (let job = waiting.pop(); job; job = waiting.pop()) {
        await takeOut(ctx, job)
        await runOne(ctx, report, job)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, hand))
  }
}

/** What a job may throw is forgotten, anything else is kept. */
async function runOne(ctx: Ctx, report: FuzzReport, { name, data }: Job): Promise<void> {
  const started = performance.now()
  const payload = data as never
  try {
    const run =
      name === processActivityJob.name ? receive(ctx, report, payload) : allHandlers[name]?.(ctx, payload)
    if ((await Promise.race([run, later(STUCK_MS)])) === STUCK) throw new Error(`${name} is stuck`)
  } catch (error) {
    if (isPutOff(error)) count(report.outcomes, `${name}: put off`, 1)
    else failJob(report, name, error, data)
  }
  report.slowestMs = Math.max(report.slowestMs, performance.now() - started)
}

const FINE = [RemoteServerError, RequestError, PermanentJobError, DeferredJobError, RaceError]
/** Two transactions met: the worker tries again. */
const COLLISION = /^40/

function isPutOff(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return FINE.some((kind) => error instanceof kind) || (typeof code === 'string' && COLLISION.test(code))
}

async function receive(ctx: Ctx, report: FuzzReport, payload: never): Promise<void> {
  const { kind } = await receiveActivity(ctx, payload)
  count(report.outcomes, kind, 1)
}

/** As the metric of the inbox has them. */
async function activityOutcomes(): Promise<Record<string, number>> {
  const metric = await registry.getSingleMetric('inbox_activities_total')?.get()
  const counts: Record<string, number> = {}
  for (const { labels, value } of metric?.values ?? []) count(counts, String(labels.outcome), value)
  return counts
}

const STUCK = Symbol('stuck')

function later(ms: number): Promise<typeof STUCK> {
  return new Promise((resolve) => setTimeout(resolve, ms, STUCK).unref())
}

function count(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by
}

const MOST_FAILURES = 50

function fail(report: FuzzReport, one: Case, error: unknown, body: string): void {
  if (report.failures.length < MOST_FAILURES)
    report.failures.push({ case: one.first, error: wordsOf(error), body: body.slice(0, 20_000) })
}

function failJob(report: FuzzReport, name: string, error: unknown, payload: { body?: string }): void {
  if (report.failures.length < MOST_FAILURES)
    report.failures.push({
      case: -1,
      error: `${name}: ${wordsOf(error)}`,
      body: (payload.body ?? JSON.stringify(payload)).slice(0, 20_000),
    })
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return (error.stack ?? error.message).split('\n').slice(0, 8).join('\n')
}
