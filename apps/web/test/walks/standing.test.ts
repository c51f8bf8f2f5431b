import { clearRedis, closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { SCOPES } from '@anancus/core/domain/oauth'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestAnswer, type TestClient, type TestWeb } from '../support/server.ts'
import { type WalkedOperation, walkedOperations } from './operations.ts'
import { sampleOf } from './samples.ts'
import { buildTown, type WalkTown } from './town.ts'
import { type WriteWatch, watchWrites } from './watch-writes.ts'

/**
 * Every operation of the API's description, called well but by somebody who may not: with no token, a made-up one, an
 * application's, and as users who are not confirmed, not approved, disabled, suspended, moved away or remembered only.
 */

const UNKNOWN = 'not-a-token'
const LOGIN = {
  unconfirmed: 'Your login is missing a confirmed e-mail address',
  pending: 'Your login is currently pending approval',
  disabled: 'Your login is currently disabled',
}
/** Nothing is looked at but who is there: an account that is gone is gone for those too. */
const SELF = /\/(emails|apps)\//

const all = walkedOperations().filter(({ path }) => path.startsWith('/api/') && !path.includes('streaming'))
const named = (operations: readonly WalkedOperation[]) =>
  operations.map((operation) => [operation.name, operation] as const)
const counts = { requests: 0 }

let ctx: TestContext
let web: TestWeb
let town: WalkTown
let watch: WriteWatch
/** By how they stand, and what they are to be told. */
let standings: [name: string, client: TestClient, told: string][]

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  town = await buildTown(ctx, web)
  const make = factories(ctx.db)
  const scopes = SCOPES.join(' ')
  const now = new Date()
  const clientOf = async (values: Parameters<typeof make.user>[0]) =>
    web.as(await make.token({ user: (await make.user(values)).user, scopes }))
  standings = [
    ['unconfirmed', await clientOf({ confirmed_at: null }), LOGIN.unconfirmed],
    ['not approved', await clientOf({ approved: false }), LOGIN.pending],
    ['disabled', await clientOf({ disabled: true }), LOGIN.disabled],
    ['suspended', await clientOf({ account: { suspended_at: now } }), LOGIN.disabled],
    ['remembered only', await clientOf({ account: { memorial: true } }), LOGIN.disabled],
    ['moved', await clientOf({ account: { moved_to_account_id: town.bob.account.id } }), LOGIN.disabled],
  ]
  watch = await watchWrites(ctx.db)
}, 60_000)
afterAll(async () => {
  process.stderr.write(`who may not: ${counts.requests} requests to ${all.length} operations\n`)
  await web.close()
  await closeTestContext(ctx)
})
beforeEach(() => clearRedis(ctx))

/** Sends what would be done for somebody who may. */
function call(client: Pick<TestClient, 'request'>, operation: WalkedOperation): Promise<TestAnswer> {
  counts.requests += 1
  const sample = sampleOf(operation, town)
  const isRead = operation.method === 'GET'
  return client.request(operation.method, town.fill(operation.path), isRead ? {} : { json: sample })
}

const writes = all.filter(({ method }) => method !== 'GET')

describe('nobody', () => {
  const closed = all.filter(({ auth }) => ['token', 'user', 'app'].includes(auth))

  it.each(named(closed))('%s is closed without a token and with a made-up one', async (_name, operation) => {
    await watch.takeWrites()
    for (const client of [web, web.as(UNKNOWN)]) {
      const answer = await call(client, operation)
      // 422: any token does, but a user has to be there.
      expect([401, 404, 422]).toContain(answer.status)
      if (answer.status === 401) {
        expect(answer.body).toEqual({ error: 'The access token is invalid' })
        expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
      }
    }
    expect(await watch.takeWrites()).toEqual([])
  })
})

describe('somebody who may not act', () => {
  const personal = all.filter(({ auth, path }) => auth === 'user' && !SELF.test(path))

  it.each(named(personal))('%s says why, and changes nothing', async (_name, operation) => {
    await watch.takeWrites()
    const wrong: string[] = []
    for (const [standing, client, told] of standings) {
      const { status, body, text } = await call(client, operation)
      // A status is looked up first, and who may not act sees none that is not public.
      const isRefused = status === 403 ? body.error === told : status === 404 && operation.looksUp
      if (!isRefused) wrong.push(`${standing}: ${status} ${text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
    expect(await watch.takeWrites()).toEqual([])
  })

  it.each(named(all.filter(({ isPermitted }) => isPermitted)))(
    '%s is closed to whoever is no moderator',
    async (_name, operation) => {
      await watch.takeWrites()
      const make = factories(ctx.db)
      const token = await make.token({ user: town.eve.user, scopes: SCOPES.join(' ') })
      const answers = [
        await call(web, operation),
        await call(web.as(token), operation),
        await call(town.app, operation),
        ...(await Promise.all(standings.map(([, client]) => call(client, operation)))),
      ]
      expect(
        answers.filter(({ status }) => ![401, 403, 422].includes(status)).map(({ text }) => text),
      ).toEqual([])
      expect((await watch.takeWrites()).filter((name) => name !== 'oauth_applications')).toEqual([])
    },
  )
})

describe('SEC-PRIV-01 SEC-PRIV-07 somebody whom the author blocked', () => {
  const ofStatus = all.filter(
    ({ path }) => /\/(statuses\/\{id\}|polls\/)/.test(path) && !/admin|trends/.test(path),
  )

  it.each(named(ofStatus))('%s is as of a status that is not there', async (_name, operation) => {
    const make = factories(ctx.db)
    const { mallory, alice } = town
    const client = web.as(await make.token({ user: mallory.user, scopes: SCOPES.join(' ') }))
    const status = await make.status({ account: alice.account, text: 'Not for her' })
    const poll = await make.poll({ status })
    await watch.takeWrites()
    const ask = (id: string) =>
      client.request(
        operation.method,
        operation.path.replace(/\{\w+\}/, id).replace(/\{\w+\}/, '1'),
        operation.method === 'GET' ? {} : { json: sampleOf(operation, town) },
      )
    const [theirs, unused] = [
      await ask(operation.path.includes('/polls/') ? poll.id : status.id),
      await ask('109999999999999999'),
    ]
    expect([theirs.status, theirs.text]).toEqual([unused.status, unused.text])
    expect(theirs.status).toBe(404)
    expect(await watch.takeWrites()).toEqual([])
  })

  it('reaches nobody by any write', async () => {
    const make = factories(ctx.db)
    const { mallory, alice } = town
    const client = web.as(await make.token({ user: mallory.user, scopes: SCOPES.join(' ') }))
    await client.post(`/api/v1/accounts/${alice.account.id}/follow`)
    await client.post('/api/v1/statuses', { json: { status: '@alice see here' } })
    expect(await ctx.db('follows').where({ account_id: mallory.account.id })).toEqual([])
    expect(
      await ctx
        .db('follow_requests')
        .where({ account_id: mallory.account.id, target_account_id: alice.account.id }),
    ).toEqual([])
    expect(writes.length).toBeGreaterThan(100)
  })
})
