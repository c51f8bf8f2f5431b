import type { AccountRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const world = useFederation(['far', 'other'])
const { uriOf, accountOf } = world
let ctx: Ctx
let make: Factories
let alice: Viewer
let far: Remote
let carol: RemoteActor

beforeEach(() => {
  ;({ ctx, make, alice } = world)
  far = world.host('far')
  carol = far.actor('carol')
})

/** Carol is known and followed by alice. */
async function followed(): Promise<AccountRow> {
  await deliver(ctx, carol, activity(carol, 'Follow', uriOf(alice.account)))
  const account = (await accountOf(carol)) as AccountRow
  await make.follow({ account: alice.account, target: account })
  far.received.length = 0
  return account
}

describe('Follow', () => {
  it('is accepted: the follower is stored, counted and answered by an Accept of its own Follow', async () => {
    const follow = activity(carol, 'Follow', uriOf(alice.account))
    await deliver(ctx, carol, follow)
    const account = await accountOf(carol)
    expect(account).toMatchObject({ username: 'carol', domain: far.host, inbox_url: carol.inbox })
    expect(await ctx.db('follows').select('account_id', 'target_account_id', 'uri')).toEqual([
      { account_id: account?.id, target_account_id: alice.account.id, uri: follow.id },
    ])
    expect(far.received).toMatchObject([
      { type: 'Accept', actor: uriOf(alice.account), object: { id: follow.id, type: 'Follow' } },
    ])
    expect(await ctx.db('notifications').select('type')).toEqual([{ type: 'follow' }])
  })

  it('of a locked account waits for its owner', async () => {
    await ctx.db('accounts').where({ id: alice.account.id }).update({ locked: true })
    await deliver(ctx, carol, activity(carol, 'Follow', uriOf(alice.account)))
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await ctx.db('follow_requests').select('target_account_id')).toHaveLength(1)
    expect(far.received).toEqual([])
  })

  it('is rejected when the follower is blocked', async () => {
    const account = await followed()
    await ctx.db('follows').delete()
    await make.block({ account: alice.account, target: account })
    await deliver(ctx, carol, activity(carol, 'Follow', uriOf(alice.account)))
    expect(await ctx.db('follows').select()).toEqual([])
    expect(far.received).toMatchObject([{ type: 'Reject' }])
  })

  it('that was undone before it came has no effect', async () => {
    await followed()
    await ctx.db('follows').delete()
    const follow = activity(carol, 'Follow', uriOf(alice.account))
    await deliver(ctx, carol, activity(carol, 'Undo', follow))
    await deliver(ctx, carol, follow)
    expect(await ctx.db('follows').select()).toEqual([])
  })
})

describe('Accept and Reject', () => {
  async function asking(): Promise<{ account: AccountRow; uri: string }> {
    const account = await followed()
    await ctx.db('follows').delete()
    const uri = `${ctx.config.baseUrl}/a-follow`
    await make.followRequest({ account: alice.account, target: account, uri })
    return { account, uri }
  }

  it('Accept turns the request into a follow, by the id of the Follow', async () => {
    const { account, uri } = await asking()
    await deliver(ctx, carol, activity(carol, 'Accept', uri))
    expect(await ctx.db('follows').select('account_id', 'target_account_id')).toEqual([
      { account_id: alice.account.id, target_account_id: account.id },
    ])
  })

  it('Accept finds the request by the two it names when the id is not ours', async () => {
    await asking()
    const object = { type: 'Follow', actor: uriOf(alice.account), object: carol.uri }
    await deliver(ctx, carol, activity(carol, 'Accept', object))
    expect(await ctx.db('follows').select()).toHaveLength(1)
  })

  it('Undo of an Accept makes the follow a request again', async () => {
    const { account, uri } = await asking()
    const accept = activity(carol, 'Accept', uri)
    await deliver(ctx, carol, accept)
    const mallory = far.actor('mallory')
    await deliver(
      ctx,
      mallory,
      activity(mallory, 'Undo', { type: 'Accept', actor: mallory.uri, object: uri }),
    )
    expect(await ctx.db('follows').select()).toHaveLength(1)
    await deliver(ctx, carol, activity(carol, 'Undo', accept))
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await ctx.db('follow_requests').select('account_id', 'target_account_id', 'uri')).toEqual([
      { account_id: alice.account.id, target_account_id: account.id, uri },
    ])
  })

  it('SEC-FED-16 an Accept by somebody else has no effect', async () => {
    const { uri } = await asking()
    const mallory = far.actor('mallory')
    await deliver(ctx, mallory, activity(mallory, 'Accept', uri))
    const object = { id: uri, type: 'Follow', actor: uriOf(alice.account), object: carol.uri }
    await deliver(ctx, mallory, activity(mallory, 'Accept', object))
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await ctx.db('follow_requests').select()).toHaveLength(1)
  })

  it('Reject ends a request, and later the follow', async () => {
    const { uri } = await asking()
    await deliver(ctx, carol, activity(carol, 'Reject', uri))
    expect(await ctx.db('follow_requests').select()).toEqual([])
    const account = (await accountOf(carol)) as AccountRow
    await make.follow({ account: alice.account, target: account, uri })
    await deliver(ctx, carol, activity(carol, 'Reject', { type: 'Follow', id: uri }))
    expect(await ctx.db('follows').select()).toEqual([])
  })
})
