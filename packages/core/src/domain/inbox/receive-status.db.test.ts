import type { AccountRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor, reply } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { resolveMention } from '../statuses/index.ts'

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
    const other = world.host('other')
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

  it('a letter to others is not kept, whoever follows its author', async () => {
    await followed()
    const letter = far.note(carol, { to: ['https://elsewhere.example/users/dan'], cc: [] })
    await deliver(ctx, carol, activity(carol, 'Create', letter))
    expect(await statusAt(letter.id)).toBeUndefined()
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

  it('that overtook all before it is the newest: what comes later and is older changes nothing', async () => {
    await followed()
    const before = (minutes: number) => new Date(Date.now() - minutes * 60_000)
    const note = far.note(carol, { published: before(60).toISOString() })
    const newest = { ...note, content: '<p>Newest</p>', updated: before(10).toISOString() }
    const older = { ...note, content: '<p>Older</p>', updated: before(20).toISOString() }
    for (const edit of [newest, older]) await deliver(ctx, carol, activity(carol, 'Update', edit))
    await deliver(ctx, carol, activity(carol, 'Create', note))
    expect(await statusAt(note.id)).toMatchObject({
      text: '<p>Newest</p>',
      edited_at: new Date(newest.updated),
    })
    expect(await world.count('status_edits')).toBe(0)
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

describe('the profile', () => {
  it('of somebody a status names is asked for again when their server did not answer', async () => {
    await followed()
    const dan = world.host('other').actor('dan')
    const { pathname } = new URL(dan.uri)
    world.host('other').serve(pathname, reply({ status: 503 }))
    const note = far.note(carol, {
      cc: [carol.followers, dan.uri],
      tag: [{ type: 'Mention', href: dan.uri, name: '@dan' }],
    })
    await knock(ctx, carol, activity(carol, 'Create', note))
    await drainQueues(ctx, { ignore: ['statuses.resolve_mention'] })
    expect(await ctx.db('mentions').select()).toEqual([])
    world.host('other').serve(pathname, () => dan.document)
    const status = await statusAt(note.id)
    await resolveMention(ctx, { statusId: status?.id ?? '', uri: dan.uri })
    expect(await ctx.db('mentions').select('account_id', 'silent')).toEqual([
      { account_id: (await accountOf(dan))?.id, silent: false },
    ])
  })

  it('of who writes is read again when it is old, and not when it is young', async () => {
    const account = await followed()
    const jobs = async () => {
      await knock(ctx, carol, activity(carol, 'Create', far.note(carol)))
      const ran = await drainQueues(ctx)
      return ran.filter(({ name }) => name === 'accounts.refresh')
    }
    expect(await jobs()).toEqual([])
    const old = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000)
    await ctx.db('accounts').where({ id: account.id }).update({ last_webfingered_at: old })
    expect(await jobs()).toMatchObject([{ payload: { accountId: account.id } }])
  })
})
