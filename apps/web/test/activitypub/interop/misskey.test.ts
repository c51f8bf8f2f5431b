import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, type RemoteActor } from '@anancus/core/testing/remote'
import { useNeighbour } from './support.ts'

/** Misskey and those that began as it: Calckey, Firefish, Sharkey, Iceshrimp. Reactions have a file of their own. */
const CONTEXT = [
  'https://www.w3.org/ns/activitystreams',
  'https://w3id.org/security/v1',
  {
    Key: 'sec:Key',
    misskey: 'https://misskey-hub.net/ns#',
    _misskey_content: 'misskey:_misskey_content',
    _misskey_quote: 'misskey:_misskey_quote',
    _misskey_votes: 'misskey:_misskey_votes',
    isCat: 'misskey:isCat',
    vcard: 'http://www.w3.org/2006/vcard/ns#',
  },
]
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
const relationTo = async (actor: RemoteActor) => {
  const account = await here.world.accountOf(actor)
  return (await here.alice.get(`/api/v1/accounts/relationships?id[]=${account?.id}`)).body[0]
}
/** What a Misskey note has beside the parts a test is about. */
const note = (parts: Record<string, unknown>) => ({
  '@context': CONTEXT,
  summary: null,
  inReplyTo: null,
  attachment: [],
  sensitive: false,
  tag: [],
  ...parts,
})

it('interop 14 the HTML is shown, sanitised, and not the markup it was written in', async () => {
  const mfm = '$[spin hello] <b>there</b>'
  const parts = {
    content: '<p><span>hello </span><b onclick="x()">there</b><script>x()</script></p>',
    _misskey_content: mfm,
    source: { content: mfm, mediaType: 'text/x.misskeymarkdown' },
  }
  expect(await here.shown(note(parts))).toMatchObject({
    content: '<p><span>hello </span><b>there</b></p>',
  })
})

describe('interop 15 a renote with a text', () => {
  const quoting = (uri: string, content: string, more = {}) =>
    note({ content, _misskey_content: 'so true', _misskey_quote: uri, quoteUrl: uri, ...more })
  const link = (uri: string) => `<a href="${uri}">${uri}</a>`

  it('of another’s post shows no quote without consent, but the link', async () => {
    const quoted = here.far.note(here.far.actor('mika'))
    const content = `<p><span>so true<br><br>RE: </span>${link(quoted.id)}</p>`
    const shown = await here.shown(quoting(quoted.id, content))
    expect(shown.quote).toBeNull()
    expect(shown.content).toContain(`href="${quoted.id}"`)
  })

  it('of an own post shows it, and marks the line that names it', async () => {
    const quoted = here.far.note(here.carol)
    const shown = await here.shown(
      quoting(quoted.id, `<p><span>so true<br><br>RE: </span>${link(quoted.id)}</p>`),
    )
    expect(shown.quote).toMatchObject({ state: 'accepted', quoted_status: { uri: quoted.id } })
    expect(shown.content).toMatch(
      /^<p><span>so true<\/span><span class="quote-inline"><br><br>RE: <a [^<>]+>[^<>]+<\/a><\/span><\/p>$/,
    )
  })

  it('keeps a line that names something else', async () => {
    const quoted = here.far.note(here.carol)
    const other = here.far.url('/notes/other')
    const shown = await here.shown(quoting(quoted.id, `<p>so true<br><br>RE: ${link(other)}</p>`))
    expect(shown.content).not.toContain('quote-inline')
  })
})

it.each([
  ['a space without width', '\u200b'],
  ['spaces', ' \u200c\ufeff '],
])('interop 17 a warning of %s is none, and the post stays sensitive', async (_what, summary) => {
  expect(await here.shown(note({ summary, sensitive: true }))).toMatchObject({
    spoiler_text: '',
    sensitive: true,
  })
})

