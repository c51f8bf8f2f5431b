import { refreshRecommendations } from '@anancus/core/domain/accounts'
import { saveSettings } from '@anancus/core/domain/settings'
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
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const open = async (values: Partial<AccountRow> = {}): Promise<AccountRow> =>
  (await make.viewer({ account: { discoverable: true, ...values } })).account
const bobFollows = (target: AccountRow) => make.follow({ account: cast.bob.account, target })
const read = async () => (await bob.get('/api/v2/suggestions')).body as Suggested[]
interface Suggested {
  source: string
  sources: string[]
  account: { id: string }
}
const sourcesOf = async (account: { id: string }) =>
  (await read()).find((item) => item.account.id === account.id)?.sources
const forget = async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}cache:follow_recommendations*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
}

describe('who is suggested', () => {
  it('is the choice of the staff', async () => {
    const chosen = await open({ username: 'chosen' })
    const far = await make.remoteAccount({ username: 'far', domain: 'far.example', discoverable: true })
    await saveSettings(ctx, { bootstrap_timeline_accounts: '@Chosen, far@FAR.example ,nobody,,bob' })
    const items = await read()
    expect(items.map((item) => item.account.id).sort()).toEqual([chosen.id, far.id].sort())
    expect(items[0]).toMatchObject({ source: 'staff', sources: ['featured'] })
  })

  it('is a friend of friends, unless those hide whom they follow', async () => {
    const friend = await open()
    const discreet = await open({ hide_collections: true })
    const known = await open()
    const secret = await open()
    await bobFollows(friend)
    await bobFollows(discreet)
    await make.follow({ account: friend, target: known })
    await make.follow({ account: discreet, target: secret })
    expect((await read()).map((item) => [item.account.id, item.source, item.sources])).toEqual([
      [known.id, 'past_interactions', ['friends_of_friends']],
    ])
  })

  it('is whom readers of the same accounts follow as well', async () => {
    const author = await open()
    const similar = await open()
    await bobFollows(author)
    for (let each = 0; each < 2; each++) {
      const reader = await open({ discoverable: false })
      await make.follow({ account: reader, target: author })
      await make.follow({ account: reader, target: similar })
    }
    expect(await sourcesOf(similar)).toEqual(['similar_to_recently_followed'])
  })

  it('is whom many follow or answer, in a language of the reader', async () => {
    const followed = await open()
    const answered = await open()
    const german = await open()
    const suppressed = await open()
    await make.status({ account: followed })
    await make.status({ account: answered, stats: { favourites_count: '3', reblogs_count: '2' } })
    await make.status({ account: german, language: 'de', stats: { favourites_count: '9' } })
    await make.status({ account: suppressed, stats: { favourites_count: '9' } })
    await ctx
      .db('follow_recommendation_suppressions')
      .insert({ account_id: suppressed.id, created_at: new Date(), updated_at: new Date() })
    for (let each = 0; each < 5; each++) {
      const { account, user } = await make.viewer()
      await ctx.db('users').where({ id: user.id }).update({ current_sign_in_at: new Date() })
      await make.follow({ account, target: followed })
    }
    expect(await read()).toEqual([])
    await refreshRecommendations(ctx)
    await forget()
    expect(await sourcesOf(followed)).toEqual(['most_followed'])
    expect((await read()).find((item) => item.account.id === answered.id)).toMatchObject({
      source: 'global',
      sources: ['most_interactions'],
    })
    expect(await sourcesOf(german)).toBeUndefined()
    expect(await sourcesOf(suppressed)).toBeUndefined()
    await ctx.db('users').where({ id: cast.bob.user.id }).update({ locale: 'de' })
    await forget()
    expect(await sourcesOf(german)).toEqual(['most_interactions'])
    expect(await sourcesOf(followed)).toBeUndefined()
  })

  it.each<[string, (target: AccountRow) => Promise<unknown>]>([
    ['does not want to be found', (target) => change(target, { discoverable: false })],
    ['is limited', (target) => change(target, { silenced_at: new Date() })],
    ['is suspended', (target) => change(target, { suspended_at: new Date() })],
    ['has died', (target) => change(target, { memorial: true })],
    ['has moved', (target) => change(target, { moved_to_account_id: cast.alice.account.id })],
    ['is followed', (target) => bobFollows(target)],
    ['was asked', (target) => make.followRequest({ account: cast.bob.account, target })],
    ['is blocked', (target) => make.block({ account: cast.bob.account, target })],
    ['blocks the reader', (target) => make.block({ account: target, target: cast.bob.account })],
    ['is muted', (target) => make.mute({ account: cast.bob.account, target })],
    [
      'waits for approval',
      (target) => ctx.db('users').where({ account_id: target.id }).update({ approved: false }),
    ],
  ])('is nobody who %s, before the list was made or since', async (_, spoil) => {
    const chosen = await open({ username: 'chosen' })
    await saveSettings(ctx, { bootstrap_timeline_accounts: 'chosen' })
    expect(await read()).toHaveLength(1)
    await spoil(chosen)
    expect(await read()).toEqual([])
    await forget()
    expect(await read()).toEqual([])
  })

  const change = (target: AccountRow, values: object) =>
    ctx.db('accounts').where({ id: target.id }).update(values)
})

