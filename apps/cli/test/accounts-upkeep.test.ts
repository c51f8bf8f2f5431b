import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { peekQueues } from '@anancus/core/testing/drain-queues'
import { type Remotes, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { type Factories, factories } from '@anancus/db/testing/make'
import { run } from './support/run.ts'

let remotes: Remotes
let ctx: TestContext
let make: Factories
beforeAll(async () => {
  remotes = await startRemotes(['far'])
  ctx = await testContext({ env: remotes.env })
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  make = factories(ctx.db)
})

const account = (id: string) => ctx.db('accounts').where({ id }).first()
const follows = async () =>
  (await ctx.db('follows').orderBy('id')).map((row) => [row.account_id, row.target_account_id])

describe('accounts follow and unfollow', () => {
  it('let everybody follow somebody, and take it back', async () => {
    const [alice, bob, eve] = await Promise.all(
      ['alice', 'bob', 'eve'].map((username) => make.user({ account: { username, locked: true } })),
    )
    const ran = await run(ctx, 'accounts follow alice')
    expect(ran).toMatchObject({ exitCode: 0, said: ['OK, followed target from 2 accounts'] })
    expect((await follows()).sort()).toEqual(
      [
        [bob?.account.id, alice?.account.id],
        [eve?.account.id, alice?.account.id],
      ].sort(),
    )
    expect((await run(ctx, 'accounts unfollow alice')).said).toEqual([
      'OK, unfollowed target from 2 accounts',
    ])
    expect(await follows()).toEqual([])
    expect((await run(ctx, 'accounts unfollow nobody')).failed).toEqual(['No such account: nobody'])
  })
})

describe('accounts migrate', () => {
  it('moves an account, and sends the move again', async () => {
    const alice = await make.user({ account: { username: 'alice' } })
    const uris = [`${ctx.config.baseUrl}/users/alice`, `${ctx.config.baseUrl}/ap/users/${alice.account.id}`]
    const bob = await make.user({ account: { username: 'bob', also_known_as: uris } })
    expect((await run(ctx, 'accounts migrate alice')).failed).toEqual(['Use either --replay or --target'])
    expect((await run(ctx, 'accounts migrate alice --replay')).failed[0]).toContain(
      'not performed any migration',
    )
    expect((await run(ctx, 'accounts migrate alice --target bob')).said).toEqual([
      'OK, migrated alice to bob',
    ])
    expect((await account(alice.account.id)).moved_to_account_id).toBe(bob.account.id)
    expect((await run(ctx, 'accounts migrate alice --replay')).said).toEqual(['OK, migrated alice to bob'])
    expect((await run(ctx, 'accounts migrate alice --target bob')).failed).toHaveLength(1)
  })
})

describe('accounts reset-relationships', () => {
  it('ends the ties that are named, and no others', async () => {
    const alice = await make.user({ account: { username: 'alice' } })
    const [one, two] = [await make.user(), await make.user()]
    await make.follow({ account: alice.account, target: one.account })
    await make.follow({ account: two.account, target: alice.account })
    expect((await run(ctx, 'accounts reset-relationships alice')).exitCode).toBe(1)
    expect((await run(ctx, 'accounts reset-relationships alice --followers')).said).toEqual([
      'Processed 1 relationships',
    ])
    expect(await follows()).toEqual([[alice.account.id, one.account.id]])
    await run(ctx, 'accounts reset-relationships alice --follows')
    expect(await follows()).toEqual([])
  })
})

describe('accounts prune', () => {
  it('deletes whom nobody here has to do with, and nobody else', async () => {
    const { account: alice } = await make.user()
    const remote = (username: string) => make.remoteAccount({ username, domain: 'far.example' })
    const [writer, follower, liked, unused] = [
      await remote('writer'),
      await remote('follower'),
      await remote('liked'),
      await remote('unused'),
    ]
    await make.status({ account: writer })
    await make.follow({ account: follower, target: alice })
    await make.favourite({ account: liked, status: await make.status({ account: alice }) })
    expect((await run(ctx, 'accounts prune --dry-run')).said).toEqual(['OK, pruned 1 accounts (DRY RUN)'])
    expect(await account(unused.id)).toBeDefined()
    expect((await run(ctx, 'accounts prune')).said).toEqual(['OK, pruned 1 accounts'])
    const left = await ctx.db('accounts').whereNotNull('domain').pluck('username')
    expect(left.sort()).toEqual(['follower', 'liked', 'writer'])
  })
})

describe('accounts merge', () => {
  it('gives all to the second, once, when both are the same', async () => {
    const { account: alice } = await make.user()
    const { account: bob } = await make.user()
    const from = await make.remoteAccount({ username: 'old', domain: 'far.example' })
    const to = await make.remoteAccount({ username: 'new', domain: 'far.example' })
    const [mine, written] = [await make.status({ account: alice }), await make.status({ account: from })]
    await make.follow({ account: alice, target: from })
    await make.follow({ account: bob, target: from })
    await make.follow({ account: bob, target: to })
    await make.favourite({ account: from, status: mine })
    await make.favourite({ account: to, status: mine })
    const refused = await run(ctx, 'accounts merge old@far.example new@far.example')
    expect(refused.exitCode).toBe(from.public_key === to.public_key ? 0 : 1)
    const ran = await run(ctx, 'accounts merge old@far.example new@far.example --force')
    expect(ran.said).toEqual(['OK'])
    expect(await account(from.id)).toBeUndefined()
    expect(await ctx.db('statuses').where({ id: written.id }).first()).toMatchObject({ account_id: to.id })
    expect((await follows()).sort()).toEqual(
      [
        [alice.id, to.id],
        [bob.id, to.id],
      ].sort(),
    )
    expect(await ctx.db('favourites').pluck('account_id')).toEqual([to.id])
  })

  it('is for remote accounts', async () => {
    await make.user({ account: { username: 'alice' } })
    await make.remoteAccount({ username: 'new', domain: 'far.example' })
    expect((await run(ctx, 'accounts merge alice new@far.example --force')).exitCode).toBe(1)
  })
})

it('accounts fix-duplicates finds none, as one actor has one row', async () => {
  await make.remoteAccount({ domain: 'far.example' })
  expect(await run(ctx, 'accounts fix-duplicates')).toMatchObject({ exitCode: 0, said: ['OK'] })
})

describe('accounts cull', () => {
  it('removes whom their servers no longer have, and names servers that do not answer', async () => {
    const far = remotes.host('far')
    const { host } = new URL(far.actor('there').uri)
    const old = { updated_at: new Date(0), last_webfingered_at: new Date(0) }
    const there = await make.remoteAccount({ domain: host, uri: far.actor('there').uri, ...old })
    const gone = await make.remoteAccount({ domain: host, uri: far.url('/users/gone'), ...old })
    const fresh = await make.remoteAccount({ domain: host, uri: far.url('/users/fresh') })
    await make.remoteAccount({ domain: 'away.example', uri: 'https://away.example/users/x', ...old })
    const dry = await run(ctx, 'accounts cull --dry-run')
    expect(dry.said[0]).toBe('Visited 3 accounts, removed 1 (DRY RUN)')
    expect((await account(gone.id)).suspended_at).toBeNull()
    const ran = await run(ctx, 'accounts cull')
    expect(ran.said).toEqual([
      'Visited 3 accounts, removed 1',
      'The following domains were not available during the check:',
      '    away.example',
    ])
    expect((await account(gone.id)).suspended_at).not.toBeNull()
    expect((await account(there.id)).suspended_at).toBeNull()
    expect((await account(fresh.id)).suspended_at).toBeNull()
    expect((await peekQueues(ctx)).filter(({ name }) => name === 'moderation.purge_account')).toHaveLength(1)
  })
})

describe('accounts refresh', () => {
  it('needs to know whose', async () => {
    expect((await run(ctx, 'accounts refresh')).exitCode).toBe(1)
    expect((await run(ctx, 'accounts refresh nobody@far.example')).exitCode).toBe(1)
  })

  it('downloads pictures anew; what is not to be had ends nothing', async () => {
    const here = await make.remoteAccount({ username: 'here', domain: 'away.example', avatar_remote_url: '' })
    await make.remoteAccount({
      username: 'lost',
      domain: 'away.example',
      avatar_remote_url: 'https://away.example/a.png',
      avatar_file_name: 'a.png',
    })
    expect((await run(ctx, 'accounts refresh --domain away.example --dry-run')).said).toEqual([
      'Refreshed 2 accounts (DRY RUN)',
    ])
    expect(await run(ctx, 'accounts refresh here@away.example')).toMatchObject({
      exitCode: 0,
      said: ['Refreshed 1 accounts'],
    })
    const ran = await run(ctx, 'accounts refresh --all -v')
    expect(ran).toMatchObject({ exitCode: 0 })
    expect(ran.said.at(-1)).toBe('Refreshed 1 accounts')
    expect(await account(here.id)).toBeDefined()
  })
})
