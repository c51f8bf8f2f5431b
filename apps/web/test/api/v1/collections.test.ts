import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { countStatements } from '@anancus/core/testing/count-statements'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import { sentActivities } from '@anancus/core/testing/sent-activities'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  registerHandlers({ ...allHandlers, 'federation.deliver': async () => undefined })
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  await ctx.db('accounts').whereIn('username', ['bob', 'eve', 'mallory']).update({ discoverable: true })
  alice = web.as(await make.token({ user: cast.alice.user, scopes: 'read write' }))
  bob = web.as(await make.token({ user: cast.bob.user, scopes: 'read write' }))
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

const PATH = '/api/v1/collections'
const outcome = (answer: { status: number; body: unknown }) => [answer.status, answer.body]
const FORBIDDEN = [403, { error: 'This action is not allowed' }]
const NOT_FOUND = [404, { error: 'Record not found' }]
const BIRDS = { name: 'Birders', description: 'People to follow', sensitive: false, discoverable: true }
const create = (more: Record<string, unknown> = {}, client = alice) =>
  client.post(PATH, { json: { ...BIRDS, ...more } })
/** A collection of alice's with these accounts; its id. */
const made = async (...accounts: { id: string }[]): Promise<string> =>
  (await create({ account_ids: accounts.map(({ id }) => id) })).body.collection.id
const problem = (field: string, error: string, description: string) => ({ [field]: [{ error, description }] })
/** Lets a remote account be put into collections. */
const welcome = (id: string, shift = 16) =>
  ctx
    .db('accounts')
    .where({ id })
    .update({ feature_approval_policy: 2 << shift })

