import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import { renderAccount, renderStatuses } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { redisKey } from '../../kernel/redis-keys.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { systemChannel } from '../../streaming/index.ts'
import { searchAccounts } from '../accounts/index.ts'
import { findLocalActor, findShownActor } from '../federation/index.ts'
import { followAccount } from '../relationships/index.ts'
import { getStatus } from '../statuses/index.ts'
import { buildFeed, readAccountStatuses, readHome, readPublic } from '../timelines/index.ts'
import { actOnAccount, deleteSuspended, eraseSuspended, unsuspendAccount } from './index.ts'

const world = useFederation(['far'])
let ctx: Ctx
let make: Factories
let alice: Viewer
let bob: Viewer
let ada: Viewer
let far: Remote
let carol: RemoteActor

beforeEach(async () => {
  ;({ ctx, make, alice } = world)
  far = world.host('far')
  carol = far.actor('carol')
  const admin = await ctx.db('user_roles').where({ name: 'Owner' }).first()
  ada = await make.viewer({ account: { username: 'ada' }, role_id: admin.id })
  bob = await make.viewer({ account: { username: 'bob' } })
})

const suspend = (id: string) => actOnAccount(ctx, ada, id, { type: 'suspend', isTold: false })
const row = (id: string) => ctx.db('accounts').where({ id }).first()
const PAGE = { limit: 20 }
const everything = { onlyMedia: false } as const

/** Every list in which bob could meet alice's status. */
async function seenBy(viewer: Viewer | null, statusId: string): Promise<Record<string, boolean>> {
  const has = (ids: readonly string[]) => ids.includes(statusId)
  const reader = viewer ?? bob
  return {
    alone: await getStatus(ctx, viewer, statusId).then(
      () => true,
      () => false,
    ),
    public: has(await readPublic(ctx, viewer, PAGE, everything)),
    profile: has(await readAccountStatuses(ctx, viewer, alice.account.id, PAGE, {})),
    home: has((await readHome(ctx, reader, PAGE)).ids),
    found: (await searchAccounts(ctx, reader, { q: 'alice', limit: 10 })).includes(alice.account.id),
  }
}

