import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { type Remote, type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let remotes: Remotes
let far: Remote
let web: TestWeb
let make: Factories
let alice: Awaited<ReturnType<Factories['viewer']>>
let api: TestClient

beforeAll(async () => {
  remotes = await startRemotes(['far'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  far = remotes.host('far')
  alice = await make.viewer({ account: { username: 'alice' } })
  api = web.as(await make.token({ user: alice.user }))
})

const search = async (q: string, more: Record<string, string> = {}) =>
  (await api.get(`/api/v2/search?${new URLSearchParams({ q, resolve: 'true', ...more })}`)).body

describe('GET /api/v2/search with resolve', () => {
  it('asks the other server for a handle, once a day', async () => {
    const carol = far.actor('carol', { name: 'Carol' })
    const { accounts } = await search(`@${carol.handle}`)
    expect(accounts).toMatchObject([{ acct: carol.handle, display_name: 'Carol', uri: carol.uri }])
    const asked = far.requests.length
    expect((await search(carol.handle)).accounts).toHaveLength(1)
    expect(far.requests).toHaveLength(asked)
  })

  it('asks nobody without resolve', async () => {
    const carol = far.actor('carol')
    expect((await search(carol.handle, { resolve: 'false' })).accounts).toEqual([])
    expect((await api.get(`/api/v1/accounts/search?q=${carol.handle}`)).body).toEqual([])
    expect(far.requests).toEqual([])
    const resolved = await api.get(`/api/v1/accounts/search?q=${carol.handle}&resolve=true`)
    expect(resolved.body).toMatchObject([{ acct: carol.handle }])
  })

  it('finds the profile and the status behind an address', async () => {
    const carol = far.actor('carol')
    const note = far.note(carol, { content: '<p>from far</p>' })
    expect((await search(carol.uri)).accounts).toMatchObject([{ uri: carol.uri }])
    const found = await search(note.id)
    expect(found.accounts).toEqual([])
    expect(found.statuses).toMatchObject([{ uri: note.id, content: '<p>from far</p>' }])
    expect((await search(note.id, { type: 'accounts' })).statuses).toEqual([])
    expect((await search(note.id, { type: 'statuses' })).statuses).toHaveLength(1)
  })

  it('finds nothing where there is nothing, or a refused server', async () => {
    expect((await search(far.url('/nothing'))).statuses).toEqual([])
    expect((await search(`nobody@${far.host}`)).accounts).toEqual([])
    const carol = far.actor('carol')
    await ctx.db('domain_blocks').insert({ domain: far.host, severity: 1 })
    expect((await search(carol.handle)).accounts).toEqual([])
    expect((await search(carol.uri)).accounts).toEqual([])
  })

  it('shows a status to nobody it is not meant for (SEC-PRIV-09)', async () => {
    const carol = far.actor('carol')
    const note = far.note(carol, { to: [carol.followers], cc: [] })
    expect((await search(note.id)).statuses).toEqual([])
  })
})