describe('POST /api/v1/collections', () => {
  it('is refused without the scope and to the anonymous', async () => {
    const reader = web.as(await make.token({ user: cast.alice.user, scopes: 'read write:lists' }))
    expect((await create({}, reader)).status).toBe(403)
    expect((await web.post(PATH, { json: BIRDS })).status).toBe(401)
  })

  it('makes a collection in which accounts of ours are at once, and tells them', async () => {
    const { bob: member, eve } = cast
    const { status, body } = await create({
      language: 'en',
      tag_name: '#Birds',
      account_ids: [member.account.id, eve.account.id],
    })
    const { id } = body.collection
    const owner = cast.alice.account.id
    expect([status, body]).toEqual([
      200,
      {
        collection: {
          id,
          uri: `https://social.test/ap/users/${owner}/collections/${id}`,
          url: `https://social.test/collections/${id}`,
          ...BIRDS,
          language: 'en',
          account_id: owner,
          local: true,
          item_count: 2,
          created_at: expect.stringMatching(/Z$/),
          updated_at: expect.stringMatching(/Z$/),
          tag: { name: 'birds', url: 'https://social.test/tags/birds' },
          items: [member, eve].map(({ account }) => ({
            id: expect.stringMatching(/^\d+$/),
            state: 'accepted',
            created_at: expect.any(String),
            account_id: account.id,
          })),
        },
      },
    ])
    await drainQueues(ctx)
    const [told] = (await bob.get('/api/v1/notifications')).body
    expect(told).toMatchObject({ type: 'added_to_collection', account: { id: owner }, collection: { id } })
    const { body: grouped } = await bob.get('/api/v2/notifications')
    expect(grouped.notification_groups[0]).toMatchObject({ type: 'added_to_collection', collection: { id } })
    expect((await ctx.db('collections').first()).item_count).toBe(2)
  })

  it('says of everything that is wrong what it is', async () => {
    const { status, body } = await alice.post(PATH, {
      json: { name: ' ', description: 'x'.repeat(101), language: 'klingon' },
    })
    expect(status).toBe(422)
    expect(body.error.error).toBe(
      "Validation failed: Name can't be blank, Description is too long (maximum is 100 characters), " +
        'Sensitive is not included in the list, Discoverable is not included in the list, Language is invalid',
    )
    expect(body.error.details).toEqual({
      ...problem('name', 'ERR_BLANK', "can't be blank"),
      ...problem('description', 'ERR_TOO_LONG', 'is too long (maximum is 100 characters)'),
      ...problem('sensitive', 'ERR_INCLUSION', 'is not included in the list'),
      ...problem('discoverable', 'ERR_INCLUSION', 'is not included in the list'),
      ...problem('language', 'ERR_INVALID', 'is invalid'),
    })
    expect(await ctx.db('collections')).toEqual([])
    const { details } = (await create({ name: 'x'.repeat(41) })).body.error
    expect(details).toEqual(problem('name', 'ERR_TOO_LONG', 'is too long (maximum is 40 characters)'))
    await make.tag({ name: 'spam', usable: false })
    const unusable = await create({ tag_name: 'Spam' })
    expect(unusable.body.error.details).toEqual(problem('tag_name', 'ERR_UNUSABLE', 'may not be used'))
  })

  it('lets no more be made than the role of the user allows, however many are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => create()))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    const { body } = await create()
    expect(body.error.details.base[0].error).toBe('ERR_TOO_MANY')
    await ctx.db('user_roles').update({ collection_limit: 11 })
    expect((await create()).status).toBe(200)
  })

  it('takes nobody who may not be featured, and 25 at most', async () => {
    const shy = await make.account({ discoverable: false })
    expect(outcome(await create({ account_ids: [shy.id] }))).toEqual(FORBIDDEN)
    expect(outcome(await create({ account_ids: [cast.mallory.account.id] }))).toEqual(FORBIDDEN)
    expect(outcome(await create({ account_ids: [cast.carol.id] }))).toEqual(FORBIDDEN)
    expect(outcome(await create({ account_ids: ['987654321'] }))).toEqual(NOT_FOUND)
    const many = await Promise.all(Array.from({ length: 26 }, () => make.account({ discoverable: true })))
    const { status, body } = await create({ account_ids: many.map(({ id }) => id) })
    expect([status, body.error.details]).toEqual([
      422,
      problem('collection_items', 'ERR_TOO_MANY', 'are too many, no more than 25 are allowed'),
    ])
    expect((await create({ account_ids: many.slice(1).map(({ id }) => id) })).status).toBe(200)
  })

  it('asks remote accounts, and tells the servers that know the owner', async () => {
    await welcome(cast.carol.id)
    await make.follow({ account: cast.dan, target: cast.alice.account })
    const { body } = await create({ account_ids: [cast.carol.id, cast.bob.account.id] })
    expect(body.collection.items.map((item: { state: string }) => item.state)).toEqual([
      'pending',
      'accepted',
    ])
    const sent = await sentActivities(ctx)
    const add = sent.find(
      ({ activity, inboxUrl }) => activity.type === 'Add' && inboxUrl === cast.dan.inbox_url,
    )
    expect(add?.activity).toMatchObject({
      target: `https://social.test/ap/users/${cast.alice.account.id}/featured_collections`,
      object: { type: 'FeaturedCollection', totalItems: 1, orderedItems: [{ type: 'FeaturedItem' }] },
    })
    expect(add?.activity).not.toHaveProperty('id')
    const [request] = sent.filter(({ activity }) => activity.type === 'FeatureRequest')
    expect(request).toMatchObject({
      inboxUrl: cast.carol.inbox_url,
      signerId: cast.alice.account.id,
      activity: { object: cast.carol.uri, instrument: body.collection.uri },
    })
    expect(request?.activity).not.toHaveProperty('actor')
  })
})

describe('GET /api/v1/collections/:id', () => {
  it('shows owner and members in order; who was only asked, to the owner alone', async () => {
    await welcome(cast.carol.id)
    const id = await made(cast.eve.account, cast.carol, cast.bob.account)
    const ids = ({ body }: { body: { accounts: { id: string }[] } }) => body.accounts.map((each) => each.id)
    const [owner, eve, member] = [cast.alice, cast.eve, cast.bob].map(({ account }) => account.id)
    expect(ids(await alice.get(`${PATH}/${id}`))).toEqual([owner, eve, cast.carol.id, member])
    const open = await web.get(`${PATH}/${id}`)
    expect(ids(open)).toEqual([owner, eve, member])
    expect(open.body.collection).toMatchObject({ id, item_count: 2 })
    expect(outcome(await web.get(`${PATH}/987654321`))).toEqual(NOT_FOUND)
    const writer = web.as(await make.token({ user: cast.bob.user, scopes: 'write' }))
    expect((await writer.get(`${PATH}/${id}`)).status).toBe(403)
  })

  it('hides whom the viewer blocks and who is suspended, and all from whom its owner blocks', async () => {
    const id = await made(cast.eve.account, cast.bob.account)
    await make.block({ account: cast.bob.account, target: cast.eve.account })
    expect((await bob.get(`${PATH}/${id}`)).body.collection.item_count).toBe(1)
    await ctx.db('accounts').where({ id: cast.eve.account.id }).update({ suspended_at: new Date() })
    expect((await web.get(`${PATH}/${id}`)).body.accounts).toHaveLength(2)
    const mallory = web.as(await make.token({ user: cast.mallory.user, scopes: 'read' }))
    expect(outcome(await mallory.get(`${PATH}/${id}`))).toEqual(FORBIDDEN)
    await ctx.db('accounts').where({ id: cast.alice.account.id }).update({ suspended_at: new Date() })
    expect(outcome(await web.get(`${PATH}/${id}`))).toEqual(NOT_FOUND)
  })
})