describe('the suspension of an account of ours', () => {
  it('hides it everywhere at once, and lifting it brings all back', async () => {
    await followAccount(ctx, bob.account, alice.account)
    const status = await make.status({ account: alice.account, text: 'hello' })
    await buildFeed(ctx, { accountId: bob.account.id })
    await drainQueues(ctx)
    const shown = { alone: true, public: true, profile: true, home: true, found: true }
    expect(await seenBy(bob, status.id)).toEqual(shown)
    await suspend(alice.account.id)
    // Before any job has run: only the feed in Redis holds the id still, and nothing is shown of it.
    const { home: _home, ...elsewhere } = await seenBy(bob, status.id)
    expect(await renderStatuses(ctx, bob, [status.id])).toEqual([])
    expect(elsewhere).toEqual({ alone: false, public: false, profile: false, found: false })
    expect(await seenBy(null, status.id)).toMatchObject({ alone: false, public: false, profile: false })
    expect(await renderAccount(ctx, bob, alice.account.id)).toMatchObject({
      suspended: true,
      display_name: '',
      note: '',
    })
    await drainQueues(ctx)
    expect((await seenBy(bob, status.id)).home).toBe(false)
    await unsuspendAccount(ctx, ada, alice.account.id)
    await drainQueues(ctx)
    expect(await seenBy(bob, status.id)).toEqual(shown)
    expect(await renderStatuses(ctx, bob, [status.id])).toHaveLength(1)
  })

  it('SEC-AUTH-06 closes its streams, bans its address, and keeps what waits for 30 days', async () => {
    const heard: string[] = []
    const listener = ctx.redis.duplicate({ enableOfflineQueue: true })
    await listener.subscribe(redisKey(ctx, systemChannel(alice.account.id)))
    listener.on('message', (_channel, message) => heard.push(message))
    await suspend(alice.account.id)
    await drainQueues(ctx)
    expect(heard.map((message) => JSON.parse(message).event)).toContain('kill')
    listener.disconnect()
    expect(await ctx.db('canonical_email_blocks').pluck('reference_account_id')).toEqual([alice.account.id])
    expect(await ctx.db('account_deletion_requests').pluck('account_id')).toEqual([alice.account.id])
    expect(await row(alice.account.id)).toMatchObject({ suspension_origin: 0 })
    await unsuspendAccount(ctx, ada, alice.account.id)
    expect(await ctx.db('canonical_email_blocks').select()).toEqual([])
    expect(await ctx.db('account_deletion_requests').select()).toEqual([])
  })

  it('tells other servers, whose view of it is blank: 403 for what it wrote, the actor itself there', async () => {
    const account = await world.met(carol)
    await make.follow({ account, target: alice.account })
    await suspend(alice.account.id)
    const update = async () => {
      await drainQueues(ctx)
      const received = far.received.splice(0)
      return received as { type: string; object: Record<string, unknown> }[]
    }
    expect(await update()).toEqual([
      expect.objectContaining({
        type: 'Update',
        object: expect.objectContaining({ suspended: true, name: 'alice', summary: '' }),
      }),
    ])
    const address = { name: 'alice' }
    expect((await findLocalActor(ctx, address)).id).toBe(alice.account.id)
    await expect(findShownActor(ctx, address)).rejects.toMatchObject({ status: 403 })
    await unsuspendAccount(ctx, ada, alice.account.id)
    const [back] = await update()
    expect(back?.object.suspended).toBeUndefined()
  })

  it('shows its files to nobody until it is lifted', async () => {
    const media = await make.media({ account: alice.account, file_file_name: 'a.png' })
    const key = mediaKey(media, 'original') ?? ''
    await ctx.storage.put(key, Buffer.from('x'), { contentType: 'image/png' })
    const mode = async () => (await stat(join(ctx.config.env.PAPERCLIP_ROOT_PATH, key))).mode & 0o777
    await suspend(alice.account.id)
    await drainQueues(ctx)
    expect(await mode()).toBe(0o400)
    await unsuspendAccount(ctx, ada, alice.account.id)
    await drainQueues(ctx)
    expect(await mode()).toBe(0o644)
  })

  it('SEC-AUTH-26 stops what it has scheduled', async () => {
    const { publishScheduled } = await import('../statuses/index.ts')
    await ctx.db('scheduled_statuses').insert({
      account_id: alice.account.id,
      scheduled_at: new Date(Date.now() - 1000),
      params: JSON.stringify({ text: 'later', visibility: 'public' }),
    })
    await suspend(alice.account.id)
    await publishScheduled(ctx)
    expect(await ctx.db('statuses').where({ account_id: alice.account.id })).toEqual([])
  })

  it('ends after 30 days with everything deleted, and the name, the login and the address kept', async () => {
    const status = await make.status({ account: alice.account })
    const account = await world.met(carol)
    await make.follow({ account, target: alice.account })
    await make.token({ user: alice.user })
    await suspend(alice.account.id)
    await drainQueues(ctx)
    far.received.length = 0
    expect(await eraseSuspended(ctx)).toBe(0)
    await ctx.db('account_deletion_requests').update({ created_at: new Date(Date.now() - 31 * 86_400_000) })
    expect(await eraseSuspended(ctx)).toBe(1)
    await drainQueues(ctx)
    expect(far.received).toEqual([
      expect.objectContaining({ type: 'Delete', object: world.uriOf(alice.account) }),
    ])
    expect(await ctx.db('statuses').where({ id: status.id }).first()).toMatchObject({
      deleted_at: expect.any(Date),
    })
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await row(alice.account.id)).toMatchObject({ username: 'alice', display_name: '', note: '' })
    expect(await ctx.db('users').where({ id: alice.user.id }).first()).toMatchObject({ disabled: true })
    expect(
      await ctx.db('oauth_access_tokens').where({ revoked_at: null, resource_owner_id: alice.user.id }),
    ).toEqual([])
    expect(await ctx.db('canonical_email_blocks').select()).toHaveLength(1)
    await expect(findLocalActor(ctx, { name: 'alice' })).rejects.toMatchObject({ status: 410 })
    await expect(unsuspendAccount(ctx, ada, alice.account.id)).rejects.toMatchObject({ status: 403 })
    expect(await eraseSuspended(ctx)).toBe(0)
  })

  it('lifted in time deletes nothing', async () => {
    const status = await make.status({ account: alice.account })
    await suspend(alice.account.id)
    await deleteSuspended(ctx, ada, alice.account.id)
    await unsuspendAccount(ctx, ada, alice.account.id)
    await drainQueues(ctx)
    expect(await getStatus(ctx, bob, status.id)).toMatchObject({ id: status.id })
  })
})

