import type { AccountRow, StatusRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { countStatements } from '../../../testing/count-statements.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import type { Remote, RemoteActor } from '../../../testing/remote.ts'
import { renderStatus } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { purgeAccount } from '../moderation/index.ts'
import {
  favouriteStatus,
  reactToStatus,
  receiveReaction,
  unfavouriteStatus,
  withdrawReaction,
} from './index.ts'
import { MAX_REACTIONS_OF_ACCOUNT, MAX_REACTIONS_OF_STATUS } from './limits.ts'

const world = useFederation(['far'])
let ctx: Ctx
let make: Factories
let alice: Viewer
let bob: Viewer
let far: Remote
let actor: RemoteActor
let carol: AccountRow

beforeEach(async () => {
  ;({ ctx, make, alice } = world)
  bob = await make.viewer({ account: { username: 'bob' } })
  far = world.host('far')
  actor = far.actor('carol')
  carol = await world.met(actor)
  far.received.length = 0
})

/** More than a status may have. */
const EMOJIS = [
  ...'😀😃😄😁😆😅🤣😂🙂🙃🫠😉😊😇🥰😍🤩😘😗😚😙🥲😋😛😜🤪😝🤑🤗🤭🫢🫣🤫🤔🫡🤐🤨😐😑😶🫥😏😒🙄😬🤥🫨😌😔😪🤤😴😷🤒🤕',
]
const favourites = () =>
  ctx.db('favourites').orderBy('id').select('account_id', 'status_id', 'uri', 'by_reaction')
const names = () => ctx.db('status_reactions').orderBy('id').pluck('name')
const countOf = async (status: StatusRow) =>
  (await ctx.db('status_stats').where({ status_id: status.id }).first())?.favourites_count
const shown = async (viewer: Viewer | null, status: StatusRow) =>
  (await renderStatus(ctx, viewer, status.id)).reactions
const sent = async () => {
  await drainQueues(ctx)
  return far.received.splice(0)
}
/** What the other server says that it runs. */
function runs(name: string): void {
  far.serve('/.well-known/nodeinfo', {
    links: [
      { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: far.url('/nodeinfo/2.0') },
      { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1', href: 'https://elsewhere.example/nodeinfo' },
    ],
  })
  far.serve('/nodeinfo/2.0', { version: '2.0', software: { name, version: '1' } })
}

describe('reactToStatus', () => {
  it('is one favourite however many emojis, and one notification', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    await reactToStatus(ctx, alice.account, status, '🐻')
    await reactToStatus(ctx, alice.account, status, '🦊')
    expect(await names()).toEqual(['🦊', '🐻'])
    expect(await favourites()).toEqual([
      { account_id: alice.account.id, status_id: status.id, uri: null, by_reaction: true },
    ])
    expect(await countOf(status)).toBe('1')
    expect((await peekQueues(ctx)).map(({ name }) => name)).toEqual(['notifications.notify'])
  })

  it('shows each emoji with how many gave it and whether the viewer did, those first given first', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    await reactToStatus(ctx, bob.account, status, '❤')
    await reactToStatus(ctx, bob.account, status, '🦊')
    expect(await shown(alice, status)).toEqual([
      { name: '🦊', count: 2, me: true },
      { name: '❤️', count: 1, me: false },
    ])
    expect(await shown(null, status)).toEqual([
      { name: '🦊', count: 2 },
      { name: '❤️', count: 1 },
    ])
  })

  it('takes custom emojis of ours and of others by their name, and shows their pictures', async () => {
    await make.customEmoji({ shortcode: 'tea', image_file_name: 'tea.png' })
    await make.customEmoji({ shortcode: 'fox', domain: 'far.example', image_file_name: 'fox.png' })
    const status = await make.status({ account: bob.account })
    for (const name of ['tea', ':fox@far.example:', 'tea@social.test'])
      await reactToStatus(ctx, alice.account, status, name)
    expect(await shown(alice, status)).toEqual([
      {
        name: 'tea',
        count: 1,
        me: true,
        url: expect.stringContaining('tea.png'),
        static_url: expect.any(String),
      },
      {
        name: 'fox@far.example',
        count: 1,
        me: true,
        url: expect.stringContaining('fox.png'),
        static_url: expect.any(String),
      },
    ])
    expect(await withdrawReaction(ctx, alice.account, status, ':tea:')).toBe(true)
    expect(await names()).toEqual(['fox@far.example'])
  })

  it.each(['', 'x', 'nothing', ':nothing:', 'fox@far.example', '🦊🦊', '<b>', 'a'.repeat(5000)])(
    'refuses %j',
    async (name) => {
      const status = await make.status({ account: bob.account })
      await expect(reactToStatus(ctx, alice.account, status, name)).rejects.toThrow(ValidationError)
      expect(await favourites()).toEqual([])
    },
  )

  it('SEC-PRIV-07 is not found where the status is hidden, and refused where one blocks', async () => {
    const hidden = await make.status({ account: bob.account, visibility: 'private' })
    await expect(reactToStatus(ctx, alice.account, hidden, '🦊')).rejects.toThrow(NotFoundError)
    const status = await make.status({ account: bob.account })
    await make.block({ account: alice.account, target: bob.account })
    await expect(reactToStatus(ctx, alice.account, status, '🦊')).rejects.toThrow(ForbiddenError)
    expect(await names()).toEqual([])
  })

  it('is limited for an account and for a status, but not in how often one is given', async () => {
    const status = await make.status({ account: bob.account })
    for (const name of EMOJIS.slice(0, MAX_REACTIONS_OF_ACCOUNT))
      await reactToStatus(ctx, alice.account, status, name)
    await expect(reactToStatus(ctx, alice.account, status, '🦊')).rejects.toThrow(ValidationError)
    const [one] = await ctx.db('status_reactions').select()
    const { id: _, ...row } = one
    const more = EMOJIS.slice(MAX_REACTIONS_OF_ACCOUNT, MAX_REACTIONS_OF_STATUS)
    const eve = await make.account()
    await ctx.db('status_reactions').insert(more.map((name) => ({ ...row, account_id: eve.id, name })))
    await expect(reactToStatus(ctx, bob.account, status, '🦊')).rejects.toThrow(ValidationError)
    await reactToStatus(ctx, bob.account, status, EMOJIS[0] ?? '')
    await receiveReaction(ctx, carol, status, { emoji: '🦊' }, `${actor.uri}/likes/1`)
    expect(await favourites()).toContainEqual({
      account_id: carol.id,
      status_id: status.id,
      uri: `${actor.uri}/likes/1`,
      by_reaction: false,
    })
    expect(await shown(null, status)).toHaveLength(MAX_REACTIONS_OF_STATUS)
  })

  it('many at the same time are one each, and one favourite', async () => {
    const status = await make.status({ account: bob.account })
    const all = ['🦊', '🐻', '🦊', '🐻', '🦊'].map((name) => reactToStatus(ctx, alice.account, status, name))
    await Promise.all([...all, favouriteStatus(ctx, alice.account, status)])
    expect((await names()).sort()).toEqual(['🐻', '🦊'].sort())
    expect(await favourites()).toHaveLength(1)
    expect(await countOf(status)).toBe('1')
  })

  it('takes as many statements to show many as to show one', async () => {
    const status = await make.status({ account: bob.account })
    const count = async () => (await countStatements(() => shown(alice, status))).count
    const none = await count()
    for (const name of EMOJIS.slice(0, 8)) await reactToStatus(ctx, alice.account, status, name)
    expect(await count()).toBe(none)
  })
})

