import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, gone, type RemoteActor, reply } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

/** Lemmy, Mbin, PieFed, NodeBB and other groups. `near` is where the group is, `far` where others who write in it are. */
const here = useNeighbour(['far', 'near'])
const near = () => here.world.host('near')
let group: RemoteActor

beforeEach(async () => {
  group = near().actor('teahouse', {
    type: 'Group',
    attributedTo: near().url('/c/teahouse/moderators'),
    postingRestrictedToMods: false,
  })
  await here.world.followed(group)
  // Alice meets carol in the group alone.
  await here.world.ctx
    .db('follows')
    .where({ target_account_id: (await here.world.accountOf(here.carol))?.id })
    .delete()
})

const CONTEXT = ['https://join-lemmy.org/context.json', 'https://www.w3.org/ns/activitystreams']
const home = async () => (await here.alice.get('/api/v1/timelines/home')).body
const notifications = async () => (await here.alice.get('/api/v1/notifications')).body
const announce = (object: unknown) =>
  deliver(
    here.world.ctx,
    group,
    activity(group, 'Announce', object, { '@context': CONTEXT, to: [PUBLIC], cc: [group.followers] }),
  )
/** What carol does in the group, as the group passes it on: without a context of its own. */
function inGroup(type: string, object: unknown, more: Record<string, unknown> = {}, actor = here.carol) {
  const { '@context': _, ...inner } = activity(actor, type, object, {
    to: [PUBLIC],
    cc: [group.uri],
    audience: group.uri,
    ...more,
  })
  return inner
}
const page = (more: Record<string, unknown> = {}) =>
  here.far.note(here.carol, {
    type: 'Page',
    name: 'Which tea?',
    content: '<p>I cannot decide.</p>',
    mediaType: 'text/html',
    source: { content: 'I cannot decide.', mediaType: 'text/markdown' },
    attachment: [],
    sensitive: false,
    to: [group.uri, PUBLIC],
    cc: [],
    audience: group.uri,
    ...more,
  })
const comment = (inReplyTo: string, more: Record<string, unknown> = {}) =>
  here.far.note(here.carol, {
    content: '<p>Green.</p>',
    inReplyTo,
    to: [group.uri, PUBLIC],
    cc: [],
    audience: group.uri,
    distinguished: false,
    ...more,
  })
const aliceNote = async () => {
  const status = await here.world.make.status({ account: here.world.alice.account })
  return { status, uri: here.world.noteUri(status, here.world.alice.account) }
}
const statusOf = async (id: string) => (await here.alice.get(`/api/v1/statuses/${id}`)).body

