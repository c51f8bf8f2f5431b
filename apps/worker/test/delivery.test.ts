import { deliverActivityJob } from '@anancus/core/jobs'
import { publishStatus } from '@anancus/core/domain/statuses'
import { knock } from '@anancus/core/testing/deliver'
import { useFederation } from '@anancus/core/testing/federation'
import { activity, type Remote, type RemoteActor, reply } from '@anancus/core/testing/remote'
import { startWorker } from '../src/worker.ts'
import { eventually } from './support/processes.ts'

const PATIENCE_MS = 40_000
const world = useFederation(['far', 'near'])
let far: Remote
let carol: RemoteActor
let worker: ReturnType<typeof startWorker> | undefined

beforeEach(() => {
  far = world.host('far')
  carol = far.actor('carol')
})
afterEach(async () => {
  await worker?.stop(2_000)
  worker = undefined
})

const inbox = () => far.url('/inbox')
const posts = (host: Remote) => host.requests.filter(({ method }) => method === 'POST')
const post = (status: string) => publishStatus(world.ctx, world.alice.account, { status })
const came = (what: string, isThere: () => boolean) =>
  eventually(async () => isThere() || false, PATIENCE_MS).catch(() => {
    throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`)
  })

/** Lets actors of a host follow alice, all with the same shared inbox. */
async function followersAt(host: string, count: number, sharedInbox: string): Promise<void> {
  const { db } = world.ctx
  const { id } = world.alice.account
  await db.raw(
    `with fans as (
       insert into accounts (username, domain, uri, inbox_url, shared_inbox_url, protocol, created_at, updated_at)
       select 'fan' || n, :host, 'http://' || :host || '/users/fan' || n, 'http://' || :host || '/users/fan' || n || '/inbox',
         :sharedInbox, 1, now(), now()
       from generate_series(1, :count) n returning id)
     insert into follows (account_id, target_account_id, created_at, updated_at)
     select id, :id, now(), now() from fans`,
    { host, count, id, sharedInbox },
  )
}

it('a thousand followers on one host cost one request', async () => {
  await followersAt(far.host, 1_000, inbox())
  far.serve('/inbox', reply({ status: 202, body: '' }))
  const near = world.host('near')
  await followersAt(near.host, 3, '')
  for (let n = 1; n <= 3; n++) near.serve(`/users/fan${n}/inbox`, reply({ status: 202, body: '' }))
  await post('Hello')
  worker = startWorker(world.ctx)
  await came('both hosts have it', () => posts(far).length > 0 && posts(near).length >= 3)
  const queue = await world.ctx.queues.get('push')
  await eventually(
    async () => (await queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0,
    PATIENCE_MS,
  )
  expect([posts(far).length, posts(near).length]).toEqual([1, 3])
  // The body is kept once, whoever gets it.
  expect(await world.count('activity_bodies')).toBe(1)
})

it('a server that asks for time gets it, for everything that is to go there', async () => {
  await followersAt(far.host, 1, inbox())
  far.serve('/inbox', reply({ status: 503, headers: { 'retry-after': '600' } }))
  await post('One')
  worker = startWorker(world.ctx)
  await came('the first try', () => posts(far).length === 1)
  await post('Two')
  const queue = await world.ctx.queues.get('push')
  await eventually(async () => (await queue.getDelayedCount()) === 2, PATIENCE_MS)
  const delayed = await queue.getDelayed()
  const waits = delayed.map(({ delay }) => delay / 1_000)
  expect(Math.min(...waits)).toBeGreaterThan(500)
  expect(Math.max(...waits)).toBeLessThan(700)
  expect(delayed.map(({ name, opts }) => [name, opts.attempts])).toEqual(
    Array.from({ length: 2 }, () => [deliverActivityJob.name, 16]),
  )
  expect(posts(far)).toHaveLength(1)
})

it('a server that was dead for days is left alone until it shows itself', async () => {
  await world.followed(carol)
  await world.ctx.db('accounts').where({ uri: carol.uri }).update({ shared_inbox_url: inbox() })
  await world.make.follow({
    account: (await world.accountOf(carol)) as never,
    target: world.alice.account,
  })
  far.serve('/inbox', reply({ status: 202, body: '' }))
  await world.ctx.db('unavailable_domains').insert({ domain: far.host })
  worker = startWorker(world.ctx)
  await post('Into the void')
  const distributed = await world.ctx.queues.get('default')
  await eventually(async () => (await distributed.getJobCountByTypes('waiting', 'active')) === 0, PATIENCE_MS)
  await knock(world.ctx, carol, activity(carol, 'View', world.uriOf(world.alice.account)))
  await eventually(async () => (await world.count('unavailable_domains')) === 0, PATIENCE_MS)
  await post('You are back')
  await came('the second post', () => posts(far).length > 0)
  expect(posts(far).map(({ body }) => JSON.parse(body).object.content)).toEqual(['<p>You are back</p>'])
})
