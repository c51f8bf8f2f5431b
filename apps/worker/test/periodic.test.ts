import { buildFeed } from '@anancus/core/domain/timelines'
import { cleanUpFeedsJob, cleanUpUsersJob, deliverActivityJob, vacuumJob } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { enqueue } from '@anancus/core/kernel/enqueue'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { handlers } from '../src/handlers/index.ts'

let ctx: Ctx
let make: ReturnType<typeof factories>
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))
beforeEach(() => resetDatabase(ctx))

async function run(job: { name: string }): Promise<void> {
  const { handle } = await (handlers.get(job.name) as NonNullable<ReturnType<typeof handlers.get>>)()
  await handle(ctx, {} as never)
}

async function idsOf(table: string): Promise<string[]> {
  return (await ctx.db(table).select('id').orderBy('id')).map((row: { id: string }) => row.id)
}

describe('scheduler.vacuum', () => {
  it('deletes uploads nobody attached, and their files', async () => {
    const account = await make.account({})
    const old = await make.media({ account, created_at: daysAgo(2) })
    const fresh = await make.media({ account })
    const attached = await make.media({ account, created_at: daysAgo(2) })
    await make.status({ account, media: [attached] })
    const deleted: string[] = []
    const storage = { ...ctx.storage, delete: async (keys: readonly string[]) => void deleted.push(...keys) }
    const { handle } = await (handlers.get(vacuumJob.name) as NonNullable<ReturnType<typeof handlers.get>>)()
    await handle({ ...ctx, storage }, {} as never)
    expect(await idsOf('media_attachments')).toEqual([fresh.id, attached.id].toSorted())
    expect(deleted.length).toBeGreaterThan(0)
    expect(deleted.every((key) => key.includes(old.id.slice(-3)))).toBe(true)
  })

  it('deletes tokens and codes that ended long ago, not those that ended just now', async () => {
    const { user } = await make.viewer({})
    const application = await make.application({})
    const { row: live } = await make.token({ user })
    const { row: justEnded } = await make.token({ user, revoked_at: new Date() })
    await make.token({ user, revoked_at: daysAgo(2) })
    await make.token({ user, expires_in: 60, created_at: daysAgo(2) })
    const grant = { application_id: application.id, resource_owner_id: user.id, redirect_uri: 'x' }
    await ctx.db('oauth_access_grants').insert([
      { ...grant, token: 'old', expires_in: 600, created_at: daysAgo(2) },
      { ...grant, token: 'new', expires_in: 600 },
    ])
    await run(vacuumJob)
    expect(await idsOf('oauth_access_tokens')).toEqual([live.id, justEnded.id])
    expect(await ctx.db('oauth_access_grants').pluck('token')).toEqual(['new'])
  })

  it('keeps the body of an activity while a delivery waits for it', async () => {
    const [{ id: waited }, { id: done }] = await ctx
      .db('activity_bodies')
      .insert([
        { digest: 'a', body: '{}', created_at: daysAgo(30) },
        { digest: 'b', body: '{}', created_at: daysAgo(30) },
        { digest: 'c', body: '{}' },
      ])
      .returning('id')
    await enqueue(ctx, deliverActivityJob, {
      bodyId: waited,
      inboxUrl: 'https://remote.example/inbox',
      signerId: '1',
    })
    await run(vacuumJob)
    const left = await idsOf('activity_bodies')
    expect(left).toContain(waited)
    expect(left).not.toContain(done)
    expect(left).toHaveLength(2)
  })
})

describe('scheduler.clean_up_users', () => {
  it('deletes the rows of statuses deleted 30 days ago with all that hangs on them', async () => {
    const bob = await make.account({})
    const old = await make.status({ account: bob, deleted_at: daysAgo(31) })
    await make.favourite({ account: bob, status: old })
    const lately = await make.status({ account: bob, deleted_at: daysAgo(3) })
    const alive = await make.status({ account: bob })
    await run(cleanUpUsersJob)
    expect(await idsOf('statuses')).toEqual([lately.id, alive.id])
    expect(await idsOf('favourites')).toEqual([])
  })
})

describe('scheduler.clean_up_feeds', () => {
  it('drops feeds whose owner has been away', async () => {
    const [away, here] = [await make.viewer({}), await make.viewer({})]
    for (const { account } of [away, here]) {
      await make.status({ account })
      await buildFeed(ctx, { accountId: account.id })
    }
    const key = (id: string) => `${ctx.config.redis.prefix}feed:home:${id}`
    await ctx.redis.del(`${key(away.account.id)}:state`)
    await run(cleanUpFeedsJob)
    expect(await ctx.redis.exists(key(away.account.id))).toBe(0)
    expect(await ctx.redis.exists(key(here.account.id))).toBe(1)
  })
})