describe('interop 48, 49 a post in a community', () => {
  it('is shown once, as the boost of the group, with its title and text as its own server has them', async () => {
    const post = page()
    await announce(inGroup('Create', { ...post, name: 'Forged', content: '<p>Forged</p>' }))
    await announce(post.id)
    await announce(inGroup('Create', post))
    const [boost, ...others] = await home()
    expect(others).toEqual([])
    expect(boost).toMatchObject({
      account: { username: 'teahouse', group: true },
      reblog: { uri: post.id, account: { username: 'carol' } },
    })
    expect(boost.reblog.content).toContain('Which tea?')
    expect(boost.reblog.content).toContain('<p>I cannot decide.</p>')
    expect(boost.reblog.content).not.toContain('Forged')
  })

  it('links to what it is about', async () => {
    const post = page({ attachment: [{ type: 'Link', href: 'https://tea.example/leaves?a=1&b=2' }] })
    await announce(inGroup('Create', post))
    const { content } = (await here.look(post.id)) as { content: string }
    expect(content.indexOf('https://tea.example/leaves?a=1&amp;b=2')).toBeLessThan(content.indexOf('decide'))
    expect(content).toContain(`href="${post.id}"`)
  })

  it('is answered in its thread, and answers are no boosts', async () => {
    const post = page()
    await announce(inGroup('Create', post))
    const answer = comment(post.id)
    await announce(inGroup('Create', answer))
    expect(await home()).toHaveLength(1)
    const { id } = await here.look(post.id)
    const context = await here.alice.get(`/api/v1/statuses/${id}/context`)
    expect(context.body.descendants).toMatchObject([{ uri: answer.id, content: '<p>Green.</p>' }])
  })

  it('that its own server does not have is nothing', async () => {
    const post = page()
    here.far.serve(new URL(post.id).pathname, gone())
    await announce(inGroup('Create', post))
    expect(await home()).toEqual([])
  })

  it('is edited as its own server says', async () => {
    const post = page()
    await announce(inGroup('Create', post))
    const edited = { ...post, name: 'Which coffee?', updated: new Date(Date.now() + 1000).toISOString() }
    await announce(inGroup('Update', edited))
    expect((await here.look(post.id)).content).toContain('Which tea?')
    here.far.serve(new URL(post.id).pathname, edited)
    await announce(inGroup('Update', post))
    expect((await here.look(post.id)).content).toContain('Which coffee?')
    expect(await home()).toHaveLength(1)
  })

  it('that was edited before we heard of it is as good as new while it is young', async () => {
    const old = page({ published: '2026-01-01T00:00:00Z' })
    await announce(inGroup('Update', old))
    expect(await home()).toEqual([])
    await announce(inGroup('Update', page()))
    expect(await home()).toHaveLength(1)
  })

  it('is gone when its author deleted it, which its server confirms', async () => {
    const post = page()
    await announce(inGroup('Create', post))
    const answer = comment(post.id)
    await announce(inGroup('Create', answer))
    for (const { id } of [post, answer]) {
      here.far.serve(new URL(id).pathname, reply({ status: 410, body: { id, type: 'Tombstone' } }))
      await announce(inGroup('Delete', id))
      expect(await here.look(id)).toBeUndefined()
    }
    expect(await home()).toEqual([])
  })

  it('a group nobody here follows brings nothing', async () => {
    await here.world.ctx.db('follows').delete()
    await announce(inGroup('Create', page()))
    expect(await here.world.count('statuses')).toBe(0)
  })
})

describe('interop 48 votes for a post of ours', () => {
  it.each(['Like', 'EmojiReact'])(
    'a %s counts when the server of whoever gave it confirms it',
    async (type) => {
      const { status, uri } = await aliceNote()
      const vote = inGroup(type, uri, { content: '👍' })
      await announce(vote)
      expect(await statusOf(status.id)).toMatchObject({ favourites_count: 0 })
      here.far.serve(new URL(String(vote.id)).pathname, { '@context': CONTEXT, ...vote })
      await announce({ ...vote, content: '👎' })
      expect(await statusOf(status.id)).toMatchObject({
        favourites_count: 1,
        reactions: [{ name: '👍', count: 1 }],
      })
      const undo = inGroup('Undo', vote)
      await announce(undo)
      expect(await statusOf(status.id)).toMatchObject({ favourites_count: 1 })
      here.far.serve(new URL(String(undo.id)).pathname, { '@context': CONTEXT, ...undo })
      await announce(undo)
      expect(await statusOf(status.id)).toMatchObject({ favourites_count: 0, reactions: [] })
    },
  )

  it('is nobody’s who did not say so', async () => {
    const { status, uri } = await aliceNote()
    const bert = near().actor('bert')
    const vote = inGroup('Like', uri)
    const lies = [
      { ...vote, actor: bert.uri },
      { ...vote, id: near().url('/like/1') },
      { ...vote, actor: here.world.uriOf(here.world.alice.account) },
    ]
    here.far.serve(new URL(String(vote.id)).pathname, {
      '@context': CONTEXT,
      ...vote,
      object: 'https://x.example/1',
    })
    near().serve('/like/1', { '@context': CONTEXT, ...vote, id: near().url('/like/1') })
    for (const lie of [vote, ...lies]) await announce(lie)
    expect(await statusOf(status.id)).toMatchObject({ favourites_count: 0 })
    expect(await notifications()).toEqual([])
  })

  it('a post of ours that the group passes on is its boost, of which a follower of the group is not told', async () => {
    const { status, uri } = await aliceNote()
    await announce({
      id: near().url('/create/1'),
      type: 'Create',
      actor: here.world.uriOf(here.world.alice.account),
      object: uri,
    })
    expect(await statusOf(status.id)).toMatchObject({ reblogs_count: 1 })
    expect(await notifications()).toEqual([])
  })
})