describe('withdrawReaction', () => {
  it('takes the favourite and what was told of it along with the last one', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    await reactToStatus(ctx, alice.account, status, '🐻')
    await drainQueues(ctx)
    expect(await world.count('notifications')).toBe(1)
    expect(await withdrawReaction(ctx, alice.account, status, '🦊')).toBe(true)
    expect(await countOf(status)).toBe('1')
    expect(await withdrawReaction(ctx, alice.account, status, '🐻')).toBe(true)
    expect(await withdrawReaction(ctx, alice.account, status, '🐻')).toBe(false)
    expect(await countOf(status)).toBe('0')
    expect(await world.count('notifications')).toBe(0)
  })

  it('leaves a favourite that stands by itself, given before or after', async () => {
    for (const isBefore of [true, false]) {
      const status = await make.status({ account: bob.account })
      if (isBefore) await favouriteStatus(ctx, alice.account, status)
      await reactToStatus(ctx, alice.account, status, '🦊')
      if (!isBefore) await favouriteStatus(ctx, alice.account, status)
      await withdrawReaction(ctx, alice.account, status, '🦊')
      expect(await countOf(status)).toBe('1')
    }
  })

  it('goes with an unfavourite, as apps that know only favourites expect', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    expect(await unfavouriteStatus(ctx, alice.account, status)).toBe(true)
    expect(await renderStatus(ctx, alice, status.id)).toMatchObject({
      favourited: false,
      favourites_count: 0,
      reactions: [],
    })
  })

  it('SEC-PRIV-02 works for who has lost sight of the status', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    await ctx.db('statuses').where({ id: status.id }).update({ visibility: 2 })
    expect(await withdrawReaction(ctx, alice.account, status, '🦊')).toBe(true)
  })
})

