import type {} from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, gone, type Remote, type RemoteActor, reply } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const world = useFederation(['e', 'v'])
const { noteUri, accountOf, statusAt } = world
const alicesUri = () => world.uriOf(world.alice.account)
const countOf = (table: string) => world.count(table)
let ctx: Ctx
let make: Factories
let alice: Viewer
let evil: Remote
let honest: Remote
let mallory: RemoteActor
let victim: RemoteActor

beforeEach(async () => {
  ;({ ctx, make, alice } = world)
  evil = world.host('e')
  honest = world.host('v')
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
  await world.followed(mallory)
  await world.followed(victim)
})

async function posted(overrides: Record<string, unknown> = {}) {
  const note = honest.note(victim, overrides)
  await deliver(ctx, victim, activity(victim, 'Create', note))
  return note
}

/** Everything a forger might change. */
async function everything() {
  return {
    statuses: await ctx
      .db('statuses')
      .orderBy('id')
      .select('uri', 'text', 'visibility', 'account_id', 'deleted_at', 'edited_at'),
    mentions: await countOf('mentions'),
    notifications: await countOf('notifications'),
    victim: await ctx
      .db('accounts')
      .where({ uri: victim.uri })
      .select('public_key', 'inbox_url', 'display_name', 'suspended_at'),
  }
}