it('interop 18 a poll has its end in endTime while it runs and in closed afterwards, and counts no voters', async () => {
  const option = (name: string, votes: number) => ({
    type: 'Note',
    name,
    _misskey_votes: votes,
    replies: { type: 'Collection', totalItems: votes },
  })
  const poll = here.far.note(
    here.carol,
    note({
      type: 'Question',
      endTime: '2099-01-01T00:00:00.000Z',
      oneOf: [option('tea', 3), { ...option('coffee', 2), replies: undefined }],
    }),
  )
  await here.send('Create', poll)
  expect((await here.look(poll.id)).poll).toMatchObject({
    expired: false,
    expires_at: '2099-01-01T00:00:00.000Z',
    votes_count: 5,
    voters_count: null,
    options: [
      { title: 'tea', votes_count: 3 },
      { title: 'coffee', votes_count: 2 },
    ],
  })
  await here.send('Update', { ...poll, endTime: undefined, closed: '2026-01-02T00:00:00.000Z' })
  expect((await here.look(poll.id)).poll).toMatchObject({
    expired: true,
    expires_at: '2026-01-02T00:00:00.000Z',
  })
})

it.each([
  ['public', (followers: string) => ({ to: [PUBLIC], cc: [followers] }), 'public'],
  ['home', (followers: string) => ({ to: [followers], cc: [PUBLIC] }), 'unlisted'],
  ['followers', (followers: string) => ({ to: [followers], cc: [] }), 'private'],
  ['specified', (_: string, alice: string) => ({ to: [alice], cc: [], tag: mention(alice) }), 'direct'],
])('interop 19 the visibility %s is read from whom it goes to', async (visibility, audience, shown) => {
  const parts = note({ ...note({}), ...audience(here.carol.followers, aliceUri()), visibility })
  expect(await here.shown(parts)).toMatchObject({ visibility: shown })
})
const mention = (href: string) => [{ type: 'Mention', href, name: '@alice@social.test' }]

describe('interop 20 activities whose objects have no lasting id', () => {
  const asked = (mika: RemoteActor) => ({ type: 'Follow', actor: aliceUri(), object: mika.uri })
  it.each([
    [
      'in another order',
      (sent: Record<string, unknown>) => Object.fromEntries(Object.entries(sent).reverse()),
    ],
    ['without an id', (_sent: Record<string, unknown>, mika: RemoteActor) => asked(mika)],
    [
      'with an id of its own making',
      (_sent: Record<string, unknown>, mika: RemoteActor) => ({
        id: here.far.url('/follows/1/2'),
        ...asked(mika),
      }),
    ],
  ])('an Accept with our Follow %s is an answer, and so is a Reject', async (_how, embedded) => {
    const mika = here.far.actor('mika', { manuallyApprovesFollowers: true })
    const { id } = await here.world.met(mika)
    await here.alice.post(`/api/v1/accounts/${id}/follow`)
    await drainQueues(here.world.ctx)
    const [sent = {}] = here.far.received.filter(({ type }) => type === 'Follow')
    const answer = (type: string) =>
      deliver(here.world.ctx, mika, {
        '@context': CONTEXT,
        type,
        actor: mika.uri,
        object: embedded(sent, mika),
      })
    await answer('Accept')
    expect(await relationTo(mika)).toMatchObject({ following: true, requested: false })
    await answer('Reject')
    expect(await relationTo(mika)).toMatchObject({ following: false })
  })

  it('an Undo and a Delete find what they are about', async () => {
    const mine = await here.world.make.status({ account: here.world.alice.account })
    const like = {
      type: 'Like',
      actor: here.carol.uri,
      object: here.world.noteUri(mine, here.world.alice.account),
    }
    const favourites = async () => (await here.alice.get(`/api/v1/statuses/${mine.id}`)).body.favourites_count
    const bare = (parts: object) =>
      deliver(here.world.ctx, here.carol, { '@context': CONTEXT, actor: here.carol.uri, ...parts })
    await bare(like)
    expect(await favourites()).toBe(1)
    await bare({ type: 'Undo', object: like })
    expect(await favourites()).toBe(0)
    const theirs = here.far.note(here.carol)
    await here.send('Create', theirs)
    await bare({ type: 'Delete', object: { id: theirs.id, type: 'Tombstone' } })
    expect(await here.look(theirs.id)).toBeUndefined()
  })
})