describe('interop 49 a post of ours to a community', () => {
  const post = async (json: Record<string, unknown>) => {
    near().received.length = 0
    await here.alice.post('/api/v1/statuses', { json })
    await drainQueues(here.world.ctx)
    return near().received.find(({ type }) => type === 'Create') as Record<string, any> // oxlint-disable-line typescript/no-explicit-any -- tests look at single fields
  }

  it('names the group, its readers and what it is about, and has a title', async () => {
    const create = await post({ status: `@${group.handle} Which tea is best?\n\nI like green.` })
    expect(create).toMatchObject({
      to: [PUBLIC],
      cc: expect.arrayContaining([group.uri, group.followers]),
      audience: group.uri,
      object: { type: 'Note', name: 'Which tea is best?', audience: group.uri, to: [PUBLIC] },
    })
    expect(create.object.cc).toEqual(create.cc)
    expect(create.object.content).toContain('I like green.')
  })

  it('hides no content warning behind the title', async () => {
    const create = await post({ status: `@${group.handle} the butler`, spoiler_text: 'who did it' })
    expect(create.object).toMatchObject({ name: 'who did it', summary: 'who did it' })
  })

  it('has no title where it answers, asks in a poll, or is a letter, which names no group', async () => {
    const parent = await here.world.make.status({ account: here.world.alice.account })
    const answers = [
      await post({ status: `@${group.handle} yes indeed`, in_reply_to_id: parent.id }),
      await post({ status: `@${group.handle} which one?`, poll: { options: ['a', 'b'], expires_in: 3600 } }),
    ]
    for (const { object } of answers) expect([object.name, object.audience]).toEqual([undefined, group.uri])
    const letter = await post({ status: `@${group.handle} between us`, visibility: 'direct' })
    expect(letter.object).toMatchObject({ to: [group.uri, group.followers], cc: [] })
    expect(letter).not.toHaveProperty('audience')
    expect(letter.object).not.toHaveProperty('name')
  })

  it('names no group where there is none', async () => {
    const create = await post({ status: `@${near().actor('bert').handle} hello there` })
    expect(create.object).not.toHaveProperty('name')
    expect(create).not.toHaveProperty('audience')
  })
})

it('interop 50 everybody is spelt out in full in all we send', async () => {
  for (const visibility of ['public', 'unlisted'])
    await here.alice.post('/api/v1/statuses', { json: { status: `@${group.handle} hello all`, visibility } })
  await drainQueues(here.world.ctx)
  const sent = near().received.filter(({ type }) => type === 'Create')
  expect(sent).toHaveLength(2)
  for (const create of sent) {
    expect(JSON.stringify(create)).not.toMatch(/"(as:)?Public"/)
    expect([create.to, create.cc].flat()).toContain(PUBLIC)
  }
})

it('interop 51 the context of Lemmy is read without being fetched', async () => {
  const context = [near().url('/context.json'), 'https://www.w3.org/ns/activitystreams']
  const post = page({ '@context': context })
  near().requests.length = 0
  await deliver(
    here.world.ctx,
    group,
    activity(group, 'Announce', post.id, { '@context': context, to: [PUBLIC], cc: [group.followers] }),
  )
  expect(await home()).toMatchObject([{ reblog: { uri: post.id } }])
  expect(near().requests.filter(({ path }) => path === '/context.json')).toEqual([])
})

