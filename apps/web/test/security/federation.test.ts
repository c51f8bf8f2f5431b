import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import {
  activity,
  type Remote,
  type RemoteActor,
  type Remotes,
  reply,
  startRemotes,
} from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { StatusRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'
import { drainAll, postToInbox } from './support.ts'

const AS = 'https://www.w3.org/ns/activitystreams'
const PUBLIC = `${AS}#Public`
const ENABLED = 2

let ctx: TestContext
let remotes: Remotes
let evil: Remote
let honest: Remote
let web: TestWeb
let make: Factories
let alice: Awaited<ReturnType<Factories['viewer']>>
let api: TestClient
let mallory: RemoteActor
let victim: RemoteActor

beforeAll(async () => {
  remotes = await startRemotes(['e', 'v', 'relay'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  web = await startWeb(ctx)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  evil = remotes.host('e')
  honest = remotes.host('v')
  alice = await make.viewer({ account: { username: 'alice' } })
  api = web.as(await make.token({ user: alice.user }))
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
})

const aliceUri = () => `https://social.test/ap/users/${alice.account.id}`
const accountOf = (actor: RemoteActor) => ctx.db('accounts').where({ uri: actor.uri }).first()
const deliver = async (document: unknown, actor = mallory) => {
  const answer = await postToInbox(ctx, web, actor, document)
  await drainAll(ctx)
  return answer
}
/** Alice follows the actor, so that what it says concerns somebody here. */
async function followedBy(actor: RemoteActor): Promise<void> {
  await deliver(activity(actor, 'View', aliceUri()), actor)
  await make.follow({ account: alice.account, target: await accountOf(actor) })
}
const statuses = () => ctx.db('statuses').select('uri', 'text', 'account_id')

describe('SEC-SIG-08 SEC-SIG-09 activities that carry a signature of their own', () => {
  const proof = {
    type: 'RsaSignature2017',
    creator: 'https://v.test/users/victim#main-key',
    created: '2026-01-01T00:00:00Z',
    signatureValue: 'c2lnbmVk',
  }

  /** A genuine Create of the victim, and what somebody else makes of it. */
  function disguises(note: Record<string, unknown>): [string, object][] {
    const genuine: Record<string, unknown> = { ...activity(victim, 'Create', note), signature: proof }
    const forged: Record<string, unknown> = {
      ...activity(victim, 'Create', { ...note, content: '<p>Forged</p>' }),
      signature: proof,
    }
    const { '@context': _, ...bare } = genuine
    return [
      ['as it is', genuine],
      ['other words under the same signature', forged],
      ['@graph at the top', { '@context': AS, '@graph': [bare, forged], signature: proof }],
      ['@included', { ...forged, '@included': [bare] }],
      ['@reverse', { ...forged, '@reverse': { object: bare } }],
      ['@graph in a list', { ...forged, object: [{ '@graph': [bare] }] }],
      ['@graph three deep', { ...forged, object: { a: { b: { '@graph': [bare] } } } }],
      ['an alias of @graph', { ...forged, '@context': [AS, { g: '@graph' }], g: [bare] }],
      [
        'an alias of actor',
        { ...forged, '@context': [AS, { actor: 'x:y', who: `${AS}#actor` }], who: victim.uri },
      ],
      ['an alias of the id', { ...forged, '@context': [AS, { me: '@id' }], me: forged.id }],
    ]
  }
  const names = [
    'as it is',
    'other words under the same signature',
    '@graph at the top',
    '@included',
    '@reverse',
  ]
  const more = [
    '@graph in a list',
    '@graph three deep',
    'an alias of @graph',
    'an alias of actor',
    'an alias of the id',
  ]

  it.each([...names, ...more])('are not believed for it: %s', async (name) => {
    await followedBy(mallory)
    await followedBy(victim)
    const note = honest.note(victim, { cc: [aliceUri()] })
    const document = disguises(note).find(([disguise]) => disguise === name)?.[1]
    expect(document).toBeDefined()
    const path = new URL(note.id).pathname
    honest.serve(path, reply({ status: 404, body: {} }))
    await deliver(document, mallory)
    expect(await statuses()).toEqual([])
    // What makes us ask may say what it will: the word of the note's own server counts.
    honest.serve(path, note)
    await deliver(document, mallory)
    const { id: account_id } = await accountOf(victim)
    for (const status of await statuses())
      expect(status).toEqual({ uri: note.id, text: note.content, account_id })
    // By the victim's own hand the genuine one counts, whatever its inner signature.
    if (name !== 'as it is') return
    await deliver(document, victim)
    expect(await statuses()).toHaveLength(1)
  })
})

describe('who may speak for what', () => {
  it.each<[string, (id: string) => object]>([
    ['a reblog', (id) => activity(mallory, 'Announce', id, { to: [PUBLIC] })],
    ['an answer', (id) => activity(mallory, 'Create', evil.note(mallory, { inReplyTo: id }))],
  ])(
    'SEC-ORG-01 a document that claims another server’s id lends it no words, found by %s',
    async (_way, made) => {
      await followedBy(mallory)
      const note = honest.note(victim)
      evil.serve('/a', { ...note, content: '<p>Forged</p>' })
      await deliver(made(evil.url('/a')))
      const texts = (await ctx.db('statuses').where({ uri: note.id }).select('text')).map(({ text }) => text)
      expect(texts.filter((text) => text !== note.content)).toEqual([])
      expect(JSON.stringify(await statuses())).not.toContain('Forged')
    },
  )

  it('SEC-ORG-01 nor one of another path of the same server', async () => {
    await followedBy(mallory)
    const note = evil.note(mallory)
    evil.serve('/a', { ...note, content: '<p>Forged</p>' })
    await deliver(activity(mallory, 'Announce', evil.url('/a'), { to: [PUBLIC] }))
    expect(JSON.stringify(await statuses())).not.toContain('Forged')
  })

  it('SEC-ORG-03 a neighbour who sends a private note on makes nobody its reader', async () => {
    await followedBy(victim)
    const bob = honest.actor('bob')
    await followedBy(bob)
    const reader = await make.viewer({ account: { username: 'reader' } })
    const secret = honest.note(victim, { to: [victim.followers], cc: [] })
    await deliver(activity(victim, 'Create', secret), victim)
    const mentions = () => ctx.db('mentions').select('account_id')
    expect(await mentions()).toEqual([])
    const inbox = `/ap/users/${reader.account.id}/inbox`
    for (const object of [
      secret,
      { ...secret, attributedTo: bob.uri },
      { ...secret, to: [PUBLIC] },
      secret.id,
    ])
      await postToInbox(ctx, web, bob, activity(bob, 'Create', object), { target: inbox })
    await drainAll(ctx)
    expect(await mentions()).toEqual([])
    expect(await statuses()).toHaveLength(1)
    // Sent by its author to that inbox, it is meant for its owner.
    await postToInbox(ctx, web, victim, activity(victim, 'Create', secret), { target: inbox })
    await drainAll(ctx)
    expect(await mentions()).toEqual([{ account_id: reader.account.id }])
  })

  it('SEC-ORG-17 a neighbour neither makes nor changes what another of the same server wrote', async () => {
    const bob = honest.actor('bob')
    await followedBy(bob)
    const note = honest.note(victim, { cc: [aliceUri()], updated: new Date().toISOString() })
    for (const type of ['Create', 'Update']) await deliver(activity(bob, type, note), bob)
    expect(await statuses()).toEqual([])
  })

  it.each([true, false])(
    'SEC-SIG-20 a signer speaks for nobody else of the same server (key known: %s)',
    async (isKnown) => {
      const bob = evil.actor('bob')
      if (isKnown) await deliver(activity(bob, 'View', aliceUri()), bob)
      const forged = { ...activity(bob, 'Follow', aliceUri()), actor: mallory.uri }
      const answer = await deliver(forged, bob)
      expect(answer.status).toBe(isKnown ? 401 : 202)
      expect(await ctx.db('follows').select()).toEqual([])
      expect(await ctx.db('follow_requests').select()).toEqual([])
    },
  )
})

describe('relays', () => {
  let relay: RemoteActor
  const now = new Date()
  const asked = async (inbox: string, state: number, followId = 'https://social.test/relay/1') =>
    ctx
      .db('relays')
      .insert({ inbox_url: inbox, state, follow_activity_id: followId, created_at: now, updated_at: now })
  const states = async () => (await ctx.db('relays').orderBy('id').select('state')).map(({ state }) => state)

  beforeEach(() => {
    relay = remotes.host('relay').actor('relay', { type: 'Application' })
  })

  it('SEC-FED-02 an Accept switches none on that was switched off, or that is another’s', async () => {
    await asked(relay.inbox, 0)
    await asked(remotes.host('relay').url('/other/inbox'), 1, 'https://social.test/relay/2')
    const follow = (id: string) => ({
      id,
      type: 'Follow',
      actor: 'https://social.test/actor',
      object: PUBLIC,
    })
    for (const actor of [mallory, relay])
      for (const object of [
        'https://social.test/relay/1',
        follow('https://social.test/relay/1'),
        follow('https://social.test/relay/2'),
      ])
        await deliver(activity(actor, 'Accept', object), actor)
    expect(await states()).toEqual([0, 1])
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('SEC-DOS-12 SEC-ORG-24 nobody becomes one by naming its inbox as his own', async () => {
    await asked(relay.inbox, ENABLED)
    Object.assign(mallory.document, { inbox: relay.inbox, endpoints: { sharedInbox: relay.inbox } })
    await deliver(activity(mallory, 'Create', evil.note(mallory)))
    await deliver(activity(mallory, 'Announce', honest.note(victim).id, { to: [PUBLIC] }))
    expect((await accountOf(mallory)).inbox_url).toBe(relay.inbox)
    expect(await statuses()).toEqual([])
    expect(honest.requests).toEqual([])
  })

  it('SEC-FED-14 one that is switched on brings in what its own server serves, and nothing of blocked servers', async () => {
    await asked(relay.inbox, ENABLED)
    const blocked = evil.note(mallory)
    await ctx.db('domain_blocks').insert({ domain: evil.host, severity: 1 })
    await deliver(activity(relay, 'Announce', blocked.id, { to: [PUBLIC] }), relay)
    await deliver(activity(relay, 'Announce', { ...blocked }, { to: [PUBLIC] }), relay)
    await deliver(activity(relay, 'Create', { ...blocked }), relay)
    expect(await statuses()).toEqual([])
    expect(evil.requests).toEqual([])
    const open = honest.note(victim)
    await deliver(activity(relay, 'Announce', open.id, { to: [PUBLIC] }), relay)
    expect((await statuses()).map(({ uri }) => uri)).toEqual([open.id])
  })
})

describe('SEC-FED-12 mentions by strangers', () => {
  const mention = () =>
    evil.note(mallory, { cc: [aliceUri()], tag: [{ type: 'Mention', href: aliceUri(), name: '@alice' }] })
  const listed = async () => (await api.get('/api/v1/notifications')).body.length
  const requests = async () => (await api.get('/api/v1/notifications/requests')).body
  const unread = async () => (await api.get('/api/v1/notifications/unread_count')).body.count

  it('are told as long as the reader wants them', async () => {
    await deliver(activity(mallory, 'Create', mention()))
    expect([await listed(), (await requests()).length]).toEqual([1, 0])
  })

  it.each(['for_new_accounts', 'for_not_following', 'for_not_followers'])(
    'go to the requests with %s on filter, and nowhere with drop',
    async (choice) => {
      await api.patch('/api/v2/notifications/policy', { json: { [choice]: 'filter' } })
      for (let n = 0; n < 3; n++) await deliver(activity(mallory, 'Create', mention()))
      expect([await listed(), await unread()]).toEqual([0, 0])
      expect(await requests()).toMatchObject([
        { account: { acct: mallory.handle }, notifications_count: '3' },
      ])
      await resetRequests()
      await api.patch('/api/v2/notifications/policy', { json: { [choice]: 'drop' } })
      await deliver(activity(mallory, 'Create', mention()))
      expect([await listed(), (await requests()).length]).toEqual([0, 0])
    },
  )

  async function resetRequests(): Promise<void> {
    await ctx.db('notifications').delete()
    await ctx.db('notification_requests').delete()
  }
})

it('SEC-ORG-08 a reblog is quoted by the API as what it reblogs, if its author permits', async () => {
  const [author, bob] = [await make.account(), await make.account()]
  const quote = async (original: StatusRow) => {
    const reblog = await make.status({ account: bob, reblogOf: original })
    return api.post('/api/v1/statuses', { json: { status: 'look', quoted_status_id: reblog.id } })
  }
  const refused = await quote(await make.status({ account: author, quote_approval_policy: 0 }))
  expect([403, 404, 422]).toContain(refused.status)
  expect(await ctx.db('statuses').where({ text: 'look' }).select()).toEqual([])
  const own = await make.status({ account: alice.account })
  const { body } = await quote(own)
  expect(body.quote.quoted_status).toMatchObject({ id: own.id, reblog: null })
})

it('SEC-ORG-10 an actor names hosts by plain names only', async () => {
  mallory.document.attributionDomains = [
    'blog.example',
    'https://x.example',
    '/relative',
    'a/b',
    { id: 'https://y.example' },
    '@id',
    7,
    null,
    'spaced name',
    'javascript:alert(1)',
  ]
  await deliver(activity(mallory, 'View', aliceUri()))
  expect((await accountOf(mallory)).attribution_domains).toEqual(['blog.example'])
})