it('is taken out for good, and pages by offset', async () => {
  const names = ['a', 'b', 'c']
  const accounts = await Promise.all(names.map((name) => open({ username: `open_${name}` })))
  await saveSettings(ctx, { bootstrap_timeline_accounts: names.map((name) => `open_${name}`).join(',') })
  const first = await bob.get('/api/v2/suggestions?limit=2')
  const rest = await bob.get('/api/v2/suggestions?limit=2&offset=2')
  expect([...first.body, ...rest.body].map((item) => item.account.id).sort()).toEqual(
    accounts.map(({ id }) => id).sort(),
  )
  expect(first.headers.get('link')).toBeNull()
  const removed = await bob.delete(`/api/v1/suggestions/${accounts[0]?.id}`)
  expect([removed.status, removed.body]).toEqual([200, {}])
  expect((await bob.delete(`/api/v1/suggestions/${accounts[0]?.id}`)).body).toEqual({})
  expect((await bob.delete('/api/v1/suggestions/1')).body).toEqual({})
  const older = await bob.get('/api/v1/suggestions')
  expect(older.body.map((account: { id: string }) => account.id).sort()).toEqual(
    [accounts[1]?.id, accounts[2]?.id].sort(),
  )
  expect(older.headers.get('deprecation')).toBe('@1621123200')
  const alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read' }))
  expect((await alice.get('/api/v1/suggestions')).body).toHaveLength(3)
})

it('is for users with the scope alone', async () => {
  const follows = web.as(await make.token({ user: cast.bob.user, scopes: 'follow' }))
  for (const path of ['/api/v1/suggestions', '/api/v2/suggestions']) {
    expect((await web.get(path)).status).toBe(401)
    expect((await follows.get(path)).status).toBe(403)
  }
  expect((await follows.delete('/api/v1/suggestions/1')).status).toBe(403)
})

it('takes as many statements for thirty accounts as for two', async () => {
  const friend = await open()
  await bobFollows(friend)
  const befriend = async (count: number) => {
    for (let each = 0; each < count; each++) await make.follow({ account: friend, target: await open() })
    await forget()
    return countStatements(() => bob.get('/api/v2/suggestions'))
  }
  // The first request of a token also notes that it is used.
  await bob.get('/api/v2/suggestions')
  const few = await befriend(2)
  const many = await befriend(28)
  expect(many.count).toBe(few.count)
})

describe('GET /api/v1/directory', () => {
  const ids = async (path: string, client: TestClient = web) =>
    (await client.get(`/api/v1/directory${path}`)).body.map((account: { id: string }) => account.id)
  const wrote = (account: AccountRow, daysAgo: number) =>
    ctx
      .db('account_stats')
      .where({ account_id: account.id })
      .update({ last_status_at: new Date(Date.now() - daysAgo * 86_400_000) })

  it('lists who wants to be found: who wrote last, or came last, first', async () => {
    const first = await open()
    const second = await open()
    const far = await make.remoteAccount({ domain: 'far.example', discoverable: true })
    for (const [place, account] of [first, far, second].entries()) await wrote(account, place)
    for (const values of [{ discoverable: false }, { silenced_at: new Date() }, { suspended_at: new Date() }])
      await wrote(await open(values), 0)
    const answer = await web.get('/api/v1/directory')
    expect(answer.headers.get('cache-control')).toMatch(/^max-age=15, public/)
    expect(await ids('')).toEqual([first.id, far.id, second.id])
    expect(await ids('?order=new')).toEqual([far.id, second.id, first.id])
    expect(await ids('?local=true')).toEqual([first.id, second.id])
    expect(await ids('?limit=1&offset=1')).toEqual([far.id])
    expect(answer.headers.get('link')).toBeNull()
  })

  it('leaves out whom the reader keeps out of sight', async () => {
    const accounts = [await open(), await open(), await open()] as const
    const far = await make.remoteAccount({ domain: 'far.example', discoverable: true })
    await make.block({ account: cast.bob.account, target: accounts[0] })
    await make.block({ account: accounts[1], target: cast.bob.account })
    await make.domainBlock({ account: cast.bob.account, domain: 'far.example' })
    expect(await ids('?order=new')).toHaveLength(4)
    expect(await ids('?order=new', bob)).toEqual([accounts[2].id])
    expect(await ids('?order=new')).toContain(far.id)
  })

  it('takes as many statements for thirty as for two', async () => {
    await wrote(await open(), 1)
    await wrote(await open(), 1)
    await ids('')
    const few = await countStatements(() => ids(''))
    for (let each = 0; each < 28; each++) await wrote(await open(), each)
    const many = await countStatements(() => ids(''))
    expect(many.count).toBe(few.count)
    expect(await ids('')).toHaveLength(30)
  })

  it('is not there when it is switched off', async () => {
    await saveSettings(ctx, { profile_directory: false })
    const answer = await web.get('/api/v1/directory')
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not Found' }])
  })
})
