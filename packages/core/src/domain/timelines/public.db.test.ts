import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { saveSettings } from '../settings/index.ts'
import { readAccountStatuses, readPublic, readTag } from './index.ts'

let ctx: Ctx
let make: ReturnType<typeof factories>
let alice: Viewer
let bob: Viewer
let carol: AccountRow

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))
beforeEach(async () => {
  await resetDatabase(ctx)
  alice = await make.viewer({})
  bob = await make.viewer({})
  carol = await make.remoteAccount({ domain: 'remote.example' })
})

const window = { limit: 20 }

describe('the public timeline', () => {
  it('has public originals that answer nobody else, and its two halves', async () => {
    const local = await make.status({ account: bob.account })
    const thread = await make.status({ account: bob.account, inReplyTo: local })
    const remote = await make.status({ account: carol })
    await make.status({ account: alice.account, inReplyTo: local })
    await make.status({ account: alice.account, reblogOf: local })
    await make.status({ account: bob.account, visibility: 'unlisted' })
    await make.status({ account: await make.account({ silenced_at: new Date() }) })
    await make.status({ account: await make.account({ suspended_at: new Date() }) })
    expect(await readPublic(ctx, null, window, {})).toEqual([remote.id, thread.id, local.id])
    expect(await readPublic(ctx, null, window, { local: true })).toEqual([thread.id, local.id])
    expect(await readPublic(ctx, null, window, { remote: true })).toEqual([remote.id])
    expect(await readPublic(ctx, null, window, { local: true, remote: true })).toHaveLength(3)
  })

  it('can be of media only', async () => {
    await make.status({ account: bob.account })
    const media = await make.media({ account: bob.account })
    const pictured = await make.status({ account: bob.account, media: [media] })
    expect(await readPublic(ctx, null, window, { onlyMedia: true })).toEqual([pictured.id])
  })

  it('SEC-PRIV-20 leaves out whom the viewer blocks, mutes, hides or is blocked by, and keeps its pages full', async () => {
    const [blocked, muted, blocker] = [await make.account({}), await make.account({}), await make.account({})]
    await make.block({ account: alice.account, target: blocked })
    await make.mute({ account: alice.account, target: muted })
    await make.block({ account: blocker, target: alice.account })
    await make.domainBlock({ account: alice.account, domain: 'remote.example' })
    const wanted = []
    for (let n = 0; n < 3; n++) {
      wanted.unshift((await make.status({ account: bob.account })).id)
      for (const account of [blocked, muted, blocker, carol]) await make.status({ account })
    }
    expect(await readPublic(ctx, alice, { limit: 3 }, {})).toEqual(wanted)
    expect(await readPublic(ctx, null, window, {})).toHaveLength(15)
  })

  it('sees a muted account again when the mute has run out', async () => {
    await make.mute({ account: alice.account, target: bob.account, expires_at: new Date(Date.now() - 1000) })
    const status = await make.status({ account: bob.account })
    expect(await readPublic(ctx, alice, window, {})).toEqual([status.id])
  })

  it('keeps to the chosen languages', async () => {
    const german = await make.status({ account: bob.account, language: 'de' })
    const none = await make.status({ account: bob.account, language: null })
    await make.status({ account: bob.account, language: 'fr' })
    const reader = { ...alice, user: { ...alice.user, chosen_languages: ['de', 'en'] } }
    expect(await readPublic(ctx, reader, window, {})).toEqual([none.id, german.id])
  })

  it('pages in both directions', async () => {
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.unshift((await make.status({ account: bob.account })).id)
    expect(await readPublic(ctx, null, { limit: 3, maxId: ids[2] }, {})).toEqual(ids.slice(3, 6))
    expect(await readPublic(ctx, null, { limit: 3, minId: ids[5] }, {})).toEqual(ids.slice(2, 5))
    expect(await readPublic(ctx, null, { limit: 3, sinceId: ids[5] }, {})).toEqual(ids.slice(0, 3))
    expect(await readPublic(ctx, null, { limit: 0 }, {})).toEqual([])
  })

  it('SEC-PRIV-25 is closed as the settings say', async () => {
    const local = await make.status({ account: bob.account })
    const remote = await make.status({ account: carol })
    await saveSettings(ctx, { local_live_feed_access: 'disabled', remote_live_feed_access: 'authenticated' })
    await expect(readPublic(ctx, null, window, {})).rejects.toThrow(
      'This method requires an authenticated user',
    )
    expect(await readPublic(ctx, alice, window, {})).toEqual([remote.id])
    expect(await readPublic(ctx, alice, window, { local: true })).toEqual([])
    const moderator = { ...alice, role: await make.role({ permissions: String(1 << 20) }) }
    expect(await readPublic(ctx, moderator, window, {})).toEqual([remote.id, local.id])
    await saveSettings(ctx, { local_live_feed_access: 'public' })
    expect(await readPublic(ctx, null, window, { local: true })).toEqual([local.id])
  })
})

