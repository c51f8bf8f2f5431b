import type { AccountRow } from '@anancus/db'
import { followersDigest } from '../../activitypub/followers-digest.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { deliver } from '../../../testing/deliver.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { publishStatus } from '../statuses/index.ts'

const world = useFederation(['far', 'other'])
let carol: RemoteActor
let account: AccountRow
const path = '/users/carol/followers_synchronization'

beforeEach(async () => {
  carol = world.host('far').actor('carol')
  account = await world.met(carol)
})

/** Carol's server says, with a delivery, who of ours follows her. */
async function say(uris: string[], change: Record<string, string> = {}): Promise<void> {
  world.host('far').serve(path, { type: 'OrderedCollection', id: `${carol.uri}/x`, orderedItems: uris })
  const said = {
    collectionId: carol.followers,
    digest: followersDigest(uris),
    url: world.host('far').url(path),
    ...change,
  }
  const header = Object.entries(said).map(([name, value]) => `${name}="${value}"`)
  await deliver(world.ctx, carol, activity(carol, 'View', world.uriOf(world.alice.account)), {
    tamper: { 'collection-synchronization': header.join(', ') },
  })
}

const follows = () => world.ctx.db('follows').pluck('account_id')

describe('what another server believes of our followers', () => {
  it('ends the follow of whom a whole list leaves out, and is not fetched when nothing differs', async () => {
    const [alice, bob] = [world.alice, await world.make.viewer({})]
    for (const viewer of [alice, bob]) await world.make.follow({ account: viewer.account, target: account })
    const all = [alice, bob].map((viewer) => world.uriOf(viewer.account))
    await say(all)
    expect(world.host('far').requests.filter((request) => request.path === path)).toEqual([])
    await say(all.slice(0, 1))
    expect(await follows()).toEqual([alice.account.id])
  })

  it('settles a request whose Accept was lost, and denies a follow nobody knows of', async () => {
    const bob = await world.make.viewer({})
    await world.make.followRequest({ account: world.alice.account, target: account })
    await say([world.uriOf(world.alice.account), world.uriOf(bob.account)])
    expect(await follows()).toEqual([world.alice.account.id])
    expect(world.host('far').received).toMatchObject([
      { type: 'Undo', actor: world.uriOf(bob.account), object: { type: 'Follow', object: carol.uri } },
    ])
  })

  it.each([
    ['a digest that is not that of the list', { digest: 'a'.repeat(64) }],
    ['a list of another house', { url: 'http://other.localhost/list' }],
    ['the followers of somebody else', { collectionId: 'http://far.localhost/users/dan/followers' }],
    ['nonsense', { digest: 'x' }],
  ])('SEC-FED-09 %s removes nobody', async (_what, change) => {
    await world.make.follow({ account: world.alice.account, target: account })
    await say([], change)
    expect(await follows()).toEqual([world.alice.account.id])
  })
})

describe('what we tell with what goes to followers only', () => {
  const headerOf = async (visibility: string) => {
    world.host('far').requests.length = 0
    await publishStatus(world.ctx, world.alice.account, { status: `for ${visibility}`, visibility })
    await drainQueues(world.ctx)
    const posts = world.host('far').requests.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(1)
    return posts[0]?.headers
  }

  it('is the digest of the followers there, signed; not with what is public', async () => {
    await world.make.follow({ account, target: world.alice.account })
    const elsewhere = await world.met(world.host('other').actor('dan'))
    await world.make.follow({ account: elsewhere, target: world.alice.account })
    const headers = await headerOf('private')
    const { username } = world.alice.account
    expect(headers?.['collection-synchronization']).toBe(
      `collectionId="${world.uriOf(world.alice.account)}/followers", digest="${followersDigest([carol.uri])}", ` +
        `url="${world.ctx.config.baseUrl}/users/${username}/followers_synchronization"`,
    )
    expect(String(headers?.signature)).toContain('collection-synchronization')
    expect((await headerOf('public'))?.['collection-synchronization']).toBeUndefined()
  })
})