describe('interop 52 a private message', () => {
  it.each([
    ['ChatMessage', 'direct'],
    ['Note', 'private'],
  ])(
    'sent as a %s that names nobody is read by whom it goes to, and by nobody else',
    async (type, visibility) => {
      const to = [here.world.uriOf(here.world.alice.account)]
      const letter = here.far.note(here.carol, { type, to, cc: undefined, content: '<p>hi!</p>' })
      await here.send('Create', letter, { '@context': CONTEXT, to })
      const seen = await here.look(letter.id)
      expect(seen).toMatchObject({ visibility, content: '<p>hi!</p>' })
      expect((await here.web.get(`/api/v1/statuses/${seen.id}`)).status).toBe(404)
    },
  )

  it('that is a line of a chat is told, among those of whom one does not follow', async () => {
    const to = [here.world.uriOf(here.world.alice.account)]
    await here.send('Create', here.far.note(here.carol, { type: 'ChatMessage', to, cc: [] }), { to })
    const requests = await here.alice.get('/api/v1/notifications/requests')
    expect(requests.body).toMatchObject([{ account: { username: 'carol' }, notifications_count: '1' }])
  })

  it('lists that are empty or only counted are no error', async () => {
    const mo = near().actor('mo')
    near().serve('/users/mo/outbox', {
      id: `${mo.uri}/outbox`,
      type: 'OrderedCollection',
      totalItems: 0,
      orderedItems: [],
    })
    near().serve('/users/mo/followers', { id: mo.followers, type: 'Collection', totalItems: 7 })
    await here.world.met(mo)
    const search = await here.alice.get(`/api/v2/search?q=${encodeURIComponent(mo.handle)}&resolve=true`)
    expect(search.body.accounts).toMatchObject([{ username: 'mo' }])
    const { id } = search.body.accounts[0]
    expect((await here.alice.get(`/api/v1/accounts/${id}/statuses`)).body).toEqual([])
    expect((await here.alice.get(`/api/v1/accounts/${id}/followers`)).body).toEqual([])
  })
})

describe('interop 53 moderators of a community', () => {
  it('are no owner of the group, whose profile is its own', async () => {
    const account = await here.world.accountOf(group)
    expect((await here.alice.get(`/api/v1/accounts/${account?.id}`)).body).toMatchObject({
      group: true,
      username: 'teahouse',
    })
  })

  it('take a post out of the group and put it back, but delete nothing of others', async () => {
    const mo = near().actor('mo')
    const post = page()
    await announce(inGroup('Create', post))
    const removal = inGroup('Delete', post.id, { summary: 'off topic' }, mo)
    await announce(removal)
    expect(await home()).toEqual([])
    expect(await here.look(post.id)).toMatchObject({ uri: post.id })
    await announce(inGroup('Undo', removal, {}, mo))
    expect(await home()).toMatchObject([{ reblog: { uri: post.id } }])
  })

  it('delete no post of ours, and ban, lock and feature nobody and nothing here', async () => {
    const { status, uri } = await aliceNote()
    const mo = near().actor('mo')
    const alice = here.world.uriOf(here.world.alice.account)
    const acts = [
      inGroup('Delete', uri, { summary: 'spam' }, mo),
      inGroup('Remove', uri, { target: near().url('/c/teahouse/featured') }, mo),
      inGroup('Add', uri, { target: near().url('/c/teahouse/featured') }, mo),
      inGroup('Block', alice, { target: group.uri, removeData: true }, mo),
      inGroup('Lock', uri, {}, mo),
      inGroup('Flag', uri, { content: 'bad' }, mo),
      inGroup('Follow', alice, {}, mo),
    ]
    for (const act of acts) {
      await announce(act)
      await announce(inGroup('Undo', act, {}, mo))
    }
    await deliver(here.world.ctx, mo, activity(mo, 'Block', here.carol.uri, { target: group.uri }))
    expect(await statusOf(status.id)).toMatchObject({ id: status.id, pinned: false })
    for (const table of ['blocks', 'reports', 'status_pins', 'follow_requests'])
      expect([table, await here.world.count(table)]).toEqual([table, 0])
    expect(await notifications()).toEqual([])
  })
})

describe('interop 54 a Dislike', () => {
  it.each([
    ['Lemmy', (uri: string) => announce(inGroup('Dislike', uri))],
    ['PeerTube', (uri: string) => here.send('Dislike', uri, { to: [PUBLIC] })],
    ['Friendica', (uri: string) => here.send('Dislike', uri, { content: '👎', inReplyTo: uri })],
  ])('of %s is no favourite, and neither is its Undo', async (_name, send) => {
    const { status, uri } = await aliceNote()
    await send(uri)
    await here.send('Undo', activity(here.carol, 'Dislike', uri))
    expect(await statusOf(status.id)).toMatchObject({ favourites_count: 0, reactions: [] })
    expect(await notifications()).toEqual([])
  })
})

