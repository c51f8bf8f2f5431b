import type { AccountRow, CollectionItemRow, CollectionRow } from '@anancus/db'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { place, serveCollection } from '../../../testing/featured-collections.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import { renderCollectionWithAccounts } from '../../entities/index.ts'
import { processActivity } from '../inbox/index.ts'
import { addCollectionItem, cleanUpCollections, createCollection, revokeCollectionItem } from './index.ts'

const world = useFederation(['one', 'two', 'evil'])
const AS = 'https://www.w3.org/ns/activitystreams'

let carol: RemoteActor
let dan: RemoteActor
beforeEach(async () => {
  carol = world.host('one').actor('carol', {
    featuredCollections: world.host('one').url('/users/carol/collections'),
    featured: world.host('one').url('/users/carol/featured'),
  })
  dan = world.host('two').actor('dan')
  await world.ctx.db('accounts').where({ id: world.alice.account.id }).update({ discoverable: true })
})

const collections = () => world.ctx.db<CollectionRow>('collections')
const items = () => world.ctx.db<CollectionItemRow>('collection_items').orderBy('id')
const aliceUri = () => world.uriOf(world.alice.account)
/** Ids of the accounts that everybody sees in a collection, without its owner. */
const shownIn = async (id: string) =>
  (await renderCollectionWithAccounts(world.ctx, null, id)).accounts.slice(1).map((account) => account.id)

const collectionOf = (owner: RemoteActor, entries: readonly object[], more: Record<string, unknown> = {}) =>
  serveCollection(world, owner, entries, more)

describe('one of ours in a remote collection', () => {
  const request = (instrument: string, object = aliceUri()) => ({
    '@context': AS,
    id: `${carol.uri}/feature_requests/1`,
    type: 'FeatureRequest',
    object,
    instrument,
  })
  const answers = async () =>
    (await sentActivities(world.ctx)).filter(({ activity: each }) => /Accept|Reject/.test(each.type))
  /** Delivers without letting the answer go out. */
  async function ask(document: object) {
    await knock(world.ctx, carol, document)
    const job = (await peekQueues(world.ctx)).find(({ name }) => name === 'activitypub.process')
    await processActivity(world.ctx, job?.payload as Parameters<typeof processActivity>[1])
  }

  it('is there once it was asked: the request names no actor, the answer a document of ours', async () => {
    const owner = await world.met(carol)
    const { id: uri } = collectionOf(carol, [])
    await ask(request(uri))
    const [item] = await items()
    expect(item).toMatchObject({ account_id: world.alice.account.id, state: 1 })
    const stamp = `${world.ctx.config.baseUrl}/ap/users/${world.alice.account.id}/feature_authorizations/${item?.id}`
    expect(await answers()).toMatchObject([
      {
        inboxUrl: carol.inbox,
        activity: {
          type: 'Accept',
          actor: aliceUri(),
          to: carol.uri,
          object: `${carol.uri}/feature_requests/1`,
          result: stamp,
        },
      },
    ])
    await drainQueues(world.ctx)
    const [told] = await world.ctx.db('notifications')
    expect(told).toMatchObject({
      type: 'added_to_collection',
      from_account_id: owner.id,
      activity_id: item?.id,
    })
    const listed = place(carol, aliceUri(), stamp)
    await deliver(world.ctx, carol, activity(carol, 'Update', collectionOf(carol, [listed])))
    expect(await items()).toMatchObject([{ id: item?.id, uri: listed.id, state: 1 }])
    expect(await shownIn(String((await collections())[0]?.id))).toEqual([world.alice.account.id])
  })

  it('stays when word of the collection from before comes late, and goes when newer word leaves it out', async () => {
    await world.met(carol)
    const listOfCarol = String(carol.document.featuredCollections)
    const add = (object: object, target: string) =>
      deliver(world.ctx, carol, { '@context': AS, type: 'Add', actor: carol.uri, object, target })
    const empty = collectionOf(carol, [], { updated: '2026-01-02T03:04:05Z' })
    await ask(request(empty.id))
    const [item] = await items()
    const stamp = `${world.ctx.config.baseUrl}/ap/users/${world.alice.account.id}/feature_authorizations/${item?.id}`
    await add(place(carol, aliceUri(), stamp), empty.id)
    await add(empty, listOfCarol)
    expect(await items()).toMatchObject([{ id: item?.id, state: 1 }])
    await add({ ...empty, updated: '2026-01-02T03:04:06Z' }, listOfCarol)
    expect(await items()).toEqual([])
  })

  it('is refused when the profile is not to be found, or the two block each other', async () => {
    const owner = await world.met(carol)
    const { id: uri } = collectionOf(carol, [])
    await world.ctx.db('accounts').where({ id: world.alice.account.id }).update({ discoverable: false })
    await ask(request(uri))
    await world.ctx.db('accounts').where({ id: world.alice.account.id }).update({ discoverable: true })
    await world.make.block({ account: world.alice.account, target: owner })
    await drainQueues(world.ctx)
    world.host('one').received.length = 0
    await deliver(world.ctx, carol, { ...request(uri), id: `${carol.uri}/feature_requests/2` })
    expect(await items()).toEqual([])
    expect(world.host('one').received).toMatchObject([
      { type: 'Reject', actor: aliceUri(), object: `${carol.uri}/feature_requests/2` },
    ])
  })

  it('SEC-ORG-09 is not put into somebody else’s collection, nor by an id of another house', async () => {
    await world.met(carol)
    const mallory = world.host('evil').actor('mallory')
    await world.met(mallory)
    const { id: carols } = collectionOf(carol, [])
    await deliver(world.ctx, mallory, { ...request(carols), id: `${mallory.uri}/requests/1` })
    await deliver(world.ctx, mallory, request(`${mallory.uri}/collections/1`))
    const spoof = collectionOf(mallory, [], { attributedTo: carol.uri })
    await deliver(world.ctx, mallory, { ...request(spoof.id), id: `${mallory.uri}/requests/2` })
    expect(await items()).toEqual([])
  })

  it('takes the consent back by a Delete of it, and stays out', async () => {
    await world.met(carol)
    const { id: uri } = collectionOf(carol, [])
    await deliver(world.ctx, carol, request(uri))
    const [item] = await items()
    const [collection] = await collections()
    await revokeCollectionItem(world.ctx, world.alice, String(collection?.id), String(item?.id))
    const [sent] = await sentActivities(world.ctx)
    expect(sent).toMatchObject({
      inboxUrl: carol.inbox,
      signerId: world.alice.account.id,
      activity: {
        type: 'Delete',
        to: [PUBLIC],
        object: { type: 'FeatureAuthorization', interactingObject: uri, interactionTarget: aliceUri() },
      },
    })
    await drainQueues(world.ctx)
    world.host('one').received.length = 0
    await deliver(world.ctx, carol, { ...request(uri), id: `${carol.uri}/feature_requests/2` })
    expect(world.host('one').received).toMatchObject([{ type: 'Reject' }])
    expect(await shownIn(String(collection?.id))).toEqual([])
    await world.ctx.db('collection_items').update({ updated_at: new Date(Date.now() - 25 * 3_600_000) })
    await cleanUpCollections(world.ctx)
    expect(await items()).toEqual([])
  })
})