describe('the suspension of a remote account', () => {
  it('SEC-PRIV-17 ends its follows of ours, and what it sends comes to nothing', async () => {
    const account = await world.met(carol)
    await deliver(ctx, carol, activity(carol, 'Follow', world.uriOf(alice.account)))
    await make.follow({ account: bob.account, target: account })
    far.received.length = 0
    await suspend(account.id)
    expect(await sentActivities(ctx)).toEqual([])
    await drainQueues(ctx)
    expect(far.received).toEqual([
      expect.objectContaining({ type: 'Reject', actor: world.uriOf(alice.account) }),
    ])
    expect(await ctx.db('follows').where({ account_id: account.id })).toEqual([])
    const before = await world.count('statuses')
    const note = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Create', note))
    await deliver(ctx, carol, activity(carol, 'Update', note))
    await deliver(ctx, carol, activity(carol, 'Follow', world.uriOf(alice.account)))
    expect(await world.count('statuses')).toBe(before)
    expect(await ctx.db('follows').where({ account_id: account.id })).toEqual([])
  })

  it('is ours to lift, but for what its own server says', async () => {
    const account = await world.met(carol)
    await expect(unsuspendAccount(ctx, ada, account.id)).rejects.toMatchObject({ status: 403 })
    await ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ suspended_at: new Date(), suspension_origin: 1 })
    await expect(unsuspendAccount(ctx, ada, account.id)).rejects.toMatchObject({ status: 403 })
    await suspend(account.id)
    await drainQueues(ctx)
    await unsuspendAccount(ctx, ada, account.id)
    await drainQueues(ctx)
    expect(await row(account.id)).toMatchObject({ suspended_at: null, suspension_origin: null })
  })
})

describe('limits', () => {
  it('keep an account from public timelines and strangers, not from its followers', async () => {
    const cast = { eve: await make.viewer({ account: { username: 'eve' } }) }
    await followAccount(ctx, bob.account, alice.account)
    const status = await make.status({ account: alice.account })
    await actOnAccount(ctx, ada, alice.account.id, { type: 'silence', isTold: false })
    const inPublic = (viewer: Viewer | null) => readPublic(ctx, viewer, PAGE, everything)
    expect(await inPublic(null)).not.toContain(status.id)
    expect(await inPublic(cast.eve)).not.toContain(status.id)
    expect((await getStatus(ctx, cast.eve, status.id)).id).toBe(status.id)
    expect(await readAccountStatuses(ctx, bob, alice.account.id, PAGE, {})).toContain(status.id)
    expect(await renderAccount(ctx, cast.eve, alice.account.id)).toMatchObject({ limited: true })
  })

  it('mark media of others as sensitive', async () => {
    const status = await make.status({ account: alice.account, sensitive: false })
    await make.media({ account: alice.account, status_id: status.id })
    await actOnAccount(ctx, ada, alice.account.id, { type: 'sensitive', isTold: false })
    expect((await renderStatuses(ctx, bob, [status.id]))[0]?.sensitive).toBe(true)
    expect((await renderStatuses(ctx, alice, [status.id]))[0]?.sensitive).toBe(false)
  })
})