describe('GET /api/v1/accounts/:id/collections and in_collections', () => {
  it('list what its owner wants to be found, newest first, page by page', async () => {
    const path = `/api/v1/accounts/${cast.alice.account.id}/collections`
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) ids.unshift((await create({ name })).body.collection.id)
    await create({ name: 'Hidden', discoverable: false })
    const listed = (answer: { body: { collections: { id: string }[] } }) =>
      answer.body.collections.map((each) => each.id)
    expect(listed(await web.get(path))).toEqual(ids)
    expect(listed(await alice.get(path))).toHaveLength(4)
    const page = await web.get(`${path}?limit=2&offset=0`)
    expect(listed(page)).toEqual(ids.slice(0, 2))
    expect(page.headers.get('link')).toContain('limit=2&offset=2>; rel="next"')
    const second = await web.get(`${path}?limit=2&offset=2`)
    expect(listed(second)).toEqual(ids.slice(2))
    expect(second.headers.get('link')).toBe(`<https://social.test${path}?limit=2&offset=0>; rel="prev"`)
    const mallory = web.as(await make.token({ user: cast.mallory.user, scopes: 'read' }))
    expect((await mallory.get(path)).body).toEqual({ collections: [] })
    const old = await web.get(path.replace('/v1/', '/v1_alpha/'))
    expect([listed(old), old.headers.get('deprecation')]).toEqual([ids, '@1781049600'])
  })

  it('tell a user, and nobody else, which they are in', async () => {
    const id = await made(cast.bob.account)
    const path = `/api/v1/accounts/${cast.bob.account.id}/in_collections`
    const { body } = await bob.get(path)
    expect(body.collections.map((each: { id: string }) => each.id)).toEqual([id])
    expect(outcome(await alice.get(path))).toEqual(FORBIDDEN)
    expect((await web.get(path)).status).toBe(422)
  })

  it('take as many statements for one as for ten, with one account or many in each', async () => {
    const path = `/api/v1/accounts/${cast.alice.account.id}/collections`
    const count = async () => (await countStatements(() => bob.get(path))).count
    await made(cast.bob.account)
    await count()
    const few = await count()
    const many = await Promise.all(Array.from({ length: 10 }, () => make.account({ discoverable: true })))
    for (let n = 0; n < 8; n++) await made(...many)
    // A cache that ran out in between may have cost the first one more.
    expect(await count()).toBeLessThanOrEqual(few)
  })
})

