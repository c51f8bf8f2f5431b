import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, gone, type Remote, type RemoteActor, redirect, reply } from '../../../testing/remote.ts'
import { processActivity } from './index.ts'

const world = useFederation(['e'])
let evil: Remote
let mallory: RemoteActor

beforeEach(() => {
  evil = world.host('e')
  mallory = evil.actor('mallory')
})

const follow = (actor: RemoteActor) => activity(actor, 'Follow', world.uriOf(world.alice.account))
const fetches = (remote: Remote) => remote.requests.filter((request) => request.method === 'GET').length
const statusOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 202,
    (error: { status: number }) => error.status,
  )

describe('keys that change or cannot be had', () => {
  let fresh: (typeof TEST_KEYS)[0]
  beforeEach(() => {
    fresh = TEST_KEYS.find((pair) => pair.privateKey !== mallory.privateKey) as typeof fresh
  })

  function rotate(actor: RemoteActor): string {
    const old = actor.privateKey
    actor.privateKey = fresh.privateKey
    const key = actor.document.publicKey as { publicKeyPem: string }
    actor.document.publicKey = { ...key, publicKeyPem: fresh.publicKey }
    return old
  }

  it('SEC-SIG-21 a changed key is good after one look, and the old one never again', async () => {
    await world.met(mallory)
    const old = rotate(mallory)
    await deliver(world.ctx, mallory, follow(mallory))
    expect(await world.ctx.db('follows').select()).toHaveLength(1)
    const actorFetches = evil.requests.filter((request) => request.path === '/users/mallory').length
    expect(actorFetches).toBe(1)
    expect(await statusOf(knock(world.ctx, mallory, follow(mallory), { privateKey: old }))).toBe(401)
  })

  it('keys that have all changed by themselves make us tell who follows, once a day, and forget what was deleted', async () => {
    const target = await world.followed(mallory)
    await world.make.follow({ account: await world.make.account(), target })
    await deliver(world.ctx, mallory, activity(mallory, 'Delete', `${mallory.uri}/statuses/gone`))
    expect(await world.count('tombstones')).toBe(1)
    rotate(mallory)
    await deliver(world.ctx, mallory, follow(mallory))
    const asked = () => evil.received.filter((document) => document.type === 'Follow')
    expect(asked()).toHaveLength(2)
    expect(await world.ctx.db('follows').where({ target_account_id: target.id })).toHaveLength(2)
    expect(await world.count('tombstones')).toBe(0)
    fresh = TEST_KEYS.find((pair) => pair.privateKey !== mallory.privateKey) as typeof fresh
    rotate(mallory)
    await world.ctx.redis.del(...(await world.ctx.redis.keys('*key_refreshed*')), 'none')
    await deliver(world.ctx, mallory, follow(mallory))
    expect(asked()).toHaveLength(2)
  })

  it('keys that the old one announces make us tell nobody', async () => {
    await world.followed(mallory)
    const old = rotate(mallory)
    await deliver(world.ctx, mallory, activity(mallory, 'Update', mallory.document), { privateKey: old })
    await deliver(world.ctx, mallory, follow(mallory))
    expect(evil.received.filter((document) => document.type === 'Follow')).toEqual([])
    expect(await world.count('follows')).toBe(2)
  })

  it('a signature that does not fit a key we have just looked up is refused at the door', async () => {
    await world.met(mallory)
    await deliver(world.ctx, mallory, follow(mallory), { privateKey: fresh.privateKey })
    evil.requests.length = 0
    for (let n = 0; n < 5; n++)
      expect(
        await statusOf(knock(world.ctx, mallory, follow(mallory), { privateKey: fresh.privateKey })),
      ).toBe(401)
    expect(evil.requests).toEqual([])
  })

  it('SEC-SIG-12 a key whose server is busy leaves the job to another try', async () => {
    evil.serve('/users/mallory', reply({ status: 503 }))
    await knock(world.ctx, mallory, follow(mallory))
    await expect(drainQueues(world.ctx)).rejects.toMatchObject({ name: 'RemoteServerError', retryable: true })
    evil.serve('/users/mallory', () => mallory.document)
    await deliver(world.ctx, mallory, follow(mallory))
    expect(await world.ctx.db('follows').select()).toHaveLength(1)
  })

  it('SEC-SIG-12 a key whose server stays busy is asked for three times, and the activity waits longer', async () => {
    evil.serve('/users/mallory', reply({ status: 503 }))
    await knock(world.ctx, mallory, follow(mallory))
    const [job] = await peekQueues(world.ctx)
    const attempt = () => processActivity(world.ctx, job?.payload as never)
    for (let n = 0; n < 3; n++)
      await expect(attempt()).rejects.toMatchObject({ retryable: true, status: 503 })
    await expect(attempt()).rejects.toMatchObject({ retryable: true, retryAfterSeconds: 600 })
    expect(fetches(evil)).toBe(3)
    await world.ctx.redis.del(await world.ctx.redis.keys(`${world.ctx.config.redis.prefix}key_fetches:*`))
    evil.serve('/users/mallory', () => mallory.document)
    expect(await attempt()).toEqual({ kind: 'processed' })
  })

  it.each([
    ['is gone', () => gone()],
    ['redirects to itself', () => redirect('/users/mallory')],
  ])('SEC-SIG-13 a key that %s is asked for three times at most', async (_name, answer) => {
    evil.serve('/users/mallory', answer())
    for (let n = 0; n < 30; n++) await deliver(world.ctx, mallory, follow(mallory))
    const asked = evil.requests.filter((request) => request.path === '/users/mallory').length
    expect(asked).toBeLessThanOrEqual(3 * 4)
    expect(await world.ctx.db('follows').select()).toEqual([])
  })

  it('a job that waited is judged by when it came', async () => {
    const date = new Date(Date.now() - 50 * 60_000)
    await knock(world.ctx, mallory, follow(mallory), { date })
    const later = { ...world.ctx, clock: { now: () => new Date(Date.now() + 60 * 60_000) } }
    const [job] = await peekQueues(world.ctx)
    await processActivity(later, job?.payload as never)
    expect(await world.ctx.db('follows').select()).toHaveLength(1)
    await drainQueues(world.ctx)
  })
})
