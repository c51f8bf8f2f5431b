import { resolveAccount } from '@anancus/core/domain/accounts'
import { createDomainAllow, removeDomainAllow } from '@anancus/core/domain/moderation'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { castOf } from '@anancus/core/testing/cast'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { useFederation } from '@anancus/core/testing/federation'
import { type Remote, type RemoteActor, signDelivery } from '@anancus/core/testing/remote'
import { clearRedis } from '@anancus/core/testing/context'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const world = useFederation(['friend', 'stranger'], { LIMITED_FEDERATION_MODE: 'true' })
let web: TestWeb
let ada: Viewer
let friend: Remote
let carol: RemoteActor
let dan: RemoteActor
let allowed: string

beforeEach(async () => {
  await world.ctx.db('accounts').where({ username: 'alice' }).delete()
  ;({ ada } = await castOf(world.ctx))
  web = await startWeb(world.ctx)
  friend = world.host('friend')
  carol = friend.actor('carol')
  dan = world.host('stranger').actor('dan')
  allowed = (await createDomainAllow(world.ctx, ada, friend.host)).id
})
afterEach(() => web.close())

const note = (actor: RemoteActor) =>
  JSON.stringify({
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${actor.uri}#follow`,
    type: 'Follow',
    actor: actor.uri,
    object: 'https://social.test/users/alice',
  })
const deliver = (actor: RemoteActor) =>
  sendSigned(web.url, signDelivery(actor, note(actor), { host: 'social.test', target: '/inbox' }))
const fetchAlice = (actor: RemoteActor) =>
  sendSigned(
    web.url,
    signDelivery(actor, '', { host: 'social.test', target: '/users/alice' }, { method: 'GET' }),
  )

describe('a network of its own', () => {
  it('takes deliveries from the list, and from nobody else', async () => {
    expect((await deliver(dan)).status).toBe(403)
    expect((await deliver(carol)).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await world.accountOf(carol)).toBeDefined()
    expect(await world.accountOf(dan)).toBeUndefined()
    expect(await world.count('follows')).toBe(1)
  })

  it('shows documents to the list, and finds people there alone', async () => {
    expect((await fetchAlice(carol)).status).toBe(200)
    expect((await fetchAlice(dan)).status).toBe(403)
    expect((await web.get('/users/alice', { headers: { accept: 'application/activity+json' } })).status).toBe(
      401,
    )
    expect(await resolveAccount(world.ctx, carol.handle)).toMatchObject({ uri: carol.uri })
    world.host('stranger').requests.length = 0
    expect(await resolveAccount(world.ctx, dan.handle)).toBeNull()
    expect(world.host('stranger').requests).toEqual([])
  })

  it('lets nobody look in who is not signed in', async () => {
    for (const path of ['/api/v1/timelines/public', '/api/v1/instance/peers', '/api/v1/custom_emojis'])
      expect((await web.get(path)).status).toBe(401)
    const instance = await web.get('/api/v2/instance')
    expect(instance.body).toMatchObject({
      configuration: { limited_federation: true },
      usage: { users: { active_month: 0 } },
    })
    expect(instance.headers.get('cache-control')).toBe('private, no-store')
    const user = web.as(await world.make.token({ user: ada.user }))
    expect((await user.get('/api/v1/timelines/public')).status).toBe(200)
    for (const path of ['/api/v1/instance/peers', '/api/v1/instance/activity'])
      expect([(await user.get(path)).status, path]).toEqual([404, path])
  })

  it('cuts off who leaves the list', async () => {
    await deliver(carol)
    await drainQueues(world.ctx)
    friend.received.length = 0
    await removeDomainAllow(world.ctx, ada, allowed)
    await drainQueues(world.ctx)
    expect((await world.accountOf(carol))?.suspended_at).not.toBeNull()
    expect(await world.count('follows')).toBe(0)
    expect(friend.received.map(({ type }) => type)).toEqual(['Reject'])
    await clearRedis(world.ctx)
    expect((await deliver(carol)).status).toBe(403)
    expect((await fetchAlice(carol)).status).toBe(403)
  })
})