describe('the timeline of a hashtag', () => {
  it('has replies, and finds the name however it is written', async () => {
    const one = await make.status({ account: bob.account, tags: ['cafe'] })
    const reply = await make.status({ account: alice.account, inReplyTo: one, tags: ['cafe'] })
    await make.status({ account: bob.account, tags: ['cafe'], visibility: 'unlisted' })
    expect(await readTag(ctx, null, 'Café', window, {})).toEqual([reply.id, one.id])
    expect(await readTag(ctx, null, 'unknown', window, { any: ['cafe'] })).toEqual([])
  })

  it('takes further names: any, all, none', async () => {
    const a = await make.status({ account: bob.account, tags: ['a'] })
    const ab = await make.status({ account: bob.account, tags: ['a', 'b'] })
    const b = await make.status({ account: bob.account, tags: ['b'] })
    const abc = await make.status({ account: bob.account, tags: ['a', 'b', 'c'] })
    const read = (filters: object) => readTag(ctx, null, 'a', window, filters)
    expect(await read({ any: ['b'] })).toEqual([abc.id, b.id, ab.id, a.id])
    expect(await read({ all: ['b'] })).toEqual([abc.id, ab.id])
    expect(await read({ none: ['c'] })).toEqual([ab.id, a.id])
    expect(await read({ any: ['b'], none: ['c'], all: ['b'] })).toEqual([b.id, ab.id])
    expect(await readTag(ctx, null, 'a', { limit: 2, minId: a.id }, { any: ['b'] })).toEqual([b.id, ab.id])
  })

  it('does not ask for languages, but for blocks', async () => {
    const french = await make.status({ account: bob.account, tags: ['a'], language: 'fr' })
    const blocked = await make.account({})
    await make.block({ account: alice.account, target: blocked })
    await make.status({ account: blocked, tags: ['a'] })
    const reader = { ...alice, user: { ...alice.user, chosen_languages: ['de'] } }
    expect(await readTag(ctx, reader, 'a', window, {})).toEqual([french.id])
  })
})

describe('the statuses of an account', () => {
  const read = (viewer: Viewer | null, filters = {}) =>
    readAccountStatuses(ctx, viewer, bob.account.id, window, filters)

  it('SEC-PRIV-09 shows each viewer what is for them', async () => {
    const open = await make.status({ account: bob.account })
    const unlisted = await make.status({ account: bob.account, visibility: 'unlisted' })
    const forFollowers = await make.status({ account: bob.account, visibility: 'private' })
    const named = await make.status({ account: bob.account, visibility: 'direct', mentions: [alice.account] })
    const secret = await make.status({ account: bob.account, visibility: 'direct' })
    expect(await read(null)).toEqual([unlisted.id, open.id])
    expect(await read(alice)).toEqual([named.id, unlisted.id, open.id])
    expect(await read(alice, { excludeDirect: true })).toEqual([unlisted.id, open.id])
    await make.follow({ account: alice.account, target: bob.account })
    expect(await read(alice)).toEqual([named.id, forFollowers.id, unlisted.id, open.id])
    expect(await read(bob)).toEqual([secret.id, named.id, forFollowers.id, unlisted.id, open.id])
    await make.block({ account: bob.account, target: alice.account })
    expect(await read(alice)).toEqual([])
  })

  it('can leave out replies to others and reblogs, or keep to media, a hashtag, pins', async () => {
    const original = await make.status({ account: bob.account, tags: ['a'] })
    const thread = await make.status({ account: bob.account, inReplyTo: original })
    const reply = await make.status({ account: bob.account, inReplyTo: await make.status({}) })
    const reblog = await make.status({ account: bob.account, reblogOf: await make.status({}) })
    expect(await read(null, { excludeReplies: true })).toEqual([reblog.id, thread.id, original.id])
    expect(await read(null, { excludeReblogs: true })).toEqual([reply.id, thread.id, original.id])
    expect(await read(null, { onlyMedia: true })).toEqual([])
    expect(await read(null, { tagged: 'A' })).toEqual([original.id])
    expect(await read(null, { tagged: 'unknown' })).toEqual([])
    await make.pin({ status: thread })
    await make.pin({ status: original })
    await ctx
      .db('status_pins')
      .where({ status_id: thread.id })
      .update({ created_at: new Date(0) })
    expect(await read(null, { pinned: true })).toEqual([original.id, thread.id])
  })

  it('leaves out reblogs of what is gone and of whom the viewer keeps away', async () => {
    const mallory = await make.account({})
    await make.status({ account: bob.account, reblogOf: await make.status({ account: mallory }) })
    const gone = await make.status({})
    await make.status({ account: bob.account, reblogOf: gone })
    await ctx.db('statuses').where({ id: gone.id }).update({ deleted_at: new Date() })
    expect(await read(alice)).toHaveLength(1)
    await make.mute({ account: alice.account, target: mallory })
    expect(await read(alice)).toEqual([])
  })

  it('of a suspended account are none; one statement in all', async () => {
    await make.status({ account: bob.account })
    const { count } = await countStatements(async () => expect(await read(alice)).toHaveLength(1))
    expect(count).toBe(1)
    await ctx.db('accounts').where({ id: bob.account.id }).update({ suspended_at: new Date() })
    expect(await read(null)).toEqual([])
  })
})
