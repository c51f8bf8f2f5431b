import { saveSettings } from '@anancus/core/domain/settings'
import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { apiRoutes } from '../../src/api/index.ts'
import { type Plenty, plenty, SHARED_LINK } from '../support/plenty.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

/** No answer takes more statements than this, whatever there is to show. */
const BUDGET = 50
const FEW = 2
const MANY = 40
/** Statuses that may be asked for by id at once. */
const MOST_IDS = 20

interface World extends Plenty {
  ctx: TestContext
  web: TestWeb
}

let few: World
let many: World
beforeAll(async () => {
  few = await settle(FEW)
  many = await settle(MANY)
}, 120_000)
afterAll(async () => {
  for (const world of [few, many]) {
    await world.web.close()
    await closeTestContext(world.ctx)
  }
})

async function settle(n: number): Promise<World> {
  const ctx = await testContext()
  await saveSettings(ctx, { show_domain_blocks: 'all' })
  return { ctx, web: await startWeb(ctx), ...(await plenty(ctx, n)) }
}

/** What a route needs besides its path. */
const QUERIES: Readonly<Record<string, (world: World) => string>> = {
  '/api/v1/accounts': ({ crowdIds }) => idList(crowdIds),
  '/api/v1/accounts/familiar_followers': ({ crowdIds }) => idList(crowdIds),
  '/api/v1/accounts/lookup': () => 'acct=loud',
  '/api/v1/accounts/relationships': ({ crowdIds }) => idList(crowdIds),
  '/api/v1/accounts/search': () => 'q=user',
  '/api/v1/statuses': ({ statusIds }) => idList(statusIds.slice(0, MOST_IDS)),
  '/api/v1/timelines/link': () => `url=${SHARED_LINK}`,
  '/api/v2/search': () => 'q=user',
}

const idList = (ids: readonly string[]) => ids.map((id) => `id[]=${id}`).join('&')

/** Lists that are no longer with more to show. */
const FIXED: Readonly<Record<string, string>> = {
  '/api/v1/instance/activity': 'twelve weeks',
  '/api/v1/instance/languages': 'all languages',
}

const lists = apiRoutes.filter(({ method, path }) => method === 'get' && !/streaming|oembed/.test(path))

async function ask(world: World, path: string) {
  const place = path.replace(
    /\/(\w+)\/:\w+/g,
    (_whole, word: string) => `/${word}/${world.named[word] ?? '1'}`,
  )
  const url = `${place}?limit=${MANY}&${QUERIES[path]?.(world) ?? ''}`
  await clearRedis(world.ctx)
  const client = world.web.as(world.token)
  let items = 0
  let status = 0
  const { count, texts } = await countStatements(async () => {
    const answer = await client.get(url)
    status = answer.status
    items = longestList(answer.body)
  })
  return { count, texts, items, status }
}

/** The length of the longest list in an answer, at most two levels down. */
function longestList(body: unknown, depth = 2): number {
  if (Array.isArray(body)) return body.length
  if (depth === 0 || body === null || typeof body !== 'object') return 0
  return Math.max(0, ...Object.values(body).map((value) => longestList(value, depth - 1)))
}

describe('every list costs the same for 2 and for 40 items', () => {
  const grown: string[] = []

  it.each(lists.map(({ path }) => path))('GET %s', async (path) => {
    const [little, much] = [await ask(few, path), await ask(many, path)]
    expect([little.status, much.status]).not.toContain(500)
    const surplus = much.texts.filter((text) => !little.texts.includes(text))
    expect({ statements: much.count, surplus }).toEqual({ statements: little.count, surplus: [] })
    expect(much.count).toBeLessThanOrEqual(BUDGET)
    if (much.items > little.items) grown.push(path)
  })

  it('and they did have more to show', () => {
    const all = lists.filter(({ answers }) => Array.isArray(answers)).map(({ path }) => path)
    expect(all.filter((path) => !grown.includes(path) && !(path in FIXED))).toEqual([])
  })
})