it.each([
  ['address', ({ uri }: { uri: string }) => uri],
  ['page', ({ url }: { url: string }) => url],
])('interop 21 a report about a person names the posts in its text, by their %s', async (_what, name) => {
  const mine = await here.world.make.status({ account: here.world.alice.account })
  const shown = (await here.alice.get(`/api/v1/statuses/${mine.id}`)).body
  const system = here.far.actor('instance.actor', { type: 'Application' })
  const flag = {
    '@context': CONTEXT,
    id: here.far.url('/flags/1'),
    type: 'Flag',
    actor: system.uri,
    content: `Note: ${name(shown)}\n-----\nspam, I think`,
    object: aliceUri(),
  }
  await deliver(here.world.ctx, system, flag)
  const { body } = await (await here.admin()).get('/api/v1/admin/reports')
  expect(body).toMatchObject([
    {
      comment: expect.stringContaining('spam, I think'),
      target_account: { username: 'alice' },
      statuses: [{ id: mine.id }],
    },
  ])
})

describe('interop 22 actors', () => {
  it('whose key is a document of its own are known by it', async () => {
    const mika = here.far.actor('mika')
    const { publicKeyPem } = mika.document.publicKey as { publicKeyPem: string }
    mika.keyId = `${mika.uri}/publickey`
    const key = { id: mika.keyId, type: 'Key', owner: mika.uri, publicKeyPem }
    mika.document.publicKey = key
    here.far.serve('/users/mika/publickey', { '@context': CONTEXT, ...key })
    const follow = { '@context': CONTEXT, id: here.far.url('/follows/1'), type: 'Follow', actor: mika.uri }
    await deliver(here.world.ctx, mika, { ...follow, object: aliceUri() })
    expect(await relationTo(mika)).toMatchObject({ followed_by: true })
  })

  it('that stand for a server have a dot in their name, and are not shown among people', async () => {
    const system = here.far.actor('instance.actor', { type: 'Application', discoverable: true })
    const mika = here.far.actor('mika', { discoverable: true })
    await here.world.met(mika)
    const query = `resolve=true&type=accounts&q=${encodeURIComponent(system.handle)}`
    const { body } = await here.alice.get(`/api/v2/search?${query}`)
    expect(body.accounts).toMatchObject([{ acct: system.handle, bot: true }])
    const listed = (await here.alice.get('/api/v1/directory?order=new')).body
    expect(listed.map(({ username }: { username: string }) => username)).toEqual(['mika'])
  })
})

it('interop 23 what only Misskey knows of people is passed over', async () => {
  const mika = here.far.actor('mika', {
    '@context': CONTEXT,
    isCat: true,
    'vcard:bday': '2000-01-01',
    'vcard:Address': 'Somewhere',
    summary: '<p>I like tea</p>',
    _misskey_summary: '$[spin I like tea]',
    _misskey_followedMessage: 'welcome',
    _misskey_requireSigninToViewContents: true,
    _misskey_makeNotesFollowersOnlyBefore: -86_400,
    _misskey_makeNotesHiddenBefore: null,
    featured: here.far.url('/users/mika/collections/featured'),
    backgroundUrl: { type: 'Image', url: here.far.url('/sky.png') },
  })
  const { id } = await here.world.met(mika)
  expect((await here.alice.get(`/api/v1/accounts/${id}`)).body).toMatchObject({
    acct: mika.handle,
    note: '<p>I like tea</p>',
  })
})

it('interop 23 what is only for those who have signed in is not shown to visitors', async () => {
  const mika = here.far.actor('mika', { _misskey_requireSigninToViewContents: true })
  await here.world.followed(mika)
  const note = here.far.note(mika)
  await deliver(here.world.ctx, mika, activity(mika, 'Create', note))
  const { id, account } = await here.look(note.id)
  expect((await here.web.get(`/api/v1/statuses/${id}`)).status).toBe(404)
  expect((await here.web.get(`/api/v1/accounts/${account.id}/statuses`)).body).toEqual([])
})

it('interop 23 one sensitive picture makes the post sensitive', async () => {
  const picture = (sensitive: boolean) => ({
    type: 'Document',
    mediaType: 'image/webp',
    url: here.far.url(`/files/${sensitive}.webp`),
    name: null,
    sensitive,
  })
  expect(await here.shown(note({ attachment: [picture(false)] }))).toMatchObject({ sensitive: false })
  expect(await here.shown(note({ attachment: [picture(false), picture(true)] }))).toMatchObject({
    sensitive: true,
  })
})
