import type { AccountRow, DomainBlockRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { renderNotifications } from '../../entities/index.ts'
import { isDomainBlocked } from '../federation/index.ts'
import {
  applyDomainBlock,
  createDomainAllow,
  createDomainBlock,
  type DomainBlockChange,
  removeDomainAllow,
  removeDomainBlock,
  updateDomainBlock,
} from './index.ts'

let ctx: TestContext
let make: Factories
let cast: Cast
/** Activities that left, as type, type of what it is about, and host. */
let sent: string[]

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  registerHandlers({
    ...allHandlers,
    'federation.deliver': async (_ctx, payload) => {
      const { bodyId, inboxUrl } = payload as { bodyId: string; inboxUrl: string }
      const { body } = await ctx.db('activity_bodies').where({ id: bodyId }).first()
      const { type, object } = JSON.parse(body)
      sent.push(`${type} ${object.type} ${new URL(inboxUrl).host}`)
    },
  })
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  sent = []
})

const account = async (id: string): Promise<AccountRow> => ctx.db('accounts').where({ id }).first()
const rows = (table: string, where: object = {}) => ctx.db(table).where(where)

async function block(domain: string, change: DomainBlockChange = {}): Promise<DomainBlockRow> {
  const outcome = await createDomainBlock(ctx, cast.ada, domain, change)
  if (outcome.kind !== 'created') throw new Error(`conflict with ${outcome.existing.domain}`)
  await drainQueues(ctx)
  return outcome.block
}

async function change(id: string, values: DomainBlockChange): Promise<void> {
  await updateDomainBlock(ctx, cast.ada, id, values)
  await drainQueues(ctx)
}

async function lift(id: string): Promise<void> {
  await removeDomainBlock(ctx, cast.ada, id)
  await drainQueues(ctx)
}

describe('limiting a server', () => {
  it('limits its accounts and those below it with the time of the block, and lifting frees exactly these', async () => {
    const near = await make.remoteAccount({ domain: 'bad.test' })
    const below = await make.remoteAccount({ domain: 'a.b.bad.test' })
    const withPort = await make.remoteAccount({ domain: 'c.bad.test:3000' })
    const alike = await make.remoteAccount({ domain: 'notbad.test' })
    const before = await make.remoteAccount({ domain: 'bad.test', silenced_at: new Date('2020-01-01') })
    const made = await block('BAD.test.')
    expect(made.domain).toBe('bad.test')
    for (const each of [near, below, withPort])
      expect((await account(each.id)).silenced_at).toEqual(made.created_at)
    expect((await account(alike.id)).silenced_at).toBeNull()
    expect((await account(before.id)).silenced_at).toEqual(new Date('2020-01-01'))
    await lift(made.id)
    for (const each of [near, below, withPort]) expect((await account(each.id)).silenced_at).toBeNull()
    expect((await account(before.id)).silenced_at).toEqual(new Date('2020-01-01'))
    expect(await rows('domain_blocks')).toEqual([])
  })

  it('does nothing to accounts when it only refuses files or reports', async () => {
    const near = await make.remoteAccount({ domain: 'bad.test' })
    await block('bad.test', { severity: 'noop', rejectReports: true })
    expect(await account(near.id)).toMatchObject({ silenced_at: null, suspended_at: null })
  })

  it('takes back what the earlier severity did', async () => {
    const near = await make.remoteAccount({ domain: 'bad.test' })
    const made = await block('bad.test', { severity: 'silence' })
    await change(made.id, { severity: 'suspend' })
    expect(await account(near.id)).toMatchObject({ silenced_at: null, suspended_at: made.created_at })
    await change(made.id, { severity: 'silence' })
    expect(await account(near.id)).toMatchObject({
      silenced_at: made.created_at,
      suspended_at: null,
      suspension_origin: null,
    })
    await change(made.id, { severity: 'noop' })
    expect(await account(near.id)).toMatchObject({ silenced_at: null, suspended_at: null })
  })

  it('leaves a block above in force when one below it is lifted', async () => {
    const below = await make.remoteAccount({ domain: 'a.bad.test' })
    const inner = await block('a.bad.test', { severity: 'silence' })
    const outer = await block('bad.test', { severity: 'silence' })
    expect((await account(below.id)).silenced_at).toEqual(inner.created_at)
    await lift(inner.id)
    expect((await account(below.id)).silenced_at).toEqual(outer.created_at)
  })

  it('limits nobody once it is lifted, though its job comes late', async () => {
    const near = await make.remoteAccount({ domain: 'bad.test' })
    const outcome = await createDomainBlock(ctx, cast.ada, 'bad.test', { severity: 'suspend' })
    if (outcome.kind !== 'created') throw new Error('conflict')
    await removeDomainBlock(ctx, cast.ada, outcome.block.id)
    await applyDomainBlock(ctx, { domainBlockId: outcome.block.id, isSeverityChanged: false })
    await drainQueues(ctx)
    expect((await account(near.id)).suspended_at).toBeNull()
  })

  it('takes a bounded number of statements, however many accounts there are', async () => {
    const counts: number[] = []
    for (const size of [2, 40]) {
      const domain = `bad${size}.test`
      for (let n = 0; n < size; n++) await make.remoteAccount({ domain })
      const outcome = await createDomainBlock(ctx, cast.ada, domain, { severity: 'silence' })
      if (outcome.kind !== 'created') throw new Error('conflict')
      const id = outcome.block.id
      const { count } = await countStatements(() =>
        applyDomainBlock(ctx, { domainBlockId: id, isSeverityChanged: false }),
      )
      counts.push(count)
    }
    expect(counts[1]).toBe(counts[0])
  })
})

