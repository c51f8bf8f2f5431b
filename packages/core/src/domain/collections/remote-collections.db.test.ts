import type { CollectionItemRow, CollectionRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { place, serveCollection } from '../../../testing/featured-collections.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, gone, type RemoteActor } from '../../../testing/remote.ts'
import { renderCollectionWithAccounts } from '../../entities/index.ts'
import { fetchCollections, resolveCollection } from './index.ts'

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
const idOf = async (actor: RemoteActor) => String((await world.accountOf(actor))?.id)

const collectionOf = (owner: RemoteActor, entries: readonly object[], more: Record<string, unknown> = {}) =>
  serveCollection(world, owner, entries, more)
function authorization(host: string, path: string, interactingObject: string, interactionTarget: string) {
  const id = world.host(host).url(path)
  world.host(host).serve(path, {
    '@context': AS,
    id,
    type: 'FeatureAuthorization',
    interactingObject,
    interactionTarget,
  })
  return id
}
const add = (actor: RemoteActor, object: unknown, target: string) =>
  deliver(world.ctx, actor, { '@context': AS, type: 'Add', actor: actor.uri, object, target })
const remove = (actor: RemoteActor, object: unknown, target: string) =>
  deliver(world.ctx, actor, { '@context': AS, type: 'Remove', actor: actor.uri, object, target })
const listOf = (owner: RemoteActor) => String(owner.document.featuredCollections)

describe('a collection of a remote account', () => {
  it('shows those whose own servers say that they agree, in its order, and what it says cleaned', async () => {
    await world.met(carol)
    const uri = `${carol.uri}/collections/1`
    const approval = authorization('two', '/stamps/1', uri, dan.uri)
    await add(carol, collectionOf(carol, [place(carol, dan.uri, approval)]), listOf(carol))
    const [stored] = await collections()
    const shown = await renderCollectionWithAccounts(world.ctx, null, String(stored?.id))
    expect(shown.collection).toMatchObject({
      uri,
      url: null,
      name: 'Birders',
      description: '<p>Leute</p>',
      language: 'de',
      local: false,
      item_count: 1,
      created_at: '2026-01-02T03:04:05.000Z',
      tag: { name: 'birds' },
    })
    expect(shown.accounts.map((account) => account.id)).toEqual([await idOf(carol), await idOf(dan)])
  })

  it('SEC-ORG-09 shows nobody by an authorization of another house, for another collection or of another account', async () => {
    await world.met(carol)
    const uri = `${carol.uri}/collections/1`
    const eve = world.host('two').actor('eve')
    const forged = [
      authorization('one', '/stamps/own', uri, dan.uri),
      authorization('evil', '/stamps/evil', uri, dan.uri),
      authorization('two', '/stamps/other', `${carol.uri}/collections/2`, dan.uri),
      authorization('two', '/stamps/eve', uri, eve.uri),
      world.host('two').url('/stamps/none'),
      null,
    ]
    world.host('two').serve('/stamps/note', {
      '@context': AS,
      id: world.host('two').url('/stamps/note'),
      type: 'Note',
      interactingObject: uri,
      interactionTarget: dan.uri,
    })
    forged.push(world.host('two').url('/stamps/note'))
    const places = forged.map((approval, index) => place(carol, dan.uri, approval, String(index)))
    await add(carol, collectionOf(carol, places), listOf(carol))
    const [stored] = await collections()
    expect(await shownIn(String(stored?.id))).toEqual([])
    expect((await items()).filter((item) => item.state === 1 || item.account_id !== null)).toEqual([])
    expect(await world.accountOf(dan)).toBeUndefined()
  })

  it('SEC-ORG-09 does not show one of ours who never agreed', async () => {
    await world.met(carol)
    const ours = `${world.ctx.config.baseUrl}/ap/users/${world.alice.account.id}/feature_authorizations/1`
    const forged = authorization('one', '/stamps/a', `${carol.uri}/collections/1`, aliceUri())
    for (const [index, approval] of [ours, forged, null].entries())
      await add(
        carol,
        collectionOf(carol, [place(carol, aliceUri(), approval, String(index))]),
        listOf(carol),
      )
    const [stored] = await collections()
    expect(await shownIn(String(stored?.id))).toEqual([])
  })

  it('SEC-ORG-20 SEC-ORG-06 is of its own house and its owner’s, or has no effect', async () => {
    await world.met(carol)
    const mallory = world.host('evil').actor('mallory', { featuredCollections: world.host('evil').url('/c') })
    await world.met(mallory)
    const put = (object: Record<string, unknown>) => add(mallory, object, listOf(mallory))
    await put({ ...collectionOf(mallory, []), attributedTo: aliceUri() })
    await put({ ...collectionOf(mallory, []), attributedTo: carol.uri })
    await put({ ...collectionOf(carol, []), attributedTo: mallory.uri })
    await put({ ...collectionOf(mallory, []), id: `${world.ctx.config.baseUrl}/collections/1` })
    await add(mallory, collectionOf(mallory, []), listOf(carol))
    const update = activity(mallory, 'Update', { ...collectionOf(mallory, []), attributedTo: aliceUri() })
    await deliver(world.ctx, mallory, update)
    expect(await collections()).toEqual([])
    await add(carol, collectionOf(carol, []), listOf(carol))
    await deliver(
      world.ctx,
      mallory,
      activity(mallory, 'Update', { ...collectionOf(carol, [], { name: 'Taken' }) }),
    )
    await remove(mallory, `${carol.uri}/collections/1`, listOf(carol))
    await remove(mallory, `${carol.uri}/collections/1`, listOf(mallory))
    expect(await collections()).toMatchObject([{ name: 'Birders', account_id: await idOf(carol) }])
  })

  it('is updated, its items come and go, and it goes', async () => {
    await world.met(carol)
    const uri = `${carol.uri}/collections/1`
    const first = place(carol, dan.uri, authorization('two', '/stamps/1', uri, dan.uri))
    const eve = world.host('two').actor('eve')
    const second = place(carol, eve.uri, authorization('two', '/stamps/2', uri, eve.uri), '2')
    await add(carol, collectionOf(carol, [first]), listOf(carol))
    const id = String((await collections())[0]?.id)
    await add(carol, second, uri)
    expect(await shownIn(id)).toEqual([await idOf(dan), await idOf(eve)])
    await remove(carol, first.id, uri)
    expect(await shownIn(id)).toEqual([await idOf(eve)])
    await deliver(world.ctx, carol, activity(carol, 'Update', collectionOf(carol, [first], { name: 'Owls' })))
    expect(await collections()).toMatchObject([{ id, name: 'Owls' }])
    expect(await shownIn(id)).toEqual([await idOf(dan)])
    await remove(carol, uri, listOf(carol))
    expect(await collections()).toEqual([])
  })

  it('loses an account that takes its consent back at its own server', async () => {
    await world.met(carol)
    await world.met(dan)
    const uri = `${carol.uri}/collections/1`
    const approval = authorization('two', '/stamps/1', uri, dan.uri)
    await add(carol, collectionOf(carol, [place(carol, dan.uri, approval)]), listOf(carol))
    const id = String((await collections())[0]?.id)
    const stamp = {
      id: approval,
      type: 'FeatureAuthorization',
      interactingObject: uri,
      interactionTarget: dan.uri,
    }
    await deliver(world.ctx, carol, activity(carol, 'Delete', stamp))
    expect(await shownIn(id)).toHaveLength(1)
    await deliver(world.ctx, dan, activity(dan, 'Delete', stamp, { to: [PUBLIC] }))
    expect(await shownIn(id)).toEqual([])
  })

  it('goes with its owner, and its places with those who are in it, when they delete themselves', async () => {
    await world.met(carol)
    await world.met(dan)
    const uri = `${carol.uri}/collections/1`
    const approval = authorization('two', '/stamps/1', uri, dan.uri)
    await add(carol, collectionOf(carol, [place(carol, dan.uri, approval)]), listOf(carol))
    const id = String((await collections())[0]?.id)
    expect(await shownIn(id)).toHaveLength(1)
    await deliver(world.ctx, dan, activity(dan, 'Delete', dan.uri))
    expect([await shownIn(id), await items()]).toEqual([[], []])
    await deliver(world.ctx, carol, activity(carol, 'Delete', carol.uri))
    expect(await collections()).toEqual([])
  })

  it('names items by their addresses alone, and only those of its own house', async () => {
    await world.met(carol)
    const uri = `${carol.uri}/collections/1`
    const item = place(carol, dan.uri, authorization('two', '/stamps/1', uri, dan.uri))
    world.host('one').serve(new URL(item.id).pathname, { '@context': AS, ...item })
    const foreign = { ...place(carol, dan.uri, null), id: world.host('two').url('/item') }
    await add(carol, collectionOf(carol, [foreign]), listOf(carol))
    expect(await items()).toEqual([])
    const bare = { ...collectionOf(carol, []), orderedItems: [item.id, foreign.id] }
    await add(carol, bare, listOf(carol))
    expect(await shownIn(String((await collections())[0]?.id))).toEqual([await idOf(dan)])
  })

  it('is read from the list of its owner’s profile, and goes when that lists it no more', async () => {
    const list = { id: listOf(carol), type: 'Collection', totalItems: 2, first: `${listOf(carol)}?page=1` }
    const one = collectionOf(carol, [])
    const two = collectionOf(carol, [], { id: `${carol.uri}/collections/2`, name: 'Second' })
    const path = '/users/carol/collections'
    const one_ = world.host('one')
    one_.serve(path, { '@context': AS, ...list })
    one_.serve(`${path}?page=1`, {
      '@context': AS,
      type: 'CollectionPage',
      items: [one],
      next: `${listOf(carol)}?page=2`,
    })
    one_.serve(`${path}?page=2`, { '@context': AS, type: 'CollectionPage', items: [two.id] })
    const account = await world.met(carol)
    expect((await collections().orderBy('id')).map((row) => row.name)).toEqual(['Birders', 'Second'])
    one_.serve(`${path}?page=1`, { '@context': AS, type: 'CollectionPage', items: [two] })
    await fetchCollections(world.ctx, { accountId: account.id })
    expect(await collections()).toMatchObject([{ name: 'Second' }])
  })

  it('SEC-DOS-11 pages that lead to themselves, in circles or on for ever end', async () => {
    const account = await world.met(carol)
    const host = world.host('one')
    const path = '/users/carol/collections'
    let pages = 0
    host.serve(path, { '@context': AS, type: 'Collection', first: `${listOf(carol)}?page=0` })
    for (const next of ['?page=0', '', '?page=1'])
      for (let n = 0; n < 3; n++)
        host.serve(`${path}?page=${n}`, {
          '@context': AS,
          type: 'CollectionPage',
          items: [],
          next: listOf(carol) + next,
        })
    await fetchCollections(world.ctx, { accountId: account.id })
    expect(host.requests.filter((request) => request.path.startsWith(path)).length).toBeLessThan(8)
    host.requests.length = 0
    host.serve(path, () => ({
      '@context': AS,
      type: 'Collection',
      items: [],
      first: `${listOf(carol)}?page=${pages++}`,
      next: `${listOf(carol)}?x=${pages}`,
    }))
    await fetchCollections(world.ctx, { accountId: account.id })
    expect(host.requests.filter((request) => request.path.startsWith(path)).length).toBeLessThanOrEqual(12)
  })

  it('is found by its address, and never by what another house serves for it', async () => {
    const uri = collectionOf(carol, []).id
    expect((await resolveCollection(world.ctx, uri))?.name).toBe('Birders')
    world.host('evil').serve('/c', { ...collectionOf(dan, [], { id: `${dan.uri}/c` }) })
    world.host('two').serve(new URL(`${dan.uri}/c`).pathname, gone())
    expect(await resolveCollection(world.ctx, world.host('evil').url('/c'))).toBeNull()
  })
})
