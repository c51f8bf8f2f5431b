import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { connect, type Db, disconnect } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { apiRoutes } from '../../src/api/index.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

/** A statement that takes longer is not one of a bounded query; one of the house takes a few milliseconds. */
const STATEMENT_TIMEOUT_MS = 1_500
const ACCOUNTS = 3_000
const STATUSES = 60_000
const OF_ONE = 30_000

let ctx: TestContext
let db: Db
let web: TestWeb
let make: Factories
/** What a path names, by the word before it. */
let named: Record<string, string>

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  named = await fill()
  db = connect({
    url: ctx.config.env.DATABASE_URL ?? '',
    poolSize: 4,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  })
  web = await startWeb({ ...ctx, db })
}, 180_000)
afterAll(async () => {
  await web.close()
  await disconnect(db)
  await closeTestContext(ctx)
})

/** A busy server: one who says much to followers only, a status everybody likes, a reader who follows and blocks many. */
async function fill(): Promise<Record<string, string>> {
  const reader = await make.viewer({ account: { username: 'reader' } })
  const loud = await make.account({ username: 'loud' })
  const tag = await make.tag({ name: 'popular' })
  const liked = await make.status({ account: loud, tags: ['popular'] })
  const ids = { reader: reader.account.id, loud: loud.id, liked: liked.id, tag: tag.id }
  for (const statement of [
    `insert into accounts (id, username, domain, uri, protocol, actor_type)
       select 10000 + n, 'a' || n, 'd' || n % 200 || '.example', 'https://d.example/' || n, 1, 'Person'
       from generate_series(1, ${ACCOUNTS}) n`,
    `insert into account_stats (account_id) select id from accounts on conflict do nothing`,
    `insert into statuses (id, account_id, visibility, local, text, uri, reply, in_reply_to_id, in_reply_to_account_id)
       select (n::bigint << 20) + 5, 10000 + 1 + n % ${ACCOUNTS}, (array[0, 0, 0, 1, 2, 3])[1 + n % 6], false, 'word ' || n,
         'https://d.example/s/' || n, n % 7 = 0, case when n % 7 = 0 then ${ids.liked} end,
         case when n % 7 = 0 then ${ids.loud} end
       from generate_series(1, ${STATUSES}) n`,
    `insert into statuses (id, account_id, visibility, local, text)
       select (n::bigint << 20) + 6, ${ids.loud}, 2, true, 'secret ' || n from generate_series(1, ${OF_ONE}) n`,
    `insert into statuses (id, account_id, visibility, local, reblog_of_id)
       select (n::bigint << 20) + 7, 10000 + n, 0, false, ${ids.liked} from generate_series(1, ${ACCOUNTS}) n`,
    `insert into statuses_tags (status_id, tag_id)
       select id, ${ids.tag} from statuses where id % 32 = 5 and account_id % 3 = 0`,
    `insert into favourites (account_id, status_id)
       select 10000 + n, ${ids.liked} from generate_series(1, ${ACCOUNTS}) n`,
    `insert into favourites (account_id, status_id)
       select ${ids.reader}, id from statuses where local = false and reblog_of_id is null limit 10000`,
    `insert into bookmarks (account_id, status_id) select account_id, status_id from favourites where account_id = ${ids.reader}`,
    `insert into follows (account_id, target_account_id)
       select ${ids.reader}, 10000 + n from generate_series(1, 2000) n`,
    `insert into follows (account_id, target_account_id)
       select 10000 + n, ${ids.reader} from generate_series(1, ${ACCOUNTS}) n`,
    `insert into blocks (account_id, target_account_id)
       select ${ids.reader}, 10000 + n from generate_series(2001, 2500) n`,
    `insert into mutes (account_id, target_account_id)
       select ${ids.reader}, 10000 + n from generate_series(2501, 3000) n`,
    `insert into notifications (account_id, from_account_id, activity_id, activity_type, type, filtered)
       select ${ids.reader}, account_id, id, 'Favourite', 'favourite', id % 2 = 0 from favourites
       where status_id = ${ids.liked}`,
    `insert into mentions (account_id, status_id)
       select ${ids.reader}, id from statuses where local = false and account_id % 5 = 0 and reblog_of_id is null limit 5000`,
    'analyze',
  ])
    await ctx.db.raw(statement)
  token = (await make.token({ user: reader.user, scopes: 'read write follow push profile' })).secret
  return {
    accounts: loud.id,
    statuses: liked.id,
    tags: 'popular',
    tag: 'popular',
    ...(await pathIds(reader.account.id)),
  }
}

