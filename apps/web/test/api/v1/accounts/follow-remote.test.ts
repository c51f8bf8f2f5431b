import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { type Remote, type RemoteActor, type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../../support/server.ts'

let ctx: TestContext
let remotes: Remotes
let far: Remote
let web: TestWeb
let make: Factories
let alice: Awaited<ReturnType<Factories['viewer']>>
let api: TestClient
let carol: RemoteActor
let carolId: string

beforeAll(async () => {
  remotes = await startRemotes(['far', 'evil'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
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
  carol = far.actor('carol')
  alice = await make.viewer({ account: { username: 'alice' } })
  api = web.as(await make.token({ user: alice.user }))
  const found = await api.get(`/api/v2/search?resolve=true&q=${encodeURIComponent(carol.handle)}`)
  carolId = found.body.accounts[0].id
})

const relationship = async () => (await api.get(`/api/v1/accounts/relationships?id[]=${carolId}`)).body[0]
const post = (verb: string, json: object = {}) => api.post(`/api/v1/accounts/${carolId}/${verb}`, { json })
const typesReceived = () => far.received.map((activity) => activity.type)
const aliceUri = () => `https://social.test/ap/users/${alice.account.id}`
const activity = (actor: RemoteActor, id: string, parts: object) => ({
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: `${actor.uri}#${id}`,
  actor: actor.uri,
  ...parts,
})
const notificationTypes = async () =>
  (await api.get('/api/v1/notifications')).body.map((notification: { type: string }) => notification.type)

describe('following somebody of another server', () => {
  it('is a request until the server accepts, and ends on both sides', async () => {
    await post('follow')
    await drainQueues(ctx)
    expect(far.received).toMatchObject([{ type: 'Follow', actor: aliceUri(), object: carol.uri }])
    expect(await relationship()).toMatchObject({ following: false, requested: true })
    await deliver(ctx, carol, activity(carol, 'a', { type: 'Accept', object: far.received[0] }))
    expect(await relationship()).toMatchObject({ following: true, requested: false })
    await post('unfollow')
    await drainQueues(ctx)
    expect(far.received[1]).toMatchObject({
      type: 'Undo',
      object: { type: 'Follow', id: far.received[0]?.id },
    })
    expect(await relationship()).toMatchObject({ following: false, requested: false })
  })

  it('is refused, at once or later', async () => {
    await post('follow')
    await drainQueues(ctx)
    await deliver(ctx, carol, activity(carol, 'r', { type: 'Reject', object: far.received[0] }))
    expect(await relationship()).toMatchObject({ following: false, requested: false })
    await post('follow')
    await drainQueues(ctx)
    await deliver(ctx, carol, activity(carol, 'a', { type: 'Accept', object: far.received[1] }))
    await deliver(ctx, carol, activity(carol, 'r2', { type: 'Reject', object: far.received[1] }))
    expect(await relationship()).toMatchObject({ following: false, requested: false })
  })

  it('is accepted by nobody else (SEC-FED-16)', async () => {
    const mallory = remotes.host('evil').actor('mallory')
    await post('follow')
    await drainQueues(ctx)
    await deliver(ctx, mallory, activity(mallory, 'a', { type: 'Accept', object: far.received[0] }))
    await deliver(ctx, mallory, activity(mallory, 'b', { type: 'Accept', object: far.received[0]?.id }))
    await deliver(ctx, mallory, activity(mallory, 'r', { type: 'Reject', object: far.received[0] }))
    expect(await relationship()).toMatchObject({ following: false, requested: true })
  })
})

describe('somebody of another server', () => {
  const follow = () => activity(carol, 'follow', { type: 'Follow', object: aliceUri() })

  it('follows, is accepted and told of, and unfollows', async () => {
    await deliver(ctx, carol, follow())
    expect(far.received).toMatchObject([
      { type: 'Accept', actor: aliceUri(), object: { id: `${carol.uri}#follow` } },
    ])
    expect(await relationship()).toMatchObject({ followed_by: true })
    expect(await notificationTypes()).toEqual(['follow'])
    await deliver(ctx, carol, activity(carol, 'undo', { type: 'Undo', object: follow() }))
    expect(await relationship()).toMatchObject({ followed_by: false })
    expect(await notificationTypes()).toEqual([])
    expect(typesReceived()).toEqual(['Accept'])
  })

  it('waits for a locked account, and is accepted when it is unlocked', async () => {
    await api.patch('/api/v1/accounts/update_credentials', { json: { locked: true } })
    await deliver(ctx, carol, follow())
    expect(await relationship()).toMatchObject({ followed_by: false, requested_by: true })
    expect(await notificationTypes()).toEqual(['follow_request'])
    await api.patch('/api/v1/accounts/update_credentials', { json: { locked: false } })
    await drainQueues(ctx)
    expect(await relationship()).toMatchObject({ followed_by: true, requested_by: false })
    expect(typesReceived()).toContain('Accept')
    expect(await notificationTypes()).toEqual([])
  })

  it('is not unfollowed by others (SEC-FED-03)', async () => {
    const mallory = remotes.host('evil').actor('mallory')
    await deliver(ctx, carol, follow())
    await deliver(ctx, mallory, activity(mallory, 'undo', { type: 'Undo', object: follow() }))
    await deliver(ctx, mallory, activity(mallory, 'undo2', { type: 'Undo', object: `${carol.uri}#follow` }))
    expect(await relationship()).toMatchObject({ followed_by: true })
  })

  it('is blocked: told so, unfollowed both ways, and refused afterwards', async () => {
    await deliver(ctx, carol, follow())
    await post('block')
    await drainQueues(ctx)
    expect(typesReceived()).toEqual(['Accept', 'Reject', 'Block'])
    expect(await relationship()).toMatchObject({ blocking: true, followed_by: false })
    await deliver(ctx, carol, activity(carol, 'again', { type: 'Follow', object: aliceUri() }))
    expect(typesReceived()).toEqual(['Accept', 'Reject', 'Block', 'Reject'])
    await post('unblock')
    await drainQueues(ctx)
    expect(far.received.at(-1)).toMatchObject({ type: 'Undo', object: { type: 'Block' } })
  })

  it('blocks: our follow ends', async () => {
    await post('follow')
    await drainQueues(ctx)
    await deliver(ctx, carol, activity(carol, 'a', { type: 'Accept', object: far.received[0] }))
    await deliver(ctx, carol, activity(carol, 'b', { type: 'Block', object: aliceUri() }))
    expect(await relationship()).toMatchObject({ following: false, blocked_by: true })
    expect((await post('follow')).status).toBe(403)
    await deliver(
      ctx,
      carol,
      activity(carol, 'u', {
        type: 'Undo',
        object: activity(carol, 'b', { type: 'Block', object: aliceUri() }),
      }),
    )
    expect(await relationship()).toMatchObject({ blocked_by: false })
  })

  it('is hidden with its whole server, and what was lost is told', async () => {
    await deliver(ctx, carol, follow())
    await post('follow')
    await drainQueues(ctx)
    await deliver(ctx, carol, activity(carol, 'a', { type: 'Accept', object: far.received.at(-1) }))
    await api.post('/api/v1/domain_blocks', { form: { domain: far.host } })
    await drainQueues(ctx)
    expect(await relationship()).toMatchObject({
      following: false,
      followed_by: false,
      domain_blocking: true,
    })
    expect(typesReceived().slice(-2).sort()).toEqual(['Reject', 'Undo'])
    const [notification] = (await api.get('/api/v1/notifications')).body
    expect(notification).toMatchObject({
      type: 'severed_relationships',
      account: { id: alice.account.id },
      event: { type: 'user_domain_block', target_name: far.host, followers_count: 1, following_count: 1 },
    })
  })
})
