import type { AccountRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const world = useFederation(['far', 'other'])
const { uriOf, noteUri, accountOf, statusAt } = world
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

describe('Announce', () => {
  it('reblogs a status that its own server serves, once', async () => {
    await followed()
    const dan = world.host('other').actor('dan')
    const note = world.host('other').note(dan)
    const boost = activity(carol, 'Announce', note.id, { to: [PUBLIC], cc: [carol.followers] })
    await deliver(ctx, carol, boost)
    await deliver(ctx, carol, { ...boost, id: `${boost.id}again` })
    const status = await statusAt(note.id)
    expect(await ctx.db('statuses').where({ reblog_of_id: status?.id }).select('uri')).toEqual([
      { uri: `${boost.id}again` },
    ])
    expect(await ctx.db('status_stats').where({ status_id: status?.id }).first()).toMatchObject({
      reblogs_count: '1',
    })
  })

  it('of a status of ours notifies its author; Undo takes it back', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const boost = activity(carol, 'Announce', noteUri(mine, alice.account), { to: [PUBLIC] })
    await deliver(ctx, carol, boost)
    expect(await ctx.db('notifications').where({ type: 'reblog' }).select()).toHaveLength(1)
    await deliver(ctx, carol, activity(carol, 'Undo', boost))
    expect(await ctx.db('statuses').where({ reblog_of_id: mine.id, deleted_at: null }).select()).toEqual([])
  })

  it('around the Create of a group stands for the status inside, fetched from its own server', async () => {
    await followed()
    const dan = world.host('other').actor('dan')
    const note = world.host('other').note(dan)
    const inner = activity(dan, 'Create', { ...note, content: '<p>Put into their mouth</p>' })
    await deliver(ctx, carol, activity(carol, 'Announce', inner, { to: [PUBLIC] }))
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
  })

  it('of somebody nobody here follows is ignored', async () => {
    const dan = world.host('other').actor('dan')
    const note = world.host('other').note(dan)
    await deliver(ctx, carol, activity(carol, 'Announce', note.id, { to: [PUBLIC] }))
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-FED-10 of a private status is its author’s alone, and never wider than the status', async () => {
    await followed()
    const secret = far.note(carol, { to: [carol.followers], cc: [] })
    await deliver(ctx, carol, activity(carol, 'Create', secret))
    const eve = far.actor('eve')
    await deliver(ctx, eve, activity(eve, 'Follow', uriOf(alice.account)))
    await make.follow({ account: alice.account, target: (await accountOf(eve)) as AccountRow })
    await deliver(ctx, eve, activity(eve, 'Announce', secret.id, { to: [PUBLIC] }))
    const status = await statusAt(secret.id)
    expect(await ctx.db('statuses').where({ reblog_of_id: status?.id }).select()).toEqual([])
    await deliver(ctx, carol, activity(carol, 'Announce', secret.id, { to: [PUBLIC] }))
    expect(await ctx.db('statuses').where({ reblog_of_id: status?.id }).select('visibility')).toEqual([
      { visibility: 2 },
    ])
  })
})