describe('a remote account in a collection of ours', () => {
  let collection: CollectionRow
  let friend: AccountRow
  let item: CollectionItemRow
  const change = { name: 'Birders', sensitive: false, discoverable: true }
  beforeEach(async () => {
    const interactionPolicy = { canFeature: { automaticApproval: [PUBLIC] } }
    dan = world.host('two').actor('dan', { interactionPolicy })
    friend = await world.met(dan)
    await world.make.follow({ account: await world.met(carol), target: world.alice.account })
    collection = await createCollection(world.ctx, world.alice, change, [])
    await drainQueues(world.ctx)
    for (const host of ['one', 'two']) world.host(host).received.length = 0
    item = await addCollectionItem(world.ctx, world.alice, collection.id, friend.id)
  })
  const stamp = () => world.host('two').url('/stamps/1')
  const answer = (type: string, more: Record<string, unknown> = {}, actor = dan) =>
    deliver(world.ctx, actor, activity(actor, type, item.activity_uri, more))
  const received = (host: string) =>
    world.host(host).received.map((each) => [each.type, (each.object as { id?: string })?.id ?? each.object])
  const itemUri = () =>
    `${world.ctx.config.baseUrl}/ap/users/${world.alice.account.id}/collection_items/${item.id}`

  it('is asked, and shown to others once it agreed, which they are then told', async () => {
    await drainQueues(world.ctx)
    expect(world.host('two').received).toMatchObject([
      { type: 'FeatureRequest', id: item.activity_uri, object: dan.uri },
    ])
    expect(await shownIn(collection.id)).toEqual([])
    await answer('Accept', { result: stamp() })
    expect(await shownIn(collection.id)).toEqual([friend.id])
    expect(received('one')).toEqual([['Add', itemUri()]])
    expect(world.host('one').received[0]?.object).toMatchObject({
      type: 'FeaturedItem',
      featuredObject: dan.uri,
      featureAuthorization: stamp(),
    })
  })

  it('SEC-ORG-09 does not agree by anybody else, or by a document of another house', async () => {
    await answer('Accept', { result: stamp() }, carol)
    await answer('Accept', { result: world.host('evil').url('/stamps/1') })
    await answer('Accept')
    await answer('Reject', {}, carol)
    expect(await items()).toMatchObject([{ state: 0, approval_uri: null }])
  })

  it.each(['Reject', 'Delete'] as const)('leaves by %s, and others are told', async (type) => {
    await answer('Accept', { result: stamp() })
    world.host('one').received.length = 0
    if (type === 'Reject') await answer('Reject')
    else await deliver(world.ctx, dan, activity(dan, 'Delete', stamp()))
    expect(await shownIn(collection.id)).toEqual([])
    expect(received('one')).toEqual([['Remove', itemUri()]])
  })

  it('is not asked when it does not let itself be featured', async () => {
    await world.ctx.db('accounts').where({ id: friend.id }).update({ feature_approval_policy: 0 })
    const adding = createCollection(world.ctx, world.alice, change, [friend.id])
    await expect(adding).rejects.toThrow('This action is not allowed')
  })
})
