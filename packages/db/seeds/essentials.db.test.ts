import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { seedEssentials } from './essentials.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('makes what an instance needs, once', async () => {
  const options = { localDomain: 'social.test', baseUrl: 'https://social.test' }
  // The context of a test seeds keys of its own.
  await ctx.db('accounts').where('id', '-99').delete()
  await seedEssentials(ctx.db, options)
  const before = await ctx.db('accounts').where('id', '-99').first()
  await seedEssentials(ctx.db, options)
  expect(await ctx.db('accounts').where('id', '-99').first()).toEqual(before)
  expect(before).toMatchObject({ username: 'mastodon.internal', actor_type: 'Application', locked: true })
  expect(before.private_key).toContain('BEGIN RSA PRIVATE KEY')
  const roles = await ctx.db('user_roles').orderBy('position').select('name', 'permissions')
  expect(roles.map((role) => role.name)).toEqual(['', 'Moderator', 'Admin', 'Owner'])
  expect(roles[0].permissions).toBe('65536')
  expect(await ctx.db('oauth_applications').where('superapp', true).count()).toEqual([{ count: '1' }])
  expect(await ctx.db('username_blocks').count()).toEqual([{ count: '23' }])
})

it('does not bring back a role that was deleted', async () => {
  await ctx.db('user_roles').where('name', 'Moderator').delete()
  await seedEssentials(ctx.db, { localDomain: 'social.test', baseUrl: 'https://social.test' })
  expect(await ctx.db('user_roles').where('name', 'Moderator')).toEqual([])
})