describe('Like and Block', () => {
  it('Like favourites a status of ours once; Undo by object or by id takes it back', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const like = activity(carol, 'Like', noteUri(mine, alice.account))
    const count = async () =>
      (await ctx.db('status_stats').where({ status_id: mine.id }).first())?.favourites_count
    await deliver(ctx, carol, like)
    await deliver(ctx, carol, like)
    expect(await count()).toBe('1')
    expect(await ctx.db('notifications').where({ type: 'favourite' }).select()).toHaveLength(1)
    await deliver(ctx, carol, activity(carol, 'Undo', like))
    expect(await count()).toBe('0')
    const second = activity(carol, 'Like', noteUri(mine, alice.account))
    await deliver(ctx, carol, second)
    await deliver(ctx, carol, activity(carol, 'Undo', second.id))
    expect(await count()).toBe('0')
  })

  it.each([
    ['EmojiReact', { content: '🦊' }],
    ['Like', { content: '🦊', _misskey_reaction: '🦊' }],
    ['Like', { _misskey_reaction: '🦊' }],
  ])('%s with an emoji is a reaction and a favourite; Undo takes both back', async (type, reaction) => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const react = activity(carol, type, noteUri(mine, alice.account), reaction)
    await deliver(ctx, carol, react)
    await deliver(ctx, carol, react)
    expect(await ctx.db('status_reactions').select('status_id', 'name', 'uri')).toEqual([
      { status_id: mine.id, name: '🦊', uri: react.id },
    ])
    expect(await ctx.db('favourites').pluck('status_id')).toEqual([mine.id])
    await deliver(ctx, carol, activity(carol, 'Undo', { ...react, id: `${react.id}-other` }))
    expect(await ctx.db('favourites').select()).toEqual([])
    await deliver(ctx, carol, { ...react, id: `${react.id}-again` })
    await deliver(ctx, carol, activity(carol, 'Undo', `${react.id}-again`))
    expect(await world.count('status_reactions')).toBe(0)
    expect(await world.count('favourites')).toBe(0)
  })

  it('the favourite lasts as long as one of Like and reactions does, and is told once', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const uri = noteUri(mine, alice.account)
    const acts = [
      activity(carol, 'EmojiReact', uri, { content: '🦊' }),
      activity(carol, 'Like', uri),
      activity(carol, 'EmojiReact', uri, { content: '🐻' }),
    ]
    for (const act of acts) await deliver(ctx, carol, act)
    expect(await ctx.db('notifications').where({ type: 'favourite' }).select()).toHaveLength(1)
    const counts: unknown[] = []
    for (const act of [acts[1], acts[0], acts[1], acts[2]]) {
      await deliver(ctx, carol, activity(carol, 'Undo', act))
      const stats = await ctx.db('status_stats').where({ status_id: mine.id }).first()
      counts.push([await world.count('status_reactions'), stats.favourites_count])
    }
    expect(counts).toEqual([
      [2, '1'],
      [1, '1'],
      [1, '1'],
      [0, '0'],
    ])
  })

  it('an Undo that comes before its reaction keeps it away', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const react = activity(carol, 'EmojiReact', noteUri(mine, alice.account), { content: '🦊' })
    await deliver(ctx, carol, activity(carol, 'Undo', react))
    await deliver(ctx, carol, react)
    expect(await world.count('status_reactions')).toBe(0)
  })

  it('SEC-FED-13 a custom emoji is kept under the server that sent it, whosever it says it is', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const known = { shortcode: 'bear', domain: 'third.example', image_file_name: 'b.png' }
    const bear = await make.customEmoji(known)
    const tag = (name: string) => [
      { type: 'Emoji', id: null, name: `:${name}:`, icon: { type: 'Image', url: far.url(`/${name}.png`) } },
    ]
    for (const name of ['fox', 'fox@third.example', 'bear@third.example'])
      await deliver(
        ctx,
        carol,
        activity(carol, 'EmojiReact', noteUri(mine, alice.account), { content: `:${name}:`, tag: tag(name) }),
      )
    expect(await ctx.db('status_reactions').orderBy('id').pluck('name')).toEqual([
      `fox@${far.host}`,
      `fox_third_example@${far.host}`,
      'bear@third.example',
    ])
    expect(await ctx.db('custom_emojis').orderBy('id').select('domain', 'shortcode')).toEqual([
      { domain: 'third.example', shortcode: 'bear' },
      { domain: far.host, shortcode: 'fox' },
      { domain: far.host, shortcode: 'fox_third_example' },
    ])
    const rows = await ctx.db('status_reactions').orderBy('id').pluck('custom_emoji_id')
    expect(rows[2]).toBe(bear.id)
    expect(rows.every((id) => id !== null)).toBe(true)
  })

  it('a Like of a status the actor cannot see is refused', async () => {
    await followed()
    const secret = await make.status({ account: alice.account, visibility: 'direct' })
    await deliver(ctx, carol, activity(carol, 'Like', noteUri(secret, alice.account)))
    expect(await ctx.db('favourites').select()).toEqual([])
  })

  it('Block cuts the follow both ways; Undo forgets it', async () => {
    await followed()
    const block = activity(carol, 'Block', uriOf(alice.account))
    await deliver(ctx, carol, block)
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await ctx.db('blocks').select('target_account_id')).toEqual([
      { target_account_id: alice.account.id },
    ])
    await deliver(ctx, carol, activity(carol, 'Undo', block))
    expect(await ctx.db('blocks').select()).toEqual([])
  })

  it('SEC-FED-03 nobody undoes what somebody else did', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const like = activity(carol, 'Like', noteUri(mine, alice.account))
    await deliver(ctx, carol, like)
    const mallory = far.actor('mallory')
    await deliver(ctx, mallory, activity(mallory, 'Undo', like))
    await deliver(ctx, mallory, activity(mallory, 'Undo', like.id))
    await deliver(ctx, mallory, activity(mallory, 'Undo', { type: 'Like', object: like.object }))
    expect(await ctx.db('favourites').select()).toHaveLength(1)
    const react = activity(carol, 'EmojiReact', like.object, { content: '🦊' })
    await deliver(ctx, carol, react)
    await deliver(ctx, mallory, activity(mallory, 'Undo', react))
    await deliver(ctx, mallory, activity(mallory, 'Undo', react.id))
    await deliver(ctx, mallory, activity(mallory, 'Undo', { ...react, actor: mallory.uri }))
    expect(await world.count('status_reactions')).toBe(1)
  })
})

describe('what is not for us', () => {
  it.each([
    'View',
    'Listen',
    'Move',
    'Flag',
    'Add',
    'Remove',
    'QuoteRequest',
    'EmojiReact',
    'Dislike',
    'Nonsense',
  ])('%s is taken and ignored', async (type) => {
    await deliver(ctx, carol, activity(carol, type, uriOf(alice.account)))
    expect(await ctx.db('notifications').select()).toEqual([])
  })
})