let token = ''

async function pathIds(readerId: string): Promise<Record<string, string>> {
  const notification = await ctx.db('notifications').where({ account_id: readerId }).first('id')
  return { notifications: notification.id }
}

const TOP = '9223372036854775807'
const WINDOWS: Record<string, string>[] = [
  {},
  { max_id: '1' },
  { max_id: TOP, limit: '9999' },
  { min_id: '0', limit: '9999' },
  { min_id: TOP },
  { since_id: '0', limit: '9999' },
  { max_id: String(30_000n << 20n), since_id: '1', min_id: '2', limit: '9999' },
  { offset: '999999999', limit: '9999' },
]
/** Values that leave little or nothing of a list. */
const NARROW: Record<string, unknown> = {
  q: 'word',
  acct: 'loud',
  types: ['favourite'],
  exclude_types: ['mention', 'follow'],
  tagged: 'rare',
  any: ['rare', 'popular'],
  all: ['rare'],
  none: ['popular'],
  account_id: '10001',
  id: ['10001'],
  timeline: ['home'],
}

it('SEC-DOS-21 no combination of parameters makes a list that is not bounded', async () => {
  const slow: string[] = []
  const clients = [web.as(token), web]
  let answered = 0
  for (const route of apiRoutes.filter(({ method, path }) => method === 'get' && !/streaming/.test(path))) {
    const path = pathOf(route.path)
    await clearRedis(ctx) // so many requests are more than anybody may make
    for (const query of queriesOf(route.params)) {
      for (const client of clients) {
        const started = performance.now()
        const answer = await client.get(`${path}?${query}`)
        const ms = Math.round(performance.now() - started)
        expect([path, answer.status === 429]).toEqual([path, false])
        answered += answer.status === 200 ? 1 : 0
        if (answer.status >= 500 || ms > 2 * STATEMENT_TIMEOUT_MS)
          slow.push(`${path}?${query} ${answer.status} after ${ms} ms`)
      }
    }
  }
  expect(slow).toEqual([])
  expect(answered).toBeGreaterThan(300)
}, 300_000)

it('the timeout would tell: a statement that is not bounded is an error', async () => {
  await expect(db.raw('select pg_sleep(3)')).rejects.toThrow(/statement timeout/)
})

function pathOf(path: string): string {
  return path.replace(/\/(\w+)\/:\w+/g, (_whole, word: string) => `/${word}/${named[word] ?? '1'}`)
}

/** Every window, bare and with every other parameter set (switches on, lists narrow); each parameter alone. */
function queriesOf(params: unknown): string[] {
  const shape = (params as { shape?: Record<string, unknown> }).shape ?? {}
  const others = Object.keys(shape).filter((name) => !/^(max_id|min_id|since_id|limit|offset)$/.test(name))
  const isPaged = Object.keys(shape).length > others.length
  const set = (names: readonly string[]) => {
    const pairs = new URLSearchParams()
    for (const name of names) {
      const value = NARROW[name] ?? 'true'
      if (Array.isArray(value)) for (const item of value) pairs.append(`${name}[]`, item)
      else pairs.append(name, String(value))
    }
    return pairs
  }
  const windows = isPaged ? WINDOWS : [{}]
  const all = [
    ...windows.flatMap((window) =>
      [[], others].map((names) => `${set(names)}&${new URLSearchParams(window)}`),
    ),
    ...others.map((name) => set([name]).toString()),
  ]
  return [...new Set(all)]
}
