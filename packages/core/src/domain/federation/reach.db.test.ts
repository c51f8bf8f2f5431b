import type { AccountRow, StatusRow, StoredVisibility } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { accountReach, followerInboxes, isDomainBlocked, normalDomain, statusInboxes } from './index.ts'

let ctx: Ctx
let make: Factories
let alice: AccountRow

beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  make = factories(ctx.db)
  alice = await make.account({ username: 'alice' })
})

const remote = (domain: string, more: { suspended_at?: Date; shared_inbox_url?: string } = {}) =>
  make.remoteAccount({ domain, ...more })
const hosts = (inboxes: readonly string[]) => inboxes.map((inbox) => new URL(inbox).host).sort()
const reach = async (status: StatusRow, everybody = false) =>
  hosts(await statusInboxes(ctx, status, { includeInteracted: everybody }))

describe('who a status reaches', () => {
  it.each<[StoredVisibility, string[], string[]]>([
    [
      'public',
      ['fan.test', 'follower.test', 'mentioned.test', 'relay.test', 'replied.test'],
      ['suspended.test'],
    ],
    ['unlisted', ['fan.test', 'follower.test', 'mentioned.test', 'replied.test'], ['suspended.test']],
    ['private', ['follower.test', 'mentioned.test'], ['fan.test', 'suspended.test']],
    ['direct', ['mentioned.test'], ['fan.test']],
  ])('a %s one', async (visibility, expected, alsoForDeletion) => {
    await make.follow({ account: await remote('follower.test'), target: alice })
    await make.follow({
      account: await remote('suspended.test', { suspended_at: new Date() }),
      target: alice,
    })
    await ctx.db('relays').insert({ inbox_url: 'https://relay.test/inbox', state: 2 })
    await ctx.db('relays').insert({ inbox_url: 'https://idle.test/inbox', state: 0 })
    const parent = await make.status({ account: await remote('replied.test') })
    const mentions = [await remote('mentioned.test')]
    const status = await make.status({ account: alice, visibility, inReplyTo: parent, mentions })
    await make.favourite({ account: await remote('fan.test'), status })
    expect(await reach(status)).toEqual(expected)
    expect(await reach(status, true)).toEqual([...expected, ...alsoForDeletion].sort())
  })

  it('a public reply to somebody of ours also reaches that one’s followers, but for those who hide the server', async () => {
    const dan = await remote('dan.test')
    const parent = await make.status({ account: alice })
    await make.follow({ account: await remote('follower.test'), target: alice })
    const reply = await make.status({ account: dan, inReplyTo: parent })
    expect(await reach(reply)).toEqual(['follower.test'])
  })

  it('a reblog reaches the author of what is reblogged', async () => {
    const original = await make.status({ account: await remote('author.test') })
    const reblog = await make.status({ account: alice, reblogOf: original })
    expect(await reach(reblog)).toEqual(['author.test'])
  })

  it('each server once, by its shared inbox; servers that are gone not at all; in one statement', async () => {
    for (let n = 0; n < 5; n++) await make.follow({ account: await remote('big.test'), target: alice })
    await make.follow({ account: await remote('gone.test'), target: alice })
    await make.follow({ account: await remote('small.test', { shared_inbox_url: '' }), target: alice })
    await make.follow({ account: await make.account(), target: alice })
    await ctx.db('unavailable_domains').insert({ domain: 'gone.test' })
    const status = await make.status({ account: alice })
    const { count } = await countStatements(async () => {
      const inboxes = await statusInboxes(ctx, status)
      expect(hosts(inboxes)).toEqual(['big.test', 'small.test'])
      expect(inboxes).toContain('https://big.test/inbox')
    })
    expect(count).toBe(1)
    expect(hosts(await followerInboxes(ctx, alice))).toEqual(['big.test', 'small.test'])
  })

  it('a profile reaches followers, reporters, and those lately mentioned or followed', async () => {
    await make.follow({ account: await remote('follower.test'), target: alice })
    await make.follow({ account: alice, target: await remote('followed.test') })
    await make.followRequest({ account: alice, target: await remote('asked.test') })
    await make.status({ account: alice, visibility: 'direct', mentions: [await remote('mentioned.test')] })
    const old = new Date(Date.now() - 3 * 24 * 60 * 60 * 1000)
    await make.status({ account: alice, created_at: old, mentions: [await remote('long-ago.test')] })
    const reporter = await remote('reporter.test')
    await ctx.db('reports').insert({ account_id: reporter.id, target_account_id: alice.id })
    expect(hosts(await accountReach(ctx, alice))).toEqual([
      'asked.test',
      'followed.test',
      'follower.test',
      'mentioned.test',
      'reporter.test',
    ])
  })
})

describe('blocked servers', () => {
  it.each(['e.test', 'x.e.test', 'E.TEST.', 'a.b.e.test:8443', 'e.test:443'])(
    'SEC-FED-14 %s is one',
    async (domain) => {
      await ctx.db('domain_blocks').insert({ domain: 'e.test', severity: 1 })
      expect(await isDomainBlocked(ctx, domain)).toBe(true)
    },
  )

  it.each(['test', 'ee.test', 'e.test.example', 'v.test'])('%s is none', async (domain) => {
    await ctx.db('domain_blocks').insert({ domain: 'e.test', severity: 1 })
    expect(await isDomainBlocked(ctx, domain)).toBe(false)
  })

  it('the most specific rule counts, and only a suspension blocks', async () => {
    await ctx.db('domain_blocks').insert([
      { domain: 'e.test', severity: 1 },
      { domain: 'good.e.test', severity: 2 },
      { domain: 'quiet.test', severity: 0 },
    ])
    expect(await isDomainBlocked(ctx, 'x.good.e.test')).toBe(false)
    expect(await isDomainBlocked(ctx, 'bad.e.test')).toBe(true)
    expect(await isDomainBlocked(ctx, 'quiet.test')).toBe(false)
  })

  it('SEC-FED-14 a name in other letters is the same name', () => {
    expect(normalDomain('BÜCHER.example')).toBe('xn--bcher-kva.example')
  })
})