describe('what becomes of reactions', () => {
  it('go with the account that gave them, and hide while it is suspended', async () => {
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, '🦊')
    await ctx.db('accounts').where({ id: alice.account.id }).update({ suspended_at: new Date() })
    expect(await shown(bob, status)).toEqual([])
    await purgeAccount(ctx, { accountId: alice.account.id })
    expect(await names()).toEqual([])
    expect(await countOf(status)).toBe('0')
  })

  it('go with the status; outlive the emoji, whose name says what was meant', async () => {
    const emoji = await make.customEmoji({ shortcode: 'tea', image_file_name: 'tea.png' })
    const status = await make.status({ account: bob.account })
    await reactToStatus(ctx, alice.account, status, 'tea')
    await ctx.db('custom_emojis').where({ id: emoji.id }).delete()
    expect(await shown(null, status)).toEqual([{ name: 'tea', count: 1 }])
    await ctx.db('statuses').where({ id: status.id }).delete()
    expect(await names()).toEqual([])
  })
})

describe('to other servers', () => {
  const note = () => make.status({ account: carol, uri: `${actor.uri}/statuses/1` })

  it.each(['mastodon', 'gotosocial', 'something-new'])('%s hears of a favourite', async (name) => {
    runs(name)
    const status = await note()
    await reactToStatus(ctx, alice.account, status, '🦊')
    const [like] = await sent()
    expect(like).toMatchObject({ type: 'Like', object: status.uri })
    expect(like).not.toHaveProperty('content')
    await withdrawReaction(ctx, alice.account, status, '🦊')
    expect(await sent()).toMatchObject([{ type: 'Undo', object: { id: like?.id, type: 'Like' } }])
  })

  it('one that does not say what it runs hears of a favourite, and is not asked again and again', async () => {
    for (const id of [1, 2]) {
      const status = await make.status({ account: carol, uri: `${actor.uri}/statuses/${id}` })
      await reactToStatus(ctx, alice.account, status, '🦊')
      expect(await sent()).toMatchObject([{ type: 'Like' }])
    }
    expect(far.requests.filter(({ path }) => path === '/.well-known/nodeinfo')).toHaveLength(1)
  })

  it.each(['misskey', 'Sharkey', 'firefish'])('%s hears of a Like with what was chosen', async (name) => {
    runs(name)
    await make.customEmoji({ shortcode: 'tea', image_file_name: 'tea.png' })
    const status = await note()
    await reactToStatus(ctx, alice.account, status, 'tea')
    const [like] = await sent()
    expect(like).toMatchObject({
      type: 'Like',
      object: status.uri,
      content: ':tea:',
      _misskey_reaction: ':tea:',
      tag: [
        { type: 'Emoji', name: ':tea:', icon: { type: 'Image', url: expect.stringContaining('tea.png') } },
      ],
    })
    await unfavouriteStatus(ctx, alice.account, status)
    expect(await sent()).toMatchObject([
      { type: 'Undo', object: { id: like?.id, type: 'Like', content: ':tea:' } },
    ])
  })

  it.each(['pleroma', 'akkoma', 'mitra', 'hollo'])('%s hears of an EmojiReact', async (name) => {
    runs(name)
    const status = await note()
    await reactToStatus(ctx, alice.account, status, '🦊')
    const [react] = await sent()
    expect(react).toMatchObject({ type: 'EmojiReact', object: status.uri, content: '🦊' })
    expect(react).not.toHaveProperty('_misskey_reaction')
    expect(JSON.stringify(react?.['@context'])).toContain('http://litepub.social/ns#')
    await withdrawReaction(ctx, alice.account, status, '🦊')
    expect(await sent()).toMatchObject([{ type: 'Undo', object: { id: react?.id, type: 'EmojiReact' } }])
  })

  it('one taken back before it was sent is not sent', async () => {
    runs('misskey')
    const status = await note()
    await reactToStatus(ctx, alice.account, status, '🦊')
    await withdrawReaction(ctx, alice.account, status, '🦊')
    expect((await sent()).filter(({ type }) => type !== 'Undo')).toEqual([])
  })

  it('a favourite that stays is said again where the Undo took it along', async () => {
    runs('misskey')
    const status = await note()
    await favouriteStatus(ctx, alice.account, status)
    await reactToStatus(ctx, alice.account, status, '🦊')
    const like = (await sent()).find((activity) => activity.content === undefined)
    expect(like).toMatchObject({ type: 'Like' })
    await withdrawReaction(ctx, alice.account, status, '🦊')
    const after = await sent()
    // Either may come first, and the proof in it is of another second.
    expect(after.map(({ type }) => type).sort()).toEqual(['Like', 'Undo'])
    expect(after.find(({ type }) => type === 'Like')).toMatchObject({ id: like?.id })
  })

  it('what another host says of a server is nothing', async () => {
    far.serve('/.well-known/nodeinfo', {
      links: [
        { rel: 'http://nodeinfo.diaspora.software/ns/schema/2.0', href: 'https://elsewhere.example/2.0' },
      ],
    })
    await reactToStatus(ctx, alice.account, await note(), '🦊')
    expect(await sent()).toMatchObject([{ type: 'Like' }])
  })
})
