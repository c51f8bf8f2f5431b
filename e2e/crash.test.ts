import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readHome } from '@anancus/core/domain/timelines'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { type AccountRow, byColumn, EVERYONE_ROLE_ID, type UserRoleRow, type UserRow } from '@anancus/db'
import { Redis } from 'ioredis'
import { findRedisServer, startRedis } from '../scripts/lib/redis.mjs'
import { createInstance, domainOf, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { rest } from './support/rest.ts'
import { type Neighbourhood, startNeighbourhood } from './support/servers.ts'
import { eventually } from './support/wait.ts'

const FOLLOWERS = 2_000
const SERVERS = 50
const ANSWER_MS = 40
const RECOVERY_MS = 90_000

const describeWithRedis = findRedisServer() ? describe : describe.skip

/**
 * A status to 2,000 followers here and one on each of 50 servers; then what ought not to happen happens. Afterwards every
 * follower has the status once and every server has had the Create, once or more, with one and the same id.
 */
describeWithRedis('when the worker dies or Redis forgets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anancus-crash-'))
  let redis: Awaited<ReturnType<typeof startRedis>>
  let instance: Instance
  let neighbours: Neighbourhood
  let author: Person
  let ctx: Ctx

  beforeAll(async () => {
    resolveLocalhostNames()
    redis = await startRedis({ folder, port: undefined, logFile: undefined })
    neighbours = await startNeighbourhood(SERVERS, ANSWER_MS)
    const ports = await pickPorts()
    instance = await createInstance({
      name: 'crash',
      ports,
      neighbours: [domainOf('crash', ports), ...neighbours.hosts],
      redisUrl: redis.url,
    })
    author = await createPerson(instance, 'author')
    ctx = await buildContext(loadConfig({ ...instance.env, RAILS_LOG_LEVEL: 'warn' }), { name: 'test' })
    await populate(ctx)
    await instance.start()
    await buildEveryFeed(ctx)
  }, 180_000)

  afterAll(async () => {
    if (ctx) await closeContext(ctx)
    await instance?.close()
    await neighbours?.close()
    await redis?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('loses nothing to kill -9 of the worker, again and again', async () => {
    const id = await publish(instance, author, 'survives the worker')
    for (const enough of [3, 12, 25]) {
      await eventually(`${enough} deliveries`, async () => deliveries(neighbours, id) >= enough, RECOVERY_MS)
      await instance.kill('worker')
      await instance.start('worker')
    }
    await expectEverywhere(id)
  }, 240_000)

  it('loses nothing to FLUSHALL of Redis', async () => {
    const id = await publish(instance, author, 'survives an empty Redis')
    await eventually('the first deliveries', async () => deliveries(neighbours, id) >= 3)
    const client = new Redis(redis.url)
    await client.flushall()
    await client.quit()
    await instance.kill('worker')
    await instance.start('worker')
    await expectEverywhere(id)
  }, 240_000)

  async function expectEverywhere(id: string): Promise<void> {
    await eventually(
      'every server has the Create',
      async () => hostsWith(neighbours, id) === SERVERS,
      RECOVERY_MS,
    )
    const ids = new Set(
      [...neighbours.received.values()].flat().filter((activity) => activity.includes(`/${id}/`)),
    )
    expect([...ids]).toHaveLength(1)
    await eventually(
      'every follower has the status',
      async () => (await followersWithout(ctx, id)) === 0,
      RECOVERY_MS,
    )
    expect(await followersWithDoubles(ctx, id)).toBe(0)
    await eventually(
      'nothing waits any more',
      async () => {
        const { rows } = await ctx.db.raw<{ rows: [{ count: string }] }>('select count(*) from job_outbox')
        return rows[0].count === '0'
      },
      RECOVERY_MS,
    )
  }
})

async function publish(instance: Instance, author: Person, status: string): Promise<string> {
  const posted = await rest(instance.baseUrl, author.token).post<{ id: string }>('/api/v1/statuses', {
    status,
  })
  return posted.id
}

function deliveries(neighbours: Neighbourhood, id: string): number {
  return [...neighbours.received.values()].flat().filter((activity) => activity.includes(`/${id}/`)).length
}

function hostsWith(neighbours: Neighbourhood, id: string): number {
  return [...neighbours.received.values()].filter((ids) =>
    ids.some((activity) => activity.includes(`/${id}/`)),
  ).length
}

/** Followers by bare SQL: 2,000 sign-ups with a password hash each would take minutes and show nothing. */
async function populate(ctx: Ctx): Promise<void> {
  const hosts = ctx.config.env.ALLOWED_PRIVATE_HOSTS.filter((host) => /^s\d+\./.test(host))
  await ctx.db.raw(
    `with made as (
       insert into accounts (username, public_key, private_key)
       select 'follower' || n, '', '' from generate_series(1, ?) n returning id, username)
     insert into users (account_id, email, encrypted_password, confirmed_at, current_sign_in_at)
     select id, username || '@people.example', '', now(), now() from made`,
    [FOLLOWERS],
  )
  await ctx.db.raw(
    `insert into accounts (username, domain, uri, inbox_url, shared_inbox_url, protocol)
     select 'reader', host, 'http://' || host || '/reader', 'http://' || host || '/reader/inbox', 'http://' || host || '/inbox', 1
     from unnest(?::text[]) host`,
    [hosts],
  )
  await ctx.db.raw(
    `insert into follows (account_id, target_account_id)
     select reader.id, author.id from accounts reader, accounts author
     where author.username = 'author' and author.domain is null and (reader.username like 'follower%' or reader.username = 'reader')`,
  )
  await ctx.db.raw(
    `update account_stats set followers_count = ? where account_id = (select id from accounts where username = 'author' and domain is null)`,
    [FOLLOWERS + hosts.length],
  )
}

async function followers(ctx: Ctx): Promise<Viewer[]> {
  const role = await ctx.db<UserRoleRow>('user_roles').where('id', EVERYONE_ROLE_ID).first()
  if (!role) throw new Error('The seeds are missing.')
  const accounts = await ctx.db<AccountRow>('accounts').whereLike('username', 'follower%')
  const users = byColumn(await ctx.db<UserRow>('users'), 'account_id')
  return accounts.flatMap((account) => {
    const user = users.get(account.id)
    return user ? [{ account, user, role }] : []
  })
}

/** Every follower has looked at home once, so that the feeds are built and the fan-out has something to push into. */
async function buildEveryFeed(ctx: Ctx): Promise<void> {
  for (const viewer of await followers(ctx)) await readHome(ctx, viewer, { limit: 1 })
  await eventually(
    'the feeds are built',
    async () => {
      const { rows } = await ctx.db.raw<{ rows: [{ count: string }] }>('select count(*) from job_outbox')
      const waiting = await (await ctx.queues.get('default')).getJobCountByTypes(
        'waiting',
        'active',
        'delayed',
      )
      return waiting === 0 && rows[0].count === '0'
    },
    120_000,
  )
}

async function followersWithout(ctx: Ctx, id: string): Promise<number> {
  return countFollowers(ctx, (ids) => !ids.includes(id))
}

async function followersWithDoubles(ctx: Ctx, id: string): Promise<number> {
  return countFollowers(ctx, (ids) => ids.filter((shown) => shown === id).length > 1)
}

async function countFollowers(ctx: Ctx, matches: (ids: readonly string[]) => boolean): Promise<number> {
  let count = 0
  for (const viewer of await followers(ctx)) {
    const { ids } = await readHome(ctx, viewer, { limit: 40 })
    if (matches(ids)) count++
  }
  return count
}
