import type { CollectionRow, StatusRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { noteJson } from '../../activitypub/render/index.ts'
import { renderStatus } from '../../entities/index.ts'
import { collectionUri, collectionUrl } from '../../kernel/uris.ts'
import { createCollection, deleteCollection } from '../collections/index.ts'
import { loadNotes } from '../federation/index.ts'
import { editStatus, publishStatus } from './index.ts'

const world = useFederation(['one'])

let collection: CollectionRow
beforeEach(async () => {
  const change = { name: 'Birders', sensitive: false, discoverable: false }
  collection = await createCollection(world.ctx, world.alice, change, [])
})

const publish = (text: string) => publishStatus(world.ctx, world.alice.account, { status: text })
const shownIn = async (status: Pick<StatusRow, 'id'>) =>
  (await renderStatus(world.ctx, null, status.id)).tagged_collections.map((each) => each.id)

describe('a local status', () => {
  it('shows the collections its text links to, and tells them to other servers', async () => {
    const status = await publish(`Read them: ${collectionUrl(world.ctx.config, collection)} and others`)
    expect(await shownIn(status)).toEqual([collection.id])
    const note = noteJson(await loadNotes(world.ctx, [status.id]), world.ctx.config, status.id)
    const uri = collectionUri(world.ctx.config, collection)
    expect(note.tag).toEqual([{ type: 'FeaturedCollection', id: uri, name: 'Birders' }])
    expect(await shownIn(await publish('Read https://elsewhere.example/collections/1'))).toEqual([])
  })

  it('forgets a link that an edit takes out, and a collection that is gone', async () => {
    const uri = collectionUri(world.ctx.config, collection)
    const [edited, kept] = [await publish(`One ${uri}`), await publish(`Two ${uri}`)]
    await editStatus(world.ctx, world.alice.account, edited, { status: 'No link' })
    expect(await shownIn(edited)).toEqual([])
    expect(await shownIn(kept)).toEqual([collection.id])
    await deleteCollection(world.ctx, world.alice, collection.id)
    expect(await shownIn(kept)).toEqual([])
    expect(await world.count('tagged_objects')).toBe(0)
  })
})

describe('a remote status', () => {
  let carol: RemoteActor
  beforeEach(async () => {
    carol = world.host('one').actor('carol')
    await world.followed(carol)
  })
  const tagged = (...ids: string[]) => ids.map((id) => ({ type: 'FeaturedCollection', id }))
  const statusWith = async (tag: object[]) => {
    const note = world.host('one').note(carol, { tag })
    await deliver(world.ctx, carol, activity(carol, 'Create', note))
    await drainQueues(world.ctx)
    return (await world.statusAt(note.id)) as StatusRow
  }

  it('shows ours, and theirs once it is fetched from its own house', async () => {
    const uri = `${carol.uri}/collections/1`
    const document = {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: uri,
      type: 'FeaturedCollection',
      name: 'Owls',
    }
    world.host('one').serve(new URL(uri).pathname, { ...document, attributedTo: carol.uri, orderedItems: [] })
    const ours = collectionUri(world.ctx.config, collection)
    const status = await statusWith(tagged(ours, uri, `${carol.uri}/collections/none`))
    const theirs = await world.ctx.db('collections').where({ uri }).first()
    expect(await shownIn(status)).toEqual([collection.id, theirs.id])
  })

  it('shows none whose owner is suspended', async () => {
    const status = await statusWith(tagged(collectionUri(world.ctx.config, collection)))
    expect(await shownIn(status)).toEqual([collection.id])
    await world.ctx.db('accounts').where({ id: world.alice.account.id }).update({ suspended_at: new Date() })
    expect(await shownIn(status)).toEqual([])
  })
})
