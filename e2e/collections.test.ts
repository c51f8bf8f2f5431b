import type {
  Account,
  Collection,
  CollectionWithAccounts,
  FeaturedTag,
  Notification,
  Search,
  Status,
} from '@anancus/core/entities/types'
import { createInstance, domainOf, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { type Rest, rest } from './support/rest.ts'
import { eventually } from './support/wait.ts'

/** alice is at home on A, bob on B: she recommends him, with his consent, and his profile features what he likes. */
describe('a collection of accounts on two instances', () => {
  let a: Instance
  let b: Instance
  let bob: Person
  let onA: Rest
  let onB: Rest
  let bobOnA: Account
  let collection: Collection
  let copy: Collection

  beforeAll(async () => {
    resolveLocalhostNames()
    const [portsA, portsB] = [await pickPorts(), await pickPorts()]
    const neighbours = [domainOf('a', portsA), domainOf('b', portsB)]
    a = await createInstance({ name: 'a', ports: portsA, neighbours })
    b = await createInstance({ name: 'b', ports: portsB, neighbours })
    const alice = await createPerson(a, 'alice')
    bob = await createPerson(b, 'bob')
    await a.start('web', 'worker')
    await b.start('web', 'worker')
    onA = rest(a.baseUrl, alice.token)
    onB = rest(b.baseUrl, bob.token)
    await fetch(`${b.baseUrl}/api/v1/accounts/update_credentials`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${bob.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ discoverable: true }),
    })
  }, 180_000)

  afterAll(async () => {
    await a?.close()
    await b?.close()
  })

  const shown = async () =>
    (await onA.get<CollectionWithAccounts>(`/api/v1/collections/${collection.id}`)).collection

  it('asks bob by his server, which agrees for him and tells him', async () => {
    const q = encodeURIComponent(`@bob@${b.domain}`)
    const found = await onA.get<Search>(`/api/v2/search?type=accounts&resolve=true&q=${q}`)
    bobOnA = found.accounts[0] as Account
    expect(bobOnA.feature_approval.current_user).toBe('automatic')
    const fields = { name: 'Birders', description: 'Follow them', sensitive: false, discoverable: true }
    const made = await onA.post<{ collection: Collection }>('/api/v1/collections', {
      ...fields,
      account_ids: [bobOnA.id],
    })
    collection = made.collection
    expect(collection.items).toMatchObject([{ state: 'pending', account_id: bobOnA.id }])
    await eventually('bob has agreed', async () => (await shown()).items[0]?.state === 'accepted')
    await eventually('bob is told', async () => {
      const told = await onB.get<Notification[]>('/api/v1/notifications?types[]=added_to_collection')
      copy = told[0]?.collection as Collection
      return copy?.name === 'Birders'
    })
    expect(copy).toMatchObject({ uri: collection.uri, local: false, description: 'Follow them' })
  }, 180_000)

  it('looks the same on both sides, also when it changes', async () => {
    await onA.put(`/api/v1/collections/${collection.id}`, { name: 'Twitchers' })
    await eventually('the copy is called anew', async () => {
      const { collection: now, accounts } = await onB.get<CollectionWithAccounts>(
        `/api/v1/collections/${copy.id}`,
      )
      return now.name === 'Twitchers' && accounts.map((each) => each.username).join() === 'alice,bob'
    })
  }, 180_000)

  it('loses bob when he takes his consent back', async () => {
    const { collection: now } = await onB.get<CollectionWithAccounts>(`/api/v1/collections/${copy.id}`)
    const revoked = await fetch(
      `${b.baseUrl}/api/v1/collections/${copy.id}/items/${now.items[0]?.id}/revoke`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${bob.token}` },
      },
    )
    expect(revoked.status).toBe(200)
    await eventually('bob is in it no more', async () => (await shown()).items.length === 0)
  }, 180_000)

  it('what bob features shows on the other side, and goes', async () => {
    await onA.post(`/api/v1/accounts/${bobOnA.id}/follow`)
    const followed = async () =>
      (await onA.get<{ following: boolean }[]>(`/api/v1/accounts/relationships?id[]=${bobOnA.id}`))[0]
        ?.following
    await eventually('alice follows bob', async () => (await followed()) === true)
    const status = await onB.post<Status>('/api/v1/statuses', { status: 'Read this first' })
    await onB.post(`/api/v1/statuses/${status.id}/pin`)
    await onB.post('/api/v1/tags/birds/feature')
    const pinned = async () =>
      (await onA.get<Status[]>(`/api/v1/accounts/${bobOnA.id}/statuses?pinned=true`)).map((each) => each.uri)
    const tags = async () =>
      (await onA.get<FeaturedTag[]>(`/api/v1/accounts/${bobOnA.id}/featured_tags`)).map((each) => each.name)
    await eventually('the post is pinned', async () => (await pinned()).join() === status.uri)
    await eventually('the hashtag shows', async () => (await tags()).join() === 'birds')
    await onB.post(`/api/v1/statuses/${status.id}/unpin`)
    await onB.post('/api/v1/tags/birds/unfeature')
    await eventually('both are gone', async () => (await pinned()).length + (await tags()).length === 0)
  }, 180_000)
})
