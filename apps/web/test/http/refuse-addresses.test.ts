import { cleanUpIps, createIpBlock, removeIpBlock } from '@anancus/core/domain/moderation'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { resetDatabase } from '@anancus/core/testing/reset'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let now: Date

beforeAll(async () => {
  ctx = await testContext({ clock: { now: () => now } })
})
beforeEach(async () => {
  now = new Date()
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  web = await startWeb(ctx)
})
afterEach(() => web.close())
afterAll(() => closeTestContext(ctx))

/** Past the test client: this answer comes before the API, whose description does not know it. */
async function from(ip: string, path = '/api/v1/instance/rules') {
  const answer = await fetch(web.url + path, { headers: { 'x-forwarded-for': ip }, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}
const block = (ip: string, severity = 'no_access', expiresIn?: number) =>
  createIpBlock(ctx, cast.ada, { ip, severity, expiresIn })

/** After five seconds a request fetches the rules anew, and those that come later know them: asks until one does. */
async function settlesAt(status: number, ip: string): Promise<void> {
  later(6)
  const until = Date.now() + 20_000
  while ((await from(ip)).status !== status && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20))
  expect((await from(ip)).status).toBe(status)
}

describe('an address without access', () => {
  it('is refused everywhere before anything is read', async () => {
    await block('192.0.2.0/24')
    await block('2001:db8::/32')
    for (const path of [
      '/api/v1/instance',
      '/auth/sign_in',
      '/.well-known/nodeinfo',
      '/users/alice',
      '/nowhere',
    ]) {
      const answer = await from('192.0.2.7', path)
      expect([answer.status, answer.text]).toEqual([403, 'Forbidden\n'])
    }
    expect((await from('2001:db8:1:2::3')).status).toBe(403)
    expect((await from('2001:db9::1')).status).toBe(200)
    expect((await from('192.0.3.7')).status).toBe(200)
    expect((await from('192.0.2.7', '/health')).status).toBe(200)
  })

  it('is told by no statement', async () => {
    await block('192.0.2.0/24')
    await from('192.0.2.7')
    expect((await countStatements(() => from('192.0.2.7'))).count).toBe(0)
    expect((await countStatements(() => from('192.0.2.8'))).count).toBe(0)
  })

  it('is let in again when the rule is lifted, and shut out when one is made', async () => {
    const rule = await block('192.0.2.7')
    expect((await from('192.0.2.7')).status).toBe(403)
    await removeIpBlock(ctx, cast.ada, rule.id)
    await settlesAt(200, '192.0.2.7')
    await block('192.0.2.8')
    await settlesAt(403, '192.0.2.8')
  })

  it('is let in when its time is over, and the rule is swept away', async () => {
    await block('192.0.2.7', 'no_access', 60)
    expect((await from('192.0.2.7')).status).toBe(403)
    later(61)
    await settlesAt(200, '192.0.2.7')
    await cleanUpIps(ctx)
    expect(await ctx.db('ip_blocks')).toEqual([])
  })

  it('is only one with that severity, and never this machine', async () => {
    await block('192.0.2.7', 'sign_up_block')
    await block('127.0.0.0/8')
    expect((await from('192.0.2.7')).status).toBe(200)
    expect((await web.get('/api/v1/instance/rules')).status).toBe(200)
  })
})

describe('the clean-up', () => {
  it('keeps rules that hold, and forgets where people came from a year ago', async () => {
    await block('192.0.2.7', 'no_access', 60)
    const old = new Date(now.getTime() - 400 * 86_400_000)
    const { user } = cast.alice
    await ctx.db('users').where({ id: user.id }).update({ current_sign_in_at: old, sign_up_ip: '192.0.2.1' })
    await ctx.db('users').where({ id: cast.bob.user.id }).update({ sign_up_ip: '192.0.2.2' })
    await ctx.db('login_activities').insert({ user_id: user.id, created_at: old })
    await ctx.db('session_activations').insert([
      { user_id: user.id, session_id: 'old', updated_at: old, created_at: old },
      { user_id: user.id, session_id: 'new', updated_at: now, created_at: old, ip: '192.0.2.3' },
    ])
    await cleanUpIps(ctx)
    expect(await ctx.db('ip_blocks')).toHaveLength(1)
    expect(await ctx.db('login_activities')).toEqual([])
    expect(await ctx.db('session_activations')).toMatchObject([{ session_id: 'new', ip: '192.0.2.3' }])
    const users = await ctx.db('users').whereNotNull('sign_up_ip')
    expect(users.map((each) => each.id)).toEqual([cast.bob.user.id])
  })
})
