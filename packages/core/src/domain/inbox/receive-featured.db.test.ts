import type { AccountRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor, reply, silence } from '../../../testing/remote.ts'
import { listFeaturedTags } from '../accounts/index.ts'
import { fetchFeatured } from '../statuses/index.ts'

const world = useFederation(['one', 'evil'])
const AS = 'https://www.w3.org/ns/activitystreams'

let carol: RemoteActor
let mallory: RemoteActor
beforeEach(() => {
  const url = (path: string) => world.host('one').url(path)
  carol = world.host('one').actor('carol', {
    featured: url('/users/carol/featured'),
    featuredTags: url('/users/carol/tags'),
  })
  mallory = world.host('evil').actor('mallory', { featured: world.host('evil').url('/featured') })
})

const featuredOf = (actor: RemoteActor) => String(actor.document.featured)
/** As Mastodon sends it: without id and audience. */
const send = (type: 'Add' | 'Remove', actor: RemoteActor, object: unknown, target = featuredOf(actor)) =>
  deliver(world.ctx, actor, { '@context': AS, type, actor: actor.uri, object, target })
const pins = async (account: AccountRow) =>
  (
    await world.ctx
      .db('status_pins as pin')
      .join('statuses as s', 's.id', 'pin.status_id')
      .where('pin.account_id', account.id)
      .orderBy('pin.id', 'desc')
      .select('s.uri')
  ).map((row) => row.uri)
const tags = async (account: AccountRow) =>
  (await listFeaturedTags(world.ctx, account)).map((tag) => tag.shown_name)
const hashtag = (name: string) => ({ type: 'Hashtag', name: `#${name}`, href: 'https://one.example/tags/x' })
const serve = (path: string, items: unknown[], more: Record<string, unknown> = {}) =>
  world.host('one').serve(path, {
    '@context': AS,
    id: world.host('one').url(path),
    type: 'OrderedCollection',
    orderedItems: items,
    ...more,
  })

describe('Add and Remove', () => {
  it('pin a status of the actor, known or not, and take it off', async () => {
    const account = await world.met(carol)
    const note = world.host('one').note(carol)
    await send('Add', carol, note.id)
    await send('Add', carol, note.id)
    expect(await pins(account)).toEqual([note.id])
    await send('Remove', carol, note.id)
    expect(await pins(account)).toEqual([])
  })

  it('feature a hashtag and take it off, ten at most', async () => {
    const account = await world.met(carol)
    await send('Add', carol, hashtag('Birds'))
    await send('Add', carol, hashtag('no name'))
    expect(await tags(account)).toEqual(['Birds'])
    await send('Remove', carol, hashtag('birds'))
    expect(await tags(account)).toEqual([])
    for (let n = 0; n < 12; n++) await send('Add', carol, hashtag(`tag${n}x`))
    expect(await tags(account)).toHaveLength(10)
  })

  it('SEC-ORG-23 show nothing of somebody else’s, and nothing on anybody else’s profile', async () => {
    const account = await world.met(carol)
    const evil = await world.met(mallory)
    const [hers, theirs] = [world.host('one').note(carol), world.host('evil').note(mallory)]
    await send('Add', mallory, hers.id)
    await send('Add', mallory, theirs.id, featuredOf(carol))
    await send('Add', mallory, hashtag('spam'), featuredOf(carol))
    await send('Add', mallory, { ...hers, id: hers.id, attributedTo: mallory.uri })
    const spoof = world.host('evil').note(mallory, { attributedTo: carol.uri })
    await send('Add', mallory, spoof.id)
    const boost = activity(mallory, 'Announce', hers.id, { to: [`${AS}#Public`] })
    await deliver(world.ctx, mallory, boost)
    await send('Add', mallory, boost.id)
    expect([await pins(account), await pins(evil), await tags(account), await tags(evil)]).toEqual([
      [],
      [],
      [],
      [],
    ])
    await send('Add', carol, hers.id)
    await send('Remove', mallory, hers.id, featuredOf(carol))
    await send('Remove', mallory, hers.id)
    expect(await pins(account)).toEqual([hers.id])
  })
})

