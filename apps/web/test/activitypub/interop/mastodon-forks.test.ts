import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { useNeighbour } from './support.ts'

/** What servers add that began as Mastodon: glitch-soc, Hometown, Fedibird. */
const AS = 'https://www.w3.org/ns/activitystreams'
const here = useNeighbour()
const aliceUri = () => here.world.uriOf(here.world.alice.account)
const mention = () => [{ type: 'Mention', href: aliceUri(), name: '@alice@social.test' }]

describe('interop 11 glitch-soc', () => {
  it.each([
    ['says so', true, 'direct'],
    ['denies it', false, 'private'],
  ])('a post to named people is direct when it %s', async (_what, directMessage, visibility) => {
    const parts = { to: [aliceUri()], cc: [], tag: mention(), directMessage }
    expect(await here.shown(parts)).toMatchObject({ visibility })
  })

  it('a post to people without naming them is direct when it says so', async () => {
    expect(await here.shown({ to: [aliceUri()], cc: [], directMessage: true })).toMatchObject({
      visibility: 'direct',
    })
  })

  it('a post to others that is called not direct is not taken in', async () => {
    const parts = { to: [here.far.actor('bert').uri], cc: [], directMessage: false }
    expect(await here.shown(parts)).toBeUndefined()
  })

  it('headings and other elements are shown as Mastodon shows them', async () => {
    const content = '<h1>One</h1><h5>Five</h5><p>H<sub>2</sub>O, x<sup>2</sup>, <abbr title="x">AP</abbr></p>'
    expect(await here.shown({ content })).toMatchObject({
      content: '<p><strong>One</strong></p><p><strong>Five</strong></p><p>H2O, x2, AP</p>',
    })
  })

  it('followers are not counted, and the account is there all the same', async () => {
    const dora = here.far.actor('dora')
    here.far.serve('/users/dora/followers', {
      '@context': AS,
      id: dora.followers,
      type: 'OrderedCollection',
      first: `${dora.followers}?page=1`,
    })
    const { id } = await here.world.met(dora)
    const { body } = await here.alice.get(`/api/v1/accounts/${id}`)
    expect(body).toMatchObject({ acct: dora.handle, followers_count: 0 })
  })
})

it('interop 12 Hometown: nothing says that a post is for one server, and no app is offered to say so', async () => {
  expect(await here.shown({ content: '<p>hello</p>' })).toMatchObject({ visibility: 'public' })
  await here.send('Follow', aliceUri())
  const { body } = await here.alice.post('/api/v1/statuses', { json: { status: 'hello' } })
  expect(body).not.toHaveProperty('local_only')
  await drainQueues(here.world.ctx)
  const [{ object } = {}] = here.far.received.filter(({ type }) => type === 'Create')
  expect(object).not.toHaveProperty('localOnly')
})

describe('interop 13 Fedibird', () => {
  it('quotes by quoteUri: shown of oneself, and hidden otherwise until there is consent', async () => {
    const content = (uri: string) =>
      `<p>so true<span class="quote-inline"><br/>RE: <a href="${uri}">${uri}</a></span></p>`
    const own = here.far.note(here.carol)
    const shown = await here.shown({ quoteUri: own.id, content: content(own.id) })
    expect(shown.quote).toMatchObject({ state: 'accepted', quoted_status: { uri: own.id } })
    const other = here.far.note(here.far.actor('dora'))
    expect(await here.shown({ quoteUri: other.id, content: content(other.id) })).toMatchObject({
      quote: null,
      content: expect.stringContaining(`href="${other.id}"`),
    })
  })

  it.each([
    ['people it names', () => ({ to: [aliceUri()], tag: mention() }), 'direct'],
    ['people it does not name', () => ({ to: [aliceUri()] }), 'private'],
    ['followers', () => ({ to: [here.carol.followers] }), 'private'],
    ['everybody', () => ({ to: [PUBLIC] }), 'public'],
  ])('scopes we do not know widen nothing: a post for %s', async (_whom, audience, visibility) => {
    const scopes = { searchability: [PUBLIC], searchableBy: [PUBLIC], limitedScope: 'Circle' }
    expect(await here.shown({ cc: [], ...scopes, ...audience() })).toMatchObject({ visibility })
  })
})