describe('suspending a server', () => {
  it('cuts follows and requests both ways, tells both sides, and removes what its accounts have here', async () => {
    const { alice, bob } = cast
    const dora = await make.remoteAccount({ domain: 'bad.test', display_name: 'Dora' })
    const eric = await make.remoteAccount({ domain: 'x.bad.test' })
    await make.follow({ account: alice.account, target: dora, languages: ['de'] })
    await make.follow({ account: dora, target: alice.account })
    await make.follow({ account: bob.account, target: eric })
    await make.followRequest({ account: eric, target: bob.account })
    await make.followRequest({ account: bob.account, target: dora })
    await make.follow({ account: alice.account, target: cast.carol })
    const status = await make.status({ account: dora })
    await ctx.db('account_stats').where({ account_id: alice.account.id }).update({ following_count: 2 })

    const made = await block('bad.test', { severity: 'suspend' })

    for (const each of [dora, eric])
      expect(await account(each.id)).toMatchObject({
        suspended_at: made.created_at,
        suspension_origin: 0,
        display_name: '',
      })
    expect(await rows('follows')).toMatchObject([{ target_account_id: cast.carol.id }])
    expect(await rows('follow_requests')).toEqual([])
    const stats = await rows('account_stats', { account_id: alice.account.id }).first()
    expect(Number(stats.following_count)).toBe(1)
    expect((await rows('statuses', { id: status.id }).first()).deleted_at).not.toBeNull()
    expect(sent.sort()).toEqual([
      'Reject Follow bad.test',
      'Reject Follow x.bad.test',
      'Undo Follow bad.test',
      'Undo Follow bad.test',
      'Undo Follow x.bad.test',
    ])
    const events = await rows('relationship_severance_events')
    expect(events).toMatchObject([{ type: 0, target_name: 'bad.test', purged: false }])
    expect(await rows('account_relationship_severance_events').orderBy('account_id')).toMatchObject([
      { account_id: alice.account.id, followers_count: 1, following_count: 1 },
      { account_id: bob.account.id, followers_count: 0, following_count: 1 },
    ])
    expect(await rows('severed_relationships', { languages: ['de'] })).toMatchObject([
      { local_account_id: alice.account.id, remote_account_id: dora.id, direction: 1 },
    ])
    expect(await rows('notifications', { type: 'severed_relationships' })).toHaveLength(2)
    const told = await rows('notifications', { account_id: alice.account.id })
    expect(await renderNotifications(ctx, alice, told)).toMatchObject([
      {
        type: 'severed_relationships',
        event: { type: 'domain_block', target_name: 'bad.test', followers_count: 1, following_count: 1 },
      },
    ])
  })

  it('does nothing twice when its job runs again', async () => {
    const dora = await make.remoteAccount({ domain: 'bad.test' })
    await make.follow({ account: cast.alice.account, target: dora })
    const made = await block('bad.test', { severity: 'suspend' })
    await applyDomainBlock(ctx, { domainBlockId: made.id, isSeverityChanged: false })
    await drainQueues(ctx)
    expect(await rows('relationship_severance_events')).toHaveLength(1)
    expect(await rows('notifications', { type: 'severed_relationships' })).toHaveLength(1)
  })

  it('leaves suspensions alone that somebody else made', async () => {
    const dora = await make.remoteAccount({ domain: 'bad.test', suspended_at: new Date('2020-01-01') })
    const made = await block('bad.test', { severity: 'suspend' })
    await lift(made.id)
    expect((await account(dora.id)).suspended_at).toEqual(new Date('2020-01-01'))
  })
})