describe('interop 55 Mbin and PieFed', () => {
  it('a short post beside the threads is boosted by the group, once', async () => {
    const note = here.far.note(here.carol, {
      content: '<p>Short.</p>',
      to: [PUBLIC],
      cc: [here.carol.followers, group.uri],
      audience: group.uri,
      tag: [{ type: 'Mention', href: group.uri, name: `@${group.handle}` }],
    })
    await announce(inGroup('Create', note))
    await announce(note.id)
    expect(await home()).toMatchObject([
      { account: { username: 'teahouse' }, reblog: { content: '<p>Short.</p>' } },
    ])
  })

  it.each(['Article', 'Page'])('a thread that is an %s has its title and a link', async (type) => {
    const thread = page({ type, url: here.far.url('/m/teahouse/t/1') })
    await announce(inGroup('Create', thread))
    const [boost] = await home()
    expect(boost.reblog.content).toContain('Which tea?')
    expect(boost.reblog.content).toContain(here.far.url('/m/teahouse/t/1'))
    expect(boost.reblog.url).toBe(here.far.url('/m/teahouse/t/1'))
  })

  it('what the group announces besides is not taken for a post', async () => {
    for (const type of ['Like', 'Dislike', 'Follow', 'Add', 'Block']) await announce(inGroup(type, page().id))
    await announce(inGroup('Announce', page().id))
    expect(await home()).toEqual([])
    expect(await here.world.count('statuses')).toBe(0)
  })
})

describe('interop 56 a category of NodeBB', () => {
  const topic = (more: Record<string, unknown>) =>
    here.far.note(here.carol, {
      to: [PUBLIC, group.uri],
      cc: [here.carol.followers],
      context: here.far.url('/topic/1'),
      audience: group.uri,
      inReplyTo: null,
      updated: null,
      ...more,
    })

  it('passes on short posts as Notes, long ones as Articles with a preview', async () => {
    const short = topic({ content: '<p>Short.</p>', name: null })
    await announce(inGroup('Create', short))
    const long = topic({
      type: 'Article',
      name: 'Welcome',
      summary: '<p>The beginning.</p>',
      content: '<p>The beginning.</p><p>The end.</p>',
      preview: { type: 'Note', content: '<p>The beginning.</p>', attachment: [] },
    })
    await announce(inGroup('Create', long))
    const [second, first] = await home()
    expect(first.reblog).toMatchObject({ uri: short.id, content: '<p>Short.</p>' })
    expect(second.reblog.content).toContain('Welcome')
    expect(second.reblog.content).toContain('The beginning.')
    expect(second.reblog.spoiler_text).toBe('')
  })

  it('keeps answers in the thread they name', async () => {
    const first = topic({ content: '<p>Question?</p>' })
    await announce(inGroup('Create', first))
    const second = topic({ content: '<p>Answer.</p>', inReplyTo: first.id })
    await announce(inGroup('Create', second))
    const { id } = await here.look(first.id)
    const { body } = await here.alice.get(`/api/v1/statuses/${id}/context`)
    expect(body.descendants).toMatchObject([{ uri: second.id, in_reply_to_id: id }])
  })
})

describe('interop 97 a group that boosts every mention', () => {
  it('boosts a post by its id, once however often it says so', async () => {
    const note = here.far.note(here.carol, { cc: [here.carol.followers, group.uri] })
    for (let time = 0; time < 3; time++) await announce(note.id)
    expect(await home()).toMatchObject([{ account: { username: 'teahouse' }, reblog: { uri: note.id } }])
    const account = await here.world.accountOf(group)
    expect((await here.alice.get(`/api/v1/accounts/${account?.id}/statuses`)).body).toHaveLength(1)
  })

  it('can be followed without its boosts', async () => {
    const account = await here.world.accountOf(group)
    await here.alice.post(`/api/v1/accounts/${account?.id}/follow`, { json: { reblogs: false } })
    await announce(here.far.note(here.carol).id)
    expect(await home()).toEqual([])
  })

  it('takes a boost back by an Undo of its id alone', async () => {
    const note = here.far.note(here.carol)
    const boost = activity(group, 'Announce', note.id, { to: [PUBLIC], cc: [group.followers] })
    await deliver(here.world.ctx, group, boost)
    await deliver(here.world.ctx, group, activity(group, 'Undo', boost.id))
    expect(await home()).toEqual([])
    expect(await here.look(note.id)).toMatchObject({ uri: note.id })
  })
})