describe('PUT and DELETE /api/v1/collections/:id', () => {
  it('change what is given, tell the members of a new name, and other servers of anything', async () => {
    const id = await made(cast.bob.account)
    await make.follow({ account: cast.dan, target: cast.alice.account })
    await drainQueues(ctx)
    for (const change of [{ name: 'Twitchers' }, { discoverable: false }])
      expect((await alice.put(`${PATH}/${id}`, { json: change })).body.collection).toMatchObject(change)
    expect(
      (await alice.patch(`${PATH}/${id}`, { json: { tag_name: 'owls' } })).body.collection,
    ).toMatchObject({
      ...BIRDS,
      name: 'Twitchers',
      discoverable: false,
      tag: { name: 'owls' },
    })
    const updates = (await sentActivities(ctx)).filter(({ activity }) => activity.type === 'Update')
    expect(updates).toHaveLength(3)
    expect(updates[2]?.activity.object).toMatchObject({ name: 'Twitchers', topic: { name: '#owls' } })
    await drainQueues(ctx)
    const types = (await bob.get('/api/v1/notifications')).body.map((each: { type: string }) => each.type)
    expect(types).toEqual(['collection_update', 'added_to_collection'])
    expect((await alice.put(`${PATH}/${id}`, { json: { name: '' } })).status).toBe(422)
  })

  it('SEC-PRIV-13 are for the owner alone', async () => {
    const id = await made(cast.bob.account)
    const [item] = (await alice.get(`${PATH}/${id}`)).body.collection.items
    const json = { name: 'Mine', account_id: cast.eve.account.id }
    expect(outcome(await bob.put(`${PATH}/${id}`, { json }))).toEqual(FORBIDDEN)
    expect(outcome(await bob.delete(`${PATH}/${id}`))).toEqual(FORBIDDEN)
    expect(outcome(await bob.post(`${PATH}/${id}/items`, { json }))).toEqual(FORBIDDEN)
    expect(outcome(await bob.delete(`${PATH}/${id}/items/${item.id}`))).toEqual(FORBIDDEN)
    expect(outcome(await alice.post(`${PATH}/${id}/items/${item.id}/revoke`))).toEqual(FORBIDDEN)
    expect((await alice.get(`${PATH}/${id}`)).body.collection).toMatchObject({
      name: 'Birders',
      item_count: 1,
    })
  })

  it('delete with an empty body, and take it off other servers', async () => {
    const id = await made(cast.bob.account)
    await make.follow({ account: cast.dan, target: cast.alice.account })
    const answer = await alice.delete(`${PATH}/${id}`)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(outcome(await alice.delete(`${PATH}/${id}`))).toEqual(NOT_FOUND)
    const [remove] = (await sentActivities(ctx)).filter(({ activity }) => activity.type === 'Remove')
    expect(remove?.activity.object).toMatch(new RegExp(`/collections/${id}$`))
  })
})

describe('/api/v1/collections/:id/items', () => {
  it('adds one account, once', async () => {
    const id = await made()
    const add = (account_id?: string) => alice.post(`${PATH}/${id}/items`, { json: { account_id } })
    const { status, body } = await add(cast.bob.account.id)
    expect([status, body]).toEqual([
      200,
      {
        collection_item: {
          id: expect.any(String),
          state: 'accepted',
          created_at: expect.any(String),
          account_id: cast.bob.account.id,
        },
      },
    ])
    const taken = { error: 'Validation failed: Account has already been taken' }
    expect(outcome(await add(cast.bob.account.id))).toEqual([422, taken])
    expect(outcome(await add(' '))).toEqual([422, { error: '`account_id` parameter is missing' }])
    expect(outcome(await add('987654321'))).toEqual(NOT_FOUND)
    expect(outcome(await add(cast.mallory.account.id))).toEqual(FORBIDDEN)
    const many = await Promise.all(Array.from({ length: 25 }, () => make.account({ discoverable: true })))
    const answers = await Promise.all(many.map((account) => add(account.id)))
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(1)
  })

  it('removes one, and the featured account takes itself out for good', async () => {
    const id = await made(cast.bob.account, cast.eve.account)
    await make.follow({ account: cast.dan, target: cast.alice.account })
    const [first, second] = (await alice.get(`${PATH}/${id}`)).body.collection.items
    const revoked = await bob.post(`${PATH}/${id}/items/${first.id}/revoke`)
    expect([revoked.status, revoked.text]).toEqual([200, ''])
    const removed = await alice.delete(`${PATH}/${id}/items/${second.id}`)
    expect([removed.status, removed.text]).toEqual([200, ''])
    expect((await alice.get(`${PATH}/${id}`)).body.collection).toMatchObject({ item_count: 0, items: [] })
    const again = await alice.post(`${PATH}/${id}/items`, { json: { account_id: cast.bob.account.id } })
    expect(again.status).toBe(422)
    const other = await made(cast.eve.account)
    expect(outcome(await alice.delete(`${PATH}/${other}/items/${first.id}`))).toEqual(NOT_FOUND)
    const gone = (await sentActivities(ctx)).filter(({ activity }) => activity.type === 'Remove')
    expect(gone.map(({ activity }) => String(activity.object).split('/').at(-1))).toEqual([
      first.id,
      second.id,
    ])
  })

  it('a block takes each out of the other’s collections', async () => {
    const id = await made(cast.bob.account, cast.eve.account)
    await bob.post(`/api/v1/accounts/${cast.alice.account.id}/block`)
    expect((await alice.get(`${PATH}/${id}`)).body.collection.items).toMatchObject([
      { account_id: cast.eve.account.id },
    ])
  })
})
