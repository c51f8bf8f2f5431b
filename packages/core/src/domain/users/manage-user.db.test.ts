import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { saveSettings } from '../settings/index.ts'
import {
  approveOldest,
  cleanUpUsers,
  createUser,
  findUserByUsername,
  modifyUser,
  rotateKeys,
  verifyPassword,
} from './index.ts'

let ctx: TestContext
const visitor = { ip: null, userAgent: '' }
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

const get = async (username: string) => {
  const viewer = await findUserByUsername(ctx, username)
  if (!viewer) throw new Error(`There is no ${username}.`)
  return viewer
}

describe('createUser', () => {
  it('makes a login with keys, a role and a password that is told once', async () => {
    const { password } = await createUser(ctx, {
      username: 'admin',
      email: 'Admin@localhost',
      role: 'Owner',
      confirmed: true,
      approved: true,
    })
    const viewer = await get('admin')
    expect(viewer.role.name).toBe('Owner')
    expect(viewer.user).toMatchObject({ email: 'admin@localhost', approved: true })
    expect(viewer.user.confirmed_at).not.toBeNull()
    expect(viewer.account.private_key).toContain('RSA PRIVATE KEY')
    expect(viewer.user.encrypted_password).toMatch(/^\$2a\$10\$/)
    const result = await verifyPassword(ctx, { email: 'admin@localhost', password }, visitor)
    expect(result.ok).toBe(true)
  })

  it('waits for approval unless registration is open or the operator says so', async () => {
    await createUser(ctx, { username: 'waits', email: 'waits@example.org' })
    expect((await get('waits')).user.approved).toBe(false)
    await saveSettings(ctx, { registrations_mode: 'open' })
    await createUser(ctx, { username: 'enters', email: 'enters@example.org' })
    expect((await get('enters')).user.approved).toBe(true)
  })

  it.each([
    [{ username: 'a b', email: 'x1@example.org' }, 'Username must contain only'],
    [{ username: 'ADMIN', email: 'x2@example.org' }, 'Username has already been taken'],
    [{ username: 'x3', email: 'admin@localhost' }, 'E-mail address has already been taken'],
    [{ username: 'x4', email: 'nonsense' }, 'E-mail address is invalid'],
    [{ username: 'x5', email: 'x5@example.org', password: 'short' }, 'Password is too short'],
    [{ username: 'x6', email: 'x6@example.org', role: 'Nobody' }, 'Cannot find user role'],
  ])('refuses %p and leaves nothing behind', async (values, message) => {
    await expect(createUser(ctx, values)).rejects.toThrow(message)
    expect(
      await ctx.db('users').where('email', values.email.toLowerCase()).whereNot('email', 'admin@localhost'),
    ).toEqual([])
  })
})

describe('modifyUser', () => {
  it('changes role, address, state and password', async () => {
    await createUser(ctx, { username: 'bob', email: 'bob@example.org' })
    let viewer = (await modifyUser(ctx, await get('bob'), { role: 'Moderator', email: 'Other@example.org' }))
      .viewer
    expect(viewer.user.email).toBe('other@example.org')
    expect((await get('bob')).role.name).toBe('Moderator')
    viewer = (
      await modifyUser(ctx, viewer, { removeRole: true, confirm: true, approve: true, disable: true })
    ).viewer
    expect(viewer.user).toMatchObject({ role_id: null, approved: true, disabled: true })
    expect((await get('bob')).user.confirmed_at).not.toBeNull()
    const { password } = await modifyUser(ctx, viewer, { enable: true, resetPassword: true })
    const result = await verifyPassword(
      ctx,
      { email: 'other@example.org', password: password ?? '' },
      visitor,
    )
    expect(result.ok).toBe(true)
    expect((await get('bob')).user.disabled).toBe(false)
    await expect(modifyUser(ctx, viewer, { role: 'Nobody' })).rejects.toThrow('Cannot find user role')
  })

  it('SEC-AUTH-06 closes the sockets of whom it freezes', async () => {
    const viewer = await factories(ctx.db).viewer()
    const subscriber = ctx.redis.duplicate({ enableOfflineQueue: true })
    const heard: string[] = []
    await subscriber.subscribe(`${ctx.config.redis.prefix}timeline:system:${viewer.account.id}`)
    subscriber.on('message', (_channel, message) => heard.push(message))
    await modifyUser(ctx, viewer, { disable: true })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard).toEqual(['{"event":"kill"}'])
    subscriber.disconnect()
  })
})

it('approveOldest lets in the confirmed who wait longest', async () => {
  const make = factories(ctx.db)
  await ctx.db('users').update({ approved: true })
  const first = await make.user({ approved: false, created_at: new Date('2020-01-01') })
  const second = await make.user({ approved: false, created_at: new Date('2020-01-02') })
  const unconfirmed = await make.user({
    approved: false,
    confirmed_at: null,
    created_at: new Date('2019-01-01'),
  })
  expect(await approveOldest(ctx, 1)).toBe(1)
  const approved = async ({ user }: typeof first) =>
    (await ctx.db('users').where('id', user.id).first()).approved
  expect([await approved(first), await approved(second), await approved(unconfirmed)]).toEqual([
    true,
    false,
    false,
  ])
})

it('rotateKeys gives other keys and tells others of them', async () => {
  const { account } = await factories(ctx.db).user()
  await rotateKeys(ctx, account)
  const changed = await ctx.db('accounts').where('id', account.id).first()
  expect(changed.public_key).not.toBe(account.public_key)
  expect(await ctx.db('job_outbox').where('name', 'federation.update_actor')).toHaveLength(1)
})

it('follows the bootstrap accounts and tells the staff when somebody is in', async () => {
  const make = factories(ctx.db)
  const target = await make.user({ account: { username: 'welcome_bot' } })
  await saveSettings(ctx, { bootstrap_timeline_accounts: '@welcome_bot, nobody, admin@far.test' })
  await createUser(ctx, { username: 'fresh', email: 'fresh@example.org', approved: true })
  await ctx.db('job_outbox').delete()
  await modifyUser(ctx, await get('fresh'), { confirm: true })
  const { account } = await get('fresh')
  const follows = await ctx.db('follows').where('account_id', account.id)
  expect(follows.map((follow) => follow.target_account_id)).toEqual([target.account.id])
  const names = (await ctx.db('job_outbox').select('name')).map((row) => row.name)
  expect(names).toContain('notifications.notify')
  expect(names).toContain('mailers.send')
})

it('cleanUpUsers forgets who never confirmed, and frees the name', async () => {
  const make = factories(ctx.db)
  const old = new Date(Date.now() - 3 * 24 * 3600 * 1000)
  await make.user({ account: { username: 'ghost' }, confirmed_at: null, confirmation_sent_at: old })
  await make.user({ account: { username: 'newcomer' }, confirmed_at: null, confirmation_sent_at: new Date() })
  await make.user({ account: { username: 'regular' }, confirmation_sent_at: old })
  expect(await cleanUpUsers(ctx)).toBe(1)
  const names = (await ctx.db('accounts').whereNull('domain').select('username')).map((row) => row.username)
  expect(names).not.toContain('ghost')
  expect(names).toEqual(expect.arrayContaining(['newcomer', 'regular']))
})
