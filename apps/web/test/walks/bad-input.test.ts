import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { atOnce } from '../security/support.ts'
import { startWeb, type TestAnswer, type TestRequest, type TestWeb } from '../support/server.ts'
import { ODD_BODIES, ODD_PLACES, type OddValue, oddValues } from './odd-values.ts'
import { type WalkedOperation, type WalkedParameter, walkedOperations } from './operations.ts'
import { OUT_OF_REACH } from './out-of-reach.ts'
import { pairsOf, queryOf, sampleOf } from './samples.ts'
import { buildTown, type WalkTown } from './town.ts'
import { type WriteWatch, watchWrites } from './watch-writes.ts'

/**
 * Every parameter of every operation of the API's description with everything that is not meant to be sent. The test
 * server holds each answer against that description: the status is one it names, the body the documented error.
 */

let ctx: TestContext
let web: TestWeb
let town: WalkTown
let watch: WriteWatch

const counts = { requests: 0, good: 0, refused: 0, broken: 0 }
const reached = new Set<string>()

/** What takes away what others look for comes last. */
const DESTRUCTIVE = /\/(clear|dismiss|reject|revoke|un\w+|remove_from_followers|block|mute|action)$/
const rank = ({ method, path }: WalkedOperation) => (method === 'DELETE' ? 2 : DESTRUCTIVE.test(path) ? 1 : 0)
const all = walkedOperations().filter(({ path }) => !path.includes('streaming'))
const reads = all.filter(({ method }) => method === 'GET')
const writes = all
  .filter(({ method }) => method !== 'GET')
  .sort((a, b) => rank(a) - rank(b) || b.path.length - a.path.length)
/** They undo also for who has lost sight of the status, and say then that it is not there. */
const UNDOING = /\/(unfavourite|unbookmark|unreblog)$/

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  town = await buildTown(ctx, web)
  watch = await watchWrites(ctx.db)
}, 60_000)
afterAll(async () => {
  process.stderr.write(
    `bad input: ${counts.requests} requests to ${all.length} operations, ${counts.good} answered, ` +
      `${counts.refused} refused, ${counts.broken} broken (5xx); ${reached.size} operations came past their checks\n`,
  )
  await web.close()
  await closeTestContext(ctx)
})

/** One request of a walk. */
interface Try {
  what: string
  /** In place of the last name in the path. */
  place?: string
  query?: string
  request?: TestRequest
}

const MISSING_ID = '109999999999999999'

async function send(
  operation: WalkedOperation,
  { place, query = '', request = {} }: Try,
): Promise<TestAnswer> {
  const { method, path, auth } = operation
  const client = auth === 'app' ? town.app : auth === 'session' ? town.session : town.client
  const target = town.fill(path, place) + query
  for (;;) {
    const answer = await client.request(method, target, request)
    if (answer.status !== 429) return answer
    await forgetCounts()
  }
}

/** Limits are another test's matter. */
async function forgetCounts(): Promise<void> {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*rate*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
}

/** What is wrong with an answer: it is ours to mend. */
function problemWith(operation: WalkedOperation, tried: Try, answer: TestAnswer): string[] {
  counts.requests += 1
  if (answer.status >= 500) counts.broken += 1
  else if (answer.status >= 400) counts.refused += 1
  else {
    counts.good += 1
    reached.add(operation.name)
  }
  return answer.status >= 500
    ? [`${operation.name} with ${tried.what}: ${answer.status} ${answer.text.slice(0, 200)}`]
    : []
}

/** Whether the description says rightly without which parameters an operation does nothing. */
function problemWithNeeds({ name, parameters }: WalkedOperation, tried: Try, answer: TestAnswer): string[] {
  if (tried.what !== 'nothing') return []
  const needed = parameters.filter((one) => one.isRequired && one.in !== 'path').map((one) => one.name)
  if (needed.length > 0 && answer.status < 400) return [`${name} does not need ${needed.join(', ')}`]
  const missing = /is missing or the value is empty or invalid: (\w+)/.exec(answer.text)?.[1]
  return missing === undefined || needed.includes(missing) ? [] : [`${name} needs ${missing}`]
}

/** Every odd request to an operation, and at last the one that is meant to be sent. */
function triesOf(operation: WalkedOperation): Try[] {
  const { method, path, parameters } = operation
  const inQuery = method === 'GET' || method === 'DELETE'
  const sample = sampleOf(operation, town)
  const meant = inQuery ? { query: `?${queryOf(sample)}` } : { request: { json: sample } }
  // What is deleted once is not there for the next try: those look for something that is not there.
  const place = method === 'DELETE' ? { place: MISSING_ID } : {}
  const odd = parameters
    .filter((parameter) => parameter.in !== 'path')
    .flatMap((parameter) =>
      oddValues(parameter.name, parameter.schema, town.others).map((value) =>
        oddTry(sample, parameter, value),
      ),
    )
  const bodies = inQuery
    ? []
    : ODD_BODIES.map(({ what, type, body }) => ({
        what,
        request: { body, headers: { 'content-type': type } },
      }))
  const queries = ['?%ff=%fe', '?a=1&a[]=2', `?a${'[b]'.repeat(40)}=1`, '?%00=1'].map((query) => ({
    what: `the query ${query.slice(0, 20)}`,
    query,
  }))
  const places = path.includes('{')
    ? [...ODD_PLACES, ...town.others].map((odd) => ({
        what: `${odd.slice(0, 30)} in the path`,
        ...meant,
        place: odd,
      }))
    : []
  return [
    ...[{ what: 'nothing' }, ...odd, ...bodies, ...queries].map((one) => ({ ...place, ...one })),
    ...places,
    { what: 'what is meant to be sent', ...meant },
  ]
}

function oddTry(sample: Record<string, unknown>, parameter: WalkedParameter, odd: OddValue): Try {
  const tree = { ...sample, [parameter.name]: odd.value }
  const what = `${odd.what} as ${parameter.name}`
  if (parameter.in === 'query') return { what, query: `?${queryOf(tree)}` }
  return { what, request: typeof odd.value === 'string' ? { form: pairsOf(tree) } : { json: tree } }
}

describe('SEC-HTTP-08 bad input', () => {
  it.each(reads.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (_name, operation) => {
      const problems: string[] = []
      await atOnce(6, triesOf(operation), async (tried) => {
        const answer = await send(operation, tried)
        problems.push(...problemWith(operation, tried, answer), ...problemWithNeeds(operation, tried, answer))
      })
      expect(problems).toEqual([])
    },
    60_000,
  )

  // One at a time, so that it is known which request wrote.
  it.each(writes.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (_name, operation) => {
      const problems: string[] = []
      await watch.takeWrites()
      for (const tried of triesOf(operation)) {
        const answer = await send(operation, tried)
        problems.push(...problemWith(operation, tried, answer), ...problemWithNeeds(operation, tried, answer))
        const written = await watch.takeWrites()
        if (answer.status >= 400 && written.length > 0 && !UNDOING.test(operation.path))
          problems.push(
            `${operation.name} with ${tried.what}: ${answer.status}, yet wrote ${written.join(', ')}`,
          )
      }
      expect(problems).toEqual([])
    },
    60_000,
  )

  it('came past the checks of every operation that can be reached here', () => {
    const missed = all.map(({ name }) => name).filter((name) => !reached.has(name) && !OUT_OF_REACH.has(name))
    expect(missed).toEqual([])
  })
})
