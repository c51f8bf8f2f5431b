import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const PATH = '/api/v1/lists'
const RECORD_NOT_FOUND = [404, { error: 'Record not found' }]
const outcome = (answer: { status: number; body: unknown }) => [answer.status, answer.body]
const failed = (message: string) => [422, { error: `Validation failed: ${message}` }]
const newList = async (client = alice, json: object = { title: 'Friends' }) =>
  (await client.post(PATH, { json })).body
const idsOf = (answer: { body: { id: string }[] }) => answer.body.map((each) => each.id)

async function followed(count: number): Promise<AccountRow[]> {
  const accounts: AccountRow[] = []
  for (let n = 0; n < count; n++) {
    const account = await make.account({})
    await make.follow({ account: cast.alice.account, target: account })
    accounts.push(account)
  }
  return accounts
}

describe('lists', () => {
  it('are made, shown, changed and deleted', async () => {
    const list = await newList()
    expect(list).toEqual({
      id: expect.stringMatching(/^\d+$/),
      title: 'Friends',
      replies_policy: 'list',
      exclusive: false,
    })
    const form = await alice.post(PATH, {
      form: { title: 'More', replies_policy: 'followed', exclusive: 'true' },
    })
    expect(form.body).toMatchObject({ title: 'More', replies_policy: 'followed', exclusive: true })
    expect((await alice.get(PATH)).body).toEqual([list, form.body])
    expect((await bob.get(PATH)).body).toEqual([])
    const one = `${PATH}/${list.id}`
    const changed = await alice.put(one, { json: { replies_policy: 'none' } })
    expect(changed.body).toEqual({ ...list, replies_policy: 'none' })
    expect((await alice.patch(one, { json: { title: 'Best', exclusive: true } })).body).toEqual({
      ...changed.body,
      title: 'Best',
      exclusive: true,
    })
    expect(outcome(await alice.delete(one))).toEqual([200, {}])
    expect(outcome(await alice.get(one))).toEqual(RECORD_NOT_FOUND)
  })

  it.each([
    [{ title: '' }, "Title can't be blank"],
    [{ title: 'x'.repeat(257) }, 'Title is too long (maximum is 256 characters)'],
    [{ replies_policy: 'some' }, 'Replies policy is not included in the list'],
  ])('refuse %p', async (wrong, message) => {
    expect(outcome(await alice.post(PATH, { json: { title: 'x', ...wrong } }))).toEqual(failed(message))
    const { id } = await newList()
    expect(outcome(await alice.put(`${PATH}/${id}`, { json: wrong }))).toEqual(failed(message))
  })

  it('are fifty at most, however many are asked for at the same time', async () => {
    for (let n = 0; n < 48; n++) await make.list({ account: cast.alice.account })
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => alice.post(PATH, { json: { title: 'x' } })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 422, 422, 422])
    expect(outcome(await alice.post(PATH, { json: { title: 'x' } }))).toEqual(
      failed('You have reached the maximum number of lists'),
    )
  })

  it('SEC-PRIV-13 are found by their owner only, whatever is asked', async () => {
    const [account] = await followed(1)
    const theirs = await newList(bob)
    const json = { account_ids: [account?.id], title: 'Mine' }
    for (const [method, path] of [
      ['GET', `${PATH}/${theirs.id}`],
      ['PUT', `${PATH}/${theirs.id}`],
      ['DELETE', `${PATH}/${theirs.id}`],
      ['GET', `${PATH}/${theirs.id}/accounts`],
      ['POST', `${PATH}/${theirs.id}/accounts`],
      ['DELETE', `${PATH}/${theirs.id}/accounts`],
      ['GET', `/api/v1/timelines/list/${theirs.id}`],
    ] as const) {
      const answer = await alice.request(method, path, method === 'GET' ? {} : { json })
      expect([method, path, ...outcome(answer)]).toEqual([method, path, ...RECORD_NOT_FOUND])
    }
    expect((await bob.get(PATH)).body).toEqual([theirs])
    expect(await ctx.db('list_accounts')).toEqual([])
  })
})