describe('what a profile features', () => {
  it('is read when an account is met: statuses whole or by address, hashtags from their own list', async () => {
    const [first, second] = [world.host('one').note(carol), world.host('one').note(carol)]
    serve('/users/carol/featured', [first, second.id, hashtag('elsewhere')])
    serve('/users/carol/tags', [], {
      type: 'Collection',
      orderedItems: undefined,
      items: [hashtag('Birds'), hashtag('owls')],
    })
    const account = await world.met(carol)
    expect(await pins(account)).toEqual([first.id, second.id])
    expect((await tags(account)).sort()).toEqual(['Birds', 'owls'])
  })

  it('is read of one met on the way once somebody here follows them', async () => {
    const eve = world.host('one').actor('eve', { featured: world.host('one').url('/users/eve/featured') })
    const pinned = world.host('one').note(eve)
    serve('/users/eve/featured', [pinned.id])
    await world.followed(carol)
    const named = world.host('one').note(carol, { tag: [{ type: 'Mention', href: eve.uri, name: '@eve' }] })
    await deliver(world.ctx, carol, activity(carol, 'Create', named))
    const met = (await world.accountOf(eve)) as AccountRow
    expect(await pins(met)).toEqual([])
    const request = await world.make.followRequest({ account: world.alice.account, target: met })
    const follow = {
      type: 'Follow',
      id: request.uri,
      actor: world.uriOf(world.alice.account),
      object: eve.uri,
    }
    await deliver(world.ctx, eve, activity(eve, 'Accept', follow))
    expect(await pins(met)).toEqual([pinned.id])
  })

  it('follows its list: what is there no more is taken off', async () => {
    const [first, second] = [world.host('one').note(carol), world.host('one').note(carol)]
    serve('/users/carol/featured', [first.id])
    const account = await world.met(carol)
    serve('/users/carol/featured', [], {
      first: { type: 'OrderedCollectionPage', orderedItems: [second, hashtag('Owls')] },
    })
    await fetchFeatured(world.ctx, { accountId: account.id, tagsUrl: null })
    expect([await pins(account), await tags(account)]).toEqual([[second.id], ['Owls']])
  })

  it('SEC-ORG-23 shows none whose author is somebody else, wherever it lies', async () => {
    const theirs = world.host('evil').note(mallory)
    const eve = world.host('one').actor('eve')
    const ours = await world.make.status({ account: world.alice.account })
    const claimed = { ...world.host('one').note(eve), attributedTo: carol.uri }
    serve('/users/carol/featured', [theirs, theirs.id, claimed, world.noteUri(ours, world.alice.account)])
    const account = await world.met(carol)
    expect(await pins(account)).toEqual([])
  })

  it('stays as it is while its server does not answer, and when the list lies elsewhere', async () => {
    const note = world.host('one').note(carol)
    serve('/users/carol/featured', [note.id])
    const account = await world.met(carol)
    world.host('one').serve('/users/carol/featured', reply({ status: 500 }))
    const reading = fetchFeatured(world.ctx, { accountId: account.id, tagsUrl: null })
    await expect(reading).rejects.toThrow('Remote data could not be fetched')
    await world.ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ featured_collection_url: world.host('evil').url('/featured') })
    world.host('evil').serve('/featured', silence())
    await fetchFeatured(world.ctx, { accountId: account.id, tagsUrl: world.host('evil').url('/tags') })
    expect(await pins(account)).toEqual([note.id])
    expect(world.host('evil').requests).toEqual([])
  })

  it('SEC-DOS-10 costs few requests, however much it lists', async () => {
    const host = world.host('one')
    // Each shows a status that names others, answers another and is by one who shows such a status.
    const actors = Array.from({ length: 60 }, (_, n) =>
      host.actor(`user${n}`, {
        featured: host.url(`/featured/${n}`),
        featuredCollections: host.url(`/lists/${n}`),
      }),
    )
    const noteOf = (author: RemoteActor, n: number) =>
      host.note(author, {
        tag: actors.slice(n, n + 3).map((each) => ({ type: 'Mention', href: each.uri })),
        inReplyTo: `${actors[(n + 1) % actors.length]?.uri}/statuses/1`,
      })
    for (const [n, actor] of actors.entries()) {
      host.note(actor, { id: `${actor.uri}/statuses/1`, inReplyTo: noteOf(actor, n).id })
      serve(`/featured/${n}`, [`${actor.uri}/statuses/1`])
    }
    serve(
      '/users/carol/featured',
      actors.map((_, n) => noteOf(carol, n)),
    )
    await deliver(world.ctx, carol, activity(carol, 'View', world.uriOf(world.alice.account)))
    const account = (await world.accountOf(carol)) as AccountRow
    const asked = (pattern: RegExp) => host.requests.filter(({ path }) => pattern.test(path)).length
    expect(asked(/^\/users\/carol\/featured$/)).toBe(1)
    expect(asked(/^\/(featured|lists)\//)).toBe(0)
    expect(asked(/\/statuses\//)).toBeLessThanOrEqual(150)
    expect(host.requests.length).toBeLessThanOrEqual(1000)
    expect((await pins(account)).length).toBeGreaterThan(0)
    expect((await pins(account)).length).toBeLessThanOrEqual(20)
  })
})