describe('refusing the files of a server', () => {
  it('deletes pictures, attachments and emojis, and leaves those of others', async () => {
    const dora = await make.remoteAccount({
      domain: 'bad.test',
      avatar_file_name: 'a.png',
      avatar_remote_url: 'https://bad.test/a.png',
      avatar_storage_schema_version: 1,
    })
    const other = await make.remoteAccount({ domain: 'good.test', avatar_file_name: 'b.png' })
    const media = await make.media({
      account: dora,
      remote_url: 'https://bad.test/m.png',
      file_file_name: 'm.png',
      file_storage_schema_version: 1,
    })
    const own = await make.media({ account: cast.alice.account, file_file_name: 'own.png' })
    await make.customEmoji({ domain: 'bad.test', shortcode: 'grr' })
    await make.customEmoji({ domain: 'good.test', shortcode: 'yay' })
    const keys: string[] = []
    const { storage } = ctx
    ctx.storage = {
      ...storage,
      delete: async (given) => {
        keys.push(...given)
      },
    }
    await block('bad.test', { severity: 'noop', rejectMedia: true })
    ctx.storage = storage
    expect(await account(dora.id)).toMatchObject({
      avatar_file_name: null,
      avatar_remote_url: 'https://bad.test/a.png',
    })
    expect((await account(other.id)).avatar_file_name).toBe('b.png')
    expect(await rows('media_attachments', { id: media.id }).first()).toMatchObject({
      file_file_name: null,
      remote_url: 'https://bad.test/m.png',
      type: 3,
    })
    expect((await rows('media_attachments', { id: own.id }).first()).file_file_name).toBe('own.png')
    expect(await rows('custom_emojis')).toMatchObject([{ shortcode: 'yay' }])
    expect(keys.some((key) => key.endsWith('original/a.png'))).toBe(true)
    expect(keys.some((key) => key.endsWith('small/m.png'))).toBe(true)
  })
})

describe('every deed', () => {
  it('is in the audit log', async () => {
    const made = await block('bad.test')
    await change(made.id, { publicComment: 'spam' })
    await lift(made.id)
    const log = await rows('admin_action_logs').orderBy('id')
    expect(log).toMatchObject(
      ['create', 'update', 'destroy'].map((action) => ({
        action,
        account_id: cast.ada.account.id,
        target_type: 'DomainBlock',
        target_id: made.id,
        human_identifier: 'bad.test',
      })),
    )
  })
})

describe('limited federation', () => {
  let limited: TestContext
  beforeAll(() => {
    limited = {
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, LIMITED_FEDERATION_MODE: true } },
    }
  })

  it('lets in whom the list names, exactly', async () => {
    expect(await isDomainBlocked(limited, 'good.test')).toBe(true)
    await createDomainAllow(limited, cast.ada, 'Good.test')
    expect(await isDomainBlocked(limited, 'good.test')).toBe(false)
    expect(await isDomainBlocked(limited, 'x.good.test')).toBe(true)
    // Domain blocks are another way to federate: the list alone counts.
    await block('good.test', { severity: 'suspend' })
    expect(await isDomainBlocked(limited, 'good.test')).toBe(false)
    expect(await isDomainBlocked(ctx, 'good.test')).toBe(true)
  })

  it('suspends the accounts of a server that leaves the list, and frees them when it comes back', async () => {
    const dora = await make.remoteAccount({ domain: 'good.test' })
    await make.follow({ account: cast.alice.account, target: dora })
    const allow = await createDomainAllow(limited, cast.ada, 'good.test')
    expect(await createDomainAllow(limited, cast.ada, 'good.test')).toEqual(allow)
    await removeDomainAllow(limited, cast.ada, allow.id)
    await drainQueues(limited)
    expect((await account(dora.id)).suspended_at).not.toBeNull()
    expect(await rows('follows')).toEqual([])
    expect(await rows('notifications', { type: 'severed_relationships' })).toHaveLength(1)
    await createDomainAllow(limited, cast.ada, 'good.test')
    await drainQueues(limited)
    expect((await account(dora.id)).suspended_at).toBeNull()
  })

  it('is not there: the list alone changes nothing', async () => {
    await make.remoteAccount({ domain: 'good.test' })
    const allow = await createDomainAllow(ctx, cast.ada, 'good.test')
    await removeDomainAllow(ctx, cast.ada, allow.id)
    expect((await peekQueues(ctx)).map((job) => job.name)).toEqual([])
    expect(await rows('admin_action_logs').orderBy('id')).toMatchObject([
      { action: 'create', target_type: 'DomainAllow', human_identifier: 'good.test' },
      { action: 'destroy' },
    ])
  })
})