describe('accounts on a list', () => {
  it('are followed, asked or oneself, and come on it once', async () => {
    const [one] = (await followed(1)) as [AccountRow]
    const asked = await make.account({})
    await make.followRequest({ account: cast.alice.account, target: asked })
    const { id } = await newList()
    const path = `${PATH}/${id}/accounts`
    const add = (account_ids: unknown) => alice.post(path, { json: { account_ids } })
    expect(outcome(await add([one.id, asked.id, cast.alice.account.id, one.id]))).toEqual([200, {}])
    expect(idsOf(await alice.get(path)).sort()).toEqual([one.id, asked.id, cast.alice.account.id].sort())
    expect((await alice.get(`/api/v1/accounts/${one.id}/lists`)).body).toMatchObject([{ id }])
    expect(outcome(await add([one.id]))).toEqual(failed('Account is already on the list'))
    expect(outcome(await add([cast.eve.account.id]))).toEqual(failed('Account must be a followed account'))
    const gone = await alice.delete(`${path}?account_ids[]=${one.id}&account_ids[]=1`)
    expect(outcome(gone)).toEqual([200, {}])
    await alice.delete(path, { json: { account_ids: [asked.id] } })
    expect(idsOf(await alice.get(path))).toEqual([cast.alice.account.id])
  })

  it('are all added or none', async () => {
    const [one, two] = (await followed(2)) as [AccountRow, AccountRow]
    const { id } = await newList()
    const add = (account_ids: string[]) => alice.post(`${PATH}/${id}/accounts`, { json: { account_ids } })
    expect(outcome(await add([one.id, '1']))).toEqual(RECORD_NOT_FOUND)
    expect(outcome(await add([one.id, 'x']))).toEqual(RECORD_NOT_FOUND)
    expect((await add([one.id, cast.eve.account.id, two.id])).status).toBe(422)
    expect(await ctx.db('list_accounts')).toEqual([])
    expect(outcome(await add([]))).toEqual([200, {}])
  })

  it('are paged by their own ids, or shown all at once', async () => {
    const accounts = await followed(3)
    const { id } = await make.list({ account: cast.alice.account, members: accounts })
    const ids = accounts.map((account) => account.id).toSorted((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))
    const path = `${PATH}/${id}/accounts`
    const first = await alice.get(`${path}?limit=2`)
    expect(idsOf(first)).toEqual(ids.slice(0, 2))
    const base = `https://social.test${path}?limit=2`
    expect(first.headers.get('link')).toBe(
      `<${base}&max_id=${ids[1]}>; rel="next", <${base}&since_id=${ids[0]}>; rel="prev"`,
    )
    expect(idsOf(await alice.get(`${path}?limit=2&max_id=${ids[1]}`))).toEqual(ids.slice(2))
    const all = await alice.get(`${path}?limit=0`)
    expect([idsOf(all), all.headers.get('link')]).toEqual([ids, null])
  })

  it('cost as many statements for 2 as for 40', async () => {
    await alice.get(PATH)
    const count = async (size: number) => {
      const members = await followed(size)
      const list = await make.list({ account: cast.alice.account, members })
      return (await countStatements(() => alice.get(`${PATH}/${list.id}/accounts`))).count
    }
    const few = await count(2)
    expect(await count(40)).toBe(few)
  })
})

describe('GET /api/v1/timelines/list/:id', () => {
  it('shows what the accounts on it wrote, with links', async () => {
    const [one] = (await followed(1)) as [AccountRow]
    const { id } = await make.list({ account: cast.alice.account, members: [one] })
    const path = `/api/v1/timelines/list/${id}`
    const empty = await alice.get(path)
    expect([empty.body, empty.headers.get('link')]).toEqual([[], null])
    const status = await make.status({ account: one })
    await ctx.redis.del(...(await ctx.redis.keys(`${ctx.config.redis.prefix}feed:*`)), 'none')
    const answer = await alice.get(path)
    expect(idsOf(answer)).toEqual([status.id])
    const base = `https://social.test${path}`
    expect(answer.headers.get('link')).toBe(
      `<${base}?max_id=${status.id}>; rel="next", <${base}?min_id=${status.id}>; rel="prev"`,
    )
  })

  it('takes as many statements for 2 as for 20', async () => {
    const [one] = (await followed(1)) as [AccountRow]
    const { id } = await make.list({ account: cast.alice.account, members: [one] })
    await alice.get(PATH)
    const count = async (size: number) => {
      for (let n = 0; n < size; n++) await make.status({ account: one })
      return (await countStatements(() => alice.get(`/api/v1/timelines/list/${id}`))).count
    }
    const few = await count(2)
    expect(await count(18)).toBe(few)
  })
})
