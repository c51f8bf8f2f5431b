import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import {
  activity,
  type Remote,
  type RemoteActor,
  type Remotes,
  startRemotes,
} from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { actorUri, statusUri } from '../../kernel/uris.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'

let remotes: Remotes
let ctx: Ctx
let make: ReturnType<typeof factories>
let far: Remote
let alice: Viewer
let carol: RemoteActor

beforeAll(async () => {
  remotes = await startRemotes(['far', 'other'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  far = remotes.host('far')
  alice = await make.viewer({ account: { username: 'alice' } })
  carol = far.actor('carol')
})

const uriOf = (account: AccountRow) => actorUri(ctx.config, account)
const accountOf = (actor: RemoteActor) => ctx.db<AccountRow>('accounts').where({ uri: actor.uri }).first()
const statusAt = (uri: string) => ctx.db<StatusRow>('statuses').where({ uri, deleted_at: null }).first()
const noteUri = (status: StatusRow, account: AccountRow) => statusUri(ctx.config, status, account)

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

describe('Create', () => {
  it('stores a note with its mentions, hashtags and media, and puts it where it belongs', async () => {
    await followed()
    const note = far.note(carol, {
      content: '<p>Hello <a href="#">@alice</a></p>',
      contentMap: { 'en-GB': '<p>Hello</p>' },
      summary: 'Careful',
      sensitive: true,
      cc: [carol.followers, uriOf(alice.account)],
      tag: [
        { type: 'Mention', href: uriOf(alice.account), name: '@alice' },
        { type: 'Hashtag', href: 'x', name: '#Birds' },
        { type: 'Emoji', name: ':cat:', icon: { type: 'Image', url: far.url('/cat.png') } },
      ],
      attachment: {
        type: 'Document',
        mediaType: 'image/jpeg',
        url: far.url('/a.jpg'),
        name: 'A bird',
        focalPoint: [0.5, -0.5],
        width: 100,
        height: 50,
      },
    })
    await deliver(ctx, carol, activity(carol, 'Create', note))
    const status = await statusAt(note.id)
    expect(status).toMatchObject({
      text: note.content,
      spoiler_text: 'Careful',
      sensitive: true,
      language: 'en',
      visibility: 0,
      local: false,
    })
    expect(await ctx.db('mentions').select('account_id', 'silent')).toEqual([
      { account_id: alice.account.id, silent: false },
    ])
    expect(await ctx.db('tags').select('name', 'display_name')).toEqual([
      { name: 'birds', display_name: 'Birds' },
    ])
    expect(await ctx.db('media_attachments').select('remote_url', 'description', 'type')).toEqual([
      { remote_url: far.url('/a.jpg'), description: 'A bird', type: 0 },
    ])
    expect(await ctx.db('custom_emojis').select('shortcode', 'domain')).toEqual([
      { shortcode: 'cat', domain: far.host },
    ])
    expect(await ctx.db('notifications').where({ type: 'mention' }).select()).toHaveLength(1)
    expect(await ctx.db('account_stats').where({ account_id: status?.account_id }).first()).toMatchObject({
      statuses_count: '1',
    })
  })

  it('counts a second delivery of the same note once', async () => {
    await followed()
    const note = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Create', note))
    await deliver(ctx, carol, activity(carol, 'Create', note))
    expect(await ctx.db('statuses').select()).toHaveLength(1)
    const account = await accountOf(carol)
    expect(await ctx.db('account_stats').where({ account_id: account?.id }).first()).toMatchObject({
      statuses_count: '1',
    })
  })

  it.each([
    ['public', { to: [PUBLIC], cc: ['followers'] }, 0],
    ['public, spelled as:Public', { to: 'as:Public' }, 0],
    ['public, spelled Public', { to: ['Public'] }, 0],
    ['unlisted', { to: ['followers'], cc: [PUBLIC, 'alice'] }, 1],
    ['private', { to: ['followers'], cc: ['alice'] }, 2],
    ['followers in cc alone is not private', { to: ['alice'], cc: ['followers'] }, 3],
    ['direct', { to: ['alice'] }, 3],
  ])('reads visibility: %s', async (_name, audience: { to: unknown; cc?: unknown }, expected) => {
    await followed()
    const place = (uri: string) =>
      uri === 'followers' ? carol.followers : uri === 'alice' ? uriOf(alice.account) : uri
    const many = (value: unknown) => (Array.isArray(value) ? value.map(place) : value)
    const note = far.note(carol, {
      to: many(audience.to),
      cc: many(audience.cc) ?? [],
      tag: { type: 'Mention', href: uriOf(alice.account), name: '@alice' },
    })
    await deliver(ctx, carol, activity(carol, 'Create', note))
    expect(await statusAt(note.id)).toMatchObject({ visibility: expected })
  })

  it('takes a reply under its parent, and fetches a parent it does not know', async () => {
    await followed()
    const mine = await make.status({ account: alice.account })
    const reply = far.note(carol, { inReplyTo: noteUri(mine, alice.account) })
    await deliver(ctx, carol, activity(carol, 'Create', reply))
    expect(await statusAt(reply.id)).toMatchObject({ in_reply_to_id: mine.id, reply: true })
    expect(await ctx.db('status_stats').where({ status_id: mine.id }).first()).toMatchObject({
      replies_count: '1',
    })
    const other = remotes.host('other')
    const dan = other.actor('dan')
    const root = other.note(dan)
    const middle = other.note(dan, { inReplyTo: root.id })
    const leaf = far.note(carol, { inReplyTo: middle.id })
    await deliver(ctx, carol, activity(carol, 'Create', leaf))
    const rows = [await statusAt(root.id), await statusAt(middle.id), await statusAt(leaf.id)]
    expect(rows.map((row) => row?.in_reply_to_id)).toEqual([null, rows[0]?.id, rows[1]?.id])
  })

  it('takes several objects in one Create, and an object that is only an id', async () => {
    await followed()
    const one = far.note(carol)
    const two = far.note(carol)
    const three = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Create', [one, two]))
    await deliver(ctx, carol, activity(carol, 'Create', three.id))
    expect(await ctx.db('statuses').select()).toHaveLength(3)
  })

  it('SEC-ORG-24 a stranger’s note that concerns nobody here is not kept', async () => {
    const note = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Create', note))
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-FED-11 dates in the future or long ago do not decide where a status sorts', async () => {
    await followed()
    for (const published of ['2099-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'never']) {
      const note = far.note(carol, { published })
      const before = Date.now()
      await deliver(ctx, carol, activity(carol, 'Create', note))
      const status = await statusAt(note.id)
      expect(Number(BigInt(status?.id ?? 0) >> 16n)).toBeGreaterThanOrEqual(before)
      expect(status?.created_at.getTime()).toBeLessThanOrEqual(Date.now())
    }
  })

  it('converts articles, pages and the like to a title, a summary and a link', async () => {
    await followed()
    const article = far.note(carol, {
      type: 'Article',
      name: 'A <b>title</b>',
      summary: '<p>What it says</p>',
      content: '<p>Very long</p>',
      url: [{ type: 'Link', mediaType: 'text/html', href: far.url('/article') }],
    })
    await deliver(ctx, carol, activity(carol, 'Create', article))
    expect(await statusAt(article.id)).toMatchObject({
      text: `<h2>A &lt;b&gt;title&lt;/b&gt;</h2>\n\n<p>What it says</p>\n\n<p><a href="${far.url('/article')}" rel="nofollow noopener" target="_blank">${far.url('/article')}</a></p>`,
      spoiler_text: '',
      url: far.url('/article'),
    })
  })

  it('takes a poll with what its server counted', async () => {
    await followed()
    const question = far.note(carol, {
      type: 'Question',
      oneOf: [
        { type: 'Note', name: 'Yes', replies: { type: 'Collection', totalItems: 3 } },
        { type: 'Note', name: 'No', replies: { type: 'Collection', totalItems: -1 } },
      ],
      endTime: '2031-01-01T00:00:00Z',
      votersCount: 3,
    })
    await deliver(ctx, carol, activity(carol, 'Create', question))
    expect(await ctx.db('polls').first()).toMatchObject({
      options: ['Yes', 'No'],
      cached_tallies: ['3', '0'],
      votes_count: '3',
      voters_count: '3',
      multiple: false,
    })
  })
})

describe('Update', () => {
  it('edits a status once, with its history, and only by a newer date', async () => {
    await followed()
    const note = far.note(carol, { published: '2026-01-01T10:00:00Z' })
    await deliver(ctx, carol, activity(carol, 'Create', note))
    const edited = { ...note, content: '<p>Better</p>', updated: '2026-01-01T11:00:00Z' }
    await deliver(ctx, carol, activity(carol, 'Update', edited))
    await deliver(ctx, carol, activity(carol, 'Update', edited))
    const older = { ...note, content: '<p>Old</p>', updated: '2026-01-01T10:30:00Z' }
    await deliver(ctx, carol, activity(carol, 'Update', older))
    await deliver(ctx, carol, activity(carol, 'Update', { ...note, content: '<p>Undated</p>' }))
    const status = await statusAt(note.id)
    expect(status).toMatchObject({ text: '<p>Better</p>', edited_at: new Date('2026-01-01T11:00:00Z') })
    expect(await ctx.db('status_edits').orderBy('id').select('text', 'created_at')).toEqual([
      { text: note.content, created_at: new Date('2026-01-01T10:00:00Z') },
      { text: '<p>Better</p>', created_at: new Date('2026-01-01T11:00:00Z') },
    ])
  })

  it('of a status that is unknown and young makes it known', async () => {
    await followed()
    const note = far.note(carol, { updated: new Date().toISOString() })
    await deliver(ctx, carol, activity(carol, 'Update', note))
    expect(await statusAt(note.id)).toBeDefined()
    const old = far.note(carol, { published: '2026-01-01T10:00:00Z', updated: new Date().toISOString() })
    await deliver(ctx, carol, activity(carol, 'Update', old))
    expect(await statusAt(old.id)).toBeUndefined()
  })

  it('changes a profile, but never its name, address or keys by itself', async () => {
    const before = await followed()
    const profile = { ...carol.document, name: 'Carol the Great', preferredUsername: 'queen' }
    await deliver(ctx, carol, activity(carol, 'Update', profile))
    expect(await accountOf(carol)).toMatchObject({ display_name: 'Carol the Great', username: 'carol' })
    const stranger = far.actor('stranger')
    const keys = {
      id: carol.keyId,
      owner: carol.uri,
      publicKeyPem: (stranger.document.publicKey as { publicKeyPem: string }).publicKeyPem,
    }
    await deliver(ctx, carol, activity(carol, 'Update', { ...profile, publicKey: keys }))
    expect((await accountOf(carol))?.public_key).toBe(before.public_key)
  })
})

describe('Delete', () => {
  it('removes a status, and one that came too late stays away', async () => {
    await followed()
    const note = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Create', note))
    await deliver(ctx, carol, activity(carol, 'Delete', { id: note.id, type: 'Tombstone' }))
    expect(await statusAt(note.id)).toBeUndefined()
    await deliver(ctx, carol, activity(carol, 'Create', note))
    expect(await statusAt(note.id)).toBeUndefined()
    const late = far.note(carol)
    await deliver(ctx, carol, activity(carol, 'Delete', late.id))
    await deliver(ctx, carol, activity(carol, 'Create', late))
    expect(await statusAt(late.id)).toBeUndefined()
  })

  it('of the actor removes everything it said and every tie', async () => {
    const account = await followed()
    await deliver(ctx, carol, activity(carol, 'Create', far.note(carol)))
    await deliver(ctx, carol, activity(carol, 'Delete', carol.uri))
    expect(await ctx.db('statuses').where({ deleted_at: null }).select()).toEqual([])
    expect(await ctx.db('follows').select()).toEqual([])
    expect((await accountOf(carol))?.suspended_at).not.toBeNull()
    const stats = await ctx.db('account_stats').whereIn('account_id', [alice.account.id, account.id]).select()
    expect(stats.map((row) => [row.followers_count, row.following_count])).toEqual([
      ['0', '0'],
      ['0', '0'],
    ])
  })
})

describe('Announce', () => {
  it('reblogs a status that its own server serves, once', async () => {
    await followed()
    const dan = remotes.host('other').actor('dan')
    const note = remotes.host('other').note(dan)
    const boost = activity(carol, 'Announce', note.id, { to: [PUBLIC], cc: [carol.followers] })
    await deliver(ctx, carol, boost)
    await deliver(ctx, carol, { ...boost, id: `${boost.id}again` })
    const status = await statusAt(note.id)
    expect(await ctx.db('statuses').where({ reblog_of_id: status?.id }).select('uri')).toEqual([
      { uri: boost.id },
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
    const dan = remotes.host('other').actor('dan')
    const note = remotes.host('other').note(dan)
    const inner = activity(dan, 'Create', { ...note, content: '<p>Put into their mouth</p>' })
    await deliver(ctx, carol, activity(carol, 'Announce', inner, { to: [PUBLIC] }))
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
  })

  it('of somebody nobody here follows is ignored', async () => {
    const dan = remotes.host('other').actor('dan')
    const note = remotes.host('other').note(dan)
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
    await drainQueues(ctx)
    expect(await ctx.db('notifications').select()).toEqual([])
  })
})