describe('what one server says of another’s', () => {
  it('SEC-ORG-03 SEC-FED-08 a Create of a known note by somebody else changes nothing', async () => {
    const secret = await posted({ to: [victim.followers], cc: [] })
    const before = await everything()
    const forged = {
      ...secret,
      attributedTo: mallory.uri,
      to: [PUBLIC],
      cc: [alicesUri()],
      tag: [{ type: 'Mention', href: alicesUri() }],
    }
    await deliver(ctx, mallory, activity(mallory, 'Create', forged))
    await deliver(ctx, mallory, activity(mallory, 'Create', secret.id))
    await deliver(ctx, mallory, activity(mallory, 'Announce', forged, { to: [PUBLIC] }))
    const bob = honest.actor('bob')
    await deliver(ctx, bob, activity(bob, 'Create', { ...forged, attributedTo: bob.uri }))
    expect(await everything()).toEqual(before)
  })

  it('SEC-ORG-17 an Update of another server’s note neither changes nor creates it', async () => {
    const known = await posted()
    const before = await everything()
    for (const id of [known.id, honest.url('/unknown')]) {
      const forged = { ...known, id, content: '<p>Forged</p>', updated: new Date().toISOString() }
      await deliver(ctx, mallory, activity(mallory, 'Update', forged))
      await deliver(ctx, mallory, activity(mallory, 'Update', id))
    }
    const bob = honest.actor('bob')
    await deliver(
      ctx,
      bob,
      activity(bob, 'Update', { ...known, content: '<p>Forged</p>', updated: new Date().toISOString() }),
    )
    expect(await everything()).toEqual(before)
  })

  it('SEC-FED-01 a Delete by somebody else has no effect', async () => {
    const known = await posted()
    const mine = await make.status({ account: alice.account })
    const before = await everything()
    const bob = honest.actor('bob')
    for (const actor of [mallory, bob]) {
      await deliver(ctx, actor, activity(actor, 'Delete', known.id))
      await deliver(ctx, actor, activity(actor, 'Delete', { id: known.id, type: 'Tombstone' }))
      await deliver(ctx, actor, activity(actor, 'Delete', { ...known }))
      await deliver(ctx, actor, activity(actor, 'Delete', victim.uri))
      await deliver(ctx, actor, activity(actor, 'Delete', { ...victim.document }))
      await deliver(ctx, actor, activity(actor, 'Delete', noteUri(mine, alice.account)))
    }
    expect(await everything()).toEqual(before)
  })

  it('SEC-FED-01 a Delete by a neighbour does not keep the note from being edited or sent again', async () => {
    const bob = honest.actor('bob')
    const note = honest.note(victim)
    await deliver(ctx, bob, activity(bob, 'Delete', note.id))
    await deliver(ctx, victim, activity(victim, 'Create', note))
    expect(await statusAt(note.id)).toBeDefined()
  })

  it('SEC-ORG-21 a replayed Create of a deleted note leaves it deleted, also after the row is gone', async () => {
    const note = await posted()
    const create = activity(victim, 'Create', note)
    await deliver(ctx, victim, activity(victim, 'Delete', note.id))
    await ctx.db('statuses').where({ uri: note.id }).delete()
    await deliver(ctx, victim, create)
    await deliver(ctx, mallory, activity(mallory, 'Announce', note.id, { to: [PUBLIC] }))
    expect(await ctx.db('statuses').where({ uri: note.id, deleted_at: null }).select()).toEqual([])
  })

  it.each([
    ['404', () => reply({ status: 404, body: {} })],
    ['403', () => reply({ status: 403, body: {} })],
    ['410', () => gone()],
  ])(
    'SEC-ORG-18 an Announce with an embedded note is nothing when its server answers %s',
    async (_status, answer) => {
      const note = honest.note(victim)
      honest.serve(new URL(note.id).pathname, answer())
      const boost = activity(mallory, 'Announce', { ...note, content: '<p>Forged</p>' }, { to: [PUBLIC] })
      await deliver(ctx, mallory, boost).catch((error) => expect(error.name).toBe('RemoteServerError'))
      expect(await ctx.db('statuses').select()).toEqual([])
    },
  )

  it('SEC-ORG-18 an Announce with an embedded note shows what its own server serves', async () => {
    const note = honest.note(victim)
    await deliver(
      ctx,
      mallory,
      activity(mallory, 'Announce', { ...note, content: '<p>Forged</p>' }, { to: [PUBLIC] }),
    )
    expect(await statusAt(note.id)).toMatchObject({ text: note.content })
  })

  it('SEC-ORG-06 embedded objects of another house are dropped, whichever property holds them', async () => {
    const parent = honest.note(victim)
    const fake = { ...parent, content: '<p>Forged</p>' }
    const note = evil.note(mallory, {
      inReplyTo: fake,
      quote: fake,
      replies: { type: 'Collection', first: { type: 'CollectionPage', items: [fake] } },
      attributedTo: { ...mallory.document, id: mallory.uri, name: 'Forged' },
    })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await statusAt(parent.id)).toMatchObject({ text: parent.content })
    expect((await accountOf(mallory))?.display_name).toBe('mallory')
    const forged = { ...activity(mallory, 'Like', 'x'), actor: { ...victim.document, name: 'Forged' } }
    await expect(deliver(ctx, mallory, forged)).rejects.toMatchObject({ status: 401 })
    expect((await accountOf(victim))?.display_name).toBe('victim')
  })

  it('SEC-ORG-19 a pushed profile cannot change the key by itself', async () => {
    const before = await accountOf(victim)
    const forged = {
      ...victim.document,
      publicKey: {
        ...(victim.document.publicKey as object),
        publicKeyPem: (mallory.document.publicKey as { publicKeyPem: string }).publicKeyPem,
      },
    }
    await deliver(ctx, victim, activity(victim, 'Update', forged))
    expect((await accountOf(victim))?.public_key).toBe(before?.public_key)
    victim.document.publicKey = forged.publicKey
    await deliver(ctx, victim, activity(victim, 'Update', forged))
    expect((await accountOf(victim))?.public_key).toBe(forged.publicKey.publicKeyPem)
  })

  it('a pushed profile of somebody else is refused', async () => {
    const before = await everything()
    await deliver(ctx, mallory, activity(mallory, 'Update', { ...victim.document, name: 'Forged' }))
    const bob = honest.actor('bob')
    await deliver(ctx, bob, activity(bob, 'Update', { ...victim.document, name: 'Forged' }))
    expect(await everything()).toEqual(before)
  })

  it('SEC-ORG-20 a list that claims to be of ours has no effect', async () => {
    const list = {
      id: evil.url('/list'),
      type: 'OrderedCollection',
      attributedTo: alicesUri(),
      orderedItems: [],
    }
    await deliver(ctx, mallory, activity(mallory, 'Create', list))
    await deliver(ctx, mallory, activity(mallory, 'Add', list, { target: alicesUri() }))
    expect(await ctx.db('statuses').select()).toEqual([])
  })

  it('SEC-FED-07 counts of others are cut to sense, and ours are counted here', async () => {
    const count = (totalItems: unknown) => ({ type: 'Collection', totalItems })
    const note = await posted({ likes: count(1e15), shares: count('abc') })
    const status = await statusAt(note.id)
    expect(await ctx.db('status_stats').where({ status_id: status?.id }).first()).toMatchObject({
      favourites_count: '0',
      untrusted_favourites_count: '2147483647',
      untrusted_reblogs_count: null,
    })
  })

  it('SEC-FED-13 an emoji is stored under the server that sent it, and an older one changes nothing', async () => {
    const emoji = (updated: string, url: string) => ({
      id: honest.url('/emojis/1'),
      type: 'Emoji',
      name: ':cat:',
      updated,
      icon: { type: 'Image', url },
    })
    await posted({ tag: [emoji('2026-02-01T00:00:00Z', honest.url('/new.png'))] })
    await posted({ tag: [emoji('2026-01-01T00:00:00Z', honest.url('/old.png'))] })
    const note = evil.note(mallory, { tag: [emoji('2026-03-01T00:00:00Z', evil.url('/evil.png'))] })
    await deliver(ctx, mallory, activity(mallory, 'Create', note))
    expect(await ctx.db('custom_emojis').orderBy('domain').select('domain', 'image_remote_url')).toEqual([
      { domain: evil.host, image_remote_url: evil.url('/evil.png') },
      { domain: honest.host, image_remote_url: honest.url('/new.png') },
    ])
  })

  it('SEC-FED-15 a hundred edits tell nobody who was told already', async () => {
    const note = await posted({
      cc: [alicesUri()],
      tag: [{ type: 'Mention', href: alicesUri(), name: '@alice' }],
      published: '2026-01-01T00:00:00Z',
    })
    const before = await countOf('notifications')
    for (let n = 1; n <= 20; n++) {
      const updated = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
      await deliver(
        ctx,
        victim,
        activity(victim, 'Update', { ...note, content: `<p>Edit ${n}</p>`, updated }),
      )
    }
    expect(await countOf('notifications')).toBe(before)
  })
})
