import type { AccountRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const world = useFederation(['far', 'other'])
let ctx: Ctx
let make: Factories
let alice: Viewer
let old: RemoteActor
let fresh: RemoteActor
let source: AccountRow

beforeEach(async () => {
  ;({ ctx, make, alice } = world)
  old = world.host('far').actor('carol')
  fresh = world.host('other').actor('carol', { alsoKnownAs: [old.uri] })
  source = await world.met(old)
})

const move = (target = fresh.uri) => ({ ...activity(old, 'Move', old.uri), target })
const movedTo = async () =>
  (await ctx.db('accounts').where({ id: source.id }).first())?.moved_to_account_id as string | null
const received = (type: string, name = 'other') =>
  world.host(name).received.filter((document) => document.type === type)

describe('Move', () => {
  it('asks the new account with the old options, keeps the lists, and ends the old follow', async () => {
    const follow = {
      account: alice.account,
      target: source,
      show_reblogs: false,
      notify: true,
      languages: ['de'],
    }
    const { id: followId } = await make.follow(follow)
    const list = await make.list({ account: alice.account, members: [source] })
    await deliver(ctx, old, move())
    const target = (await world.accountOf(fresh)) as AccountRow
    expect(await movedTo()).toBe(target.id)
    expect(await ctx.db('follow_requests').select('*')).toMatchObject([
      {
        account_id: alice.account.id,
        target_account_id: target.id,
        show_reblogs: false,
        notify: true,
        languages: ['de'],
      },
    ])
    expect(received('Follow')).toHaveLength(1)
    expect(received('Undo', 'far')).toMatchObject([{ object: { type: 'Follow', object: old.uri } }])
    expect(await ctx.db('follows').where({ id: followId }).select()).toEqual([])
    expect(await ctx.db('list_accounts').where({ list_id: list.id }).select('account_id')).toEqual([
      { account_id: target.id },
    ])
    await deliver(ctx, fresh, activity(fresh, 'Accept', received('Follow')[0]?.id as string))
    expect(await ctx.db('follows').select('target_account_id')).toEqual([{ target_account_id: target.id }])
    expect(await ctx.db('list_accounts').select('account_id')).toEqual([{ account_id: target.id }])
  })

  it('to an account of ours makes its followers follow at once, though it is locked', async () => {
    const bob = await make.viewer({ account: { locked: true, also_known_as: [old.uri] } })
    await make.follow({ account: alice.account, target: source })
    await deliver(ctx, old, move(world.uriOf(bob.account)))
    expect(await ctx.db('follows').select('account_id', 'target_account_id')).toEqual([
      { account_id: alice.account.id, target_account_id: bob.account.id },
    ])
  })

  it('carries notes, blocks and mutes over, and explains what nobody noted', async () => {
    const [bob, eve] = await Promise.all([make.viewer({}), make.viewer({})])
    await make.accountNote({ account: alice.account, target: source, comment: 'met in May' })
    await make.block({ account: bob.account, target: source })
    await make.mute({ account: eve.account, target: source, hide_notifications: false })
    await deliver(ctx, old, move())
    const target = (await world.accountOf(fresh)) as AccountRow
    const about = { target_account_id: target.id }
    expect(await ctx.db('blocks').where(about).select('account_id')).toEqual([{ account_id: bob.account.id }])
    expect(await ctx.db('mutes').where(about).select('account_id', 'hide_notifications')).toEqual([
      { account_id: eve.account.id, hide_notifications: false },
    ])
    const notes = await ctx.db('account_notes').where(about).select('account_id', 'comment')
    const noteOf = (viewer: Viewer) => notes.find((row) => row.account_id === viewer.account.id)?.comment
    expect(noteOf(alice)).toContain('met in May')
    expect(noteOf(alice)).toContain(`carol@${source.domain}`)
    expect(noteOf(bob)).toContain('whom you blocked')
    expect(noteOf(eve)).toContain('whom you muted')
  })

  it('keeps the old follow of whom the new account may not be followed by', async () => {
    await make.follow({ account: alice.account, target: source })
    const target = await world.met(fresh)
    await make.block({ account: target, target: alice.account })
    await deliver(ctx, old, move())
    expect(await movedTo()).toBe(target.id)
    expect(await ctx.db('follows').select('target_account_id')).toEqual([{ target_account_id: source.id }])
  })

  it('SEC-FED-04 does nothing when the new account does not name the old one, and may come again', async () => {
    await make.follow({ account: alice.account, target: source })
    fresh.document.alsoKnownAs = [`${old.uri}2`]
    await deliver(ctx, old, move())
    expect(await movedTo()).toBeNull()
    expect(await ctx.db('follows').select('target_account_id')).toEqual([{ target_account_id: source.id }])
    fresh.document.alsoKnownAs = old.uri
    await deliver(ctx, old, move())
    expect(await movedTo()).toBe((await world.accountOf(fresh))?.id)
  })

  it('SEC-FED-04 does nothing when somebody moves somebody else', async () => {
    const mallory = world.host('far').actor('mallory')
    await make.follow({ account: alice.account, target: source })
    fresh.document.alsoKnownAs = [old.uri, mallory.uri]
    await deliver(ctx, mallory, { ...activity(mallory, 'Move', old.uri), target: fresh.uri })
    expect(await movedTo()).toBeNull()
  })

  it('counts once in seven days', async () => {
    await deliver(ctx, old, move())
    const second = world.host('other').actor('second', { alsoKnownAs: [old.uri] })
    await deliver(ctx, old, move(second.uri))
    expect(await movedTo()).toBe((await world.accountOf(fresh))?.id)
  })
})
