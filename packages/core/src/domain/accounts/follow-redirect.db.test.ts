import type { AccountRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import { resolveAccountByUri } from './index.ts'

const world = useFederation(['far', 'new'])
let far: Remote
let carol: RemoteActor

beforeEach(() => {
  far = world.host('far')
  carol = far.actor('carol')
})

async function refreshed(actor: RemoteActor): Promise<AccountRow | undefined> {
  await resolveAccountByUri(world.ctx, actor.uri, { fresh: true })
  await drainQueues(world.ctx)
  return world.accountOf(actor)
}

describe('a profile that says where it has gone', () => {
  it('points there when it is read, also to somebody unknown; no follow goes along', async () => {
    await world.followed(carol)
    const cora = world.host('new').actor('cora')
    carol.document.movedTo = cora.uri
    const account = await refreshed(carol)
    const target = await world.accountOf(cora)
    expect(target).toMatchObject({ username: 'cora' })
    expect(account?.moved_to_account_id).toBe(target?.id)
    expect(await world.ctx.db('follows').where({ target_account_id: target?.id })).toEqual([])
    expect(await world.ctx.db('follows').where({ target_account_id: account?.id })).toHaveLength(1)
  })

  it('points nowhere again when it says so no more, by a push of its owner too', async () => {
    await world.met(carol)
    const cora = world.host('new').actor('cora')
    await world.met(cora)
    carol.document.movedTo = cora.uri
    await deliver(world.ctx, carol, activity(carol, 'Update', carol.document))
    expect((await world.accountOf(carol))?.moved_to_account_id).toBe((await world.accountOf(cora))?.id)
    delete carol.document.movedTo
    await deliver(world.ctx, carol, activity(carol, 'Update', carol.document))
    expect((await world.accountOf(carol))?.moved_to_account_id).toBeNull()
  })

  it('may point to one of ours', async () => {
    carol.document.movedTo = world.uriOf(world.alice.account)
    expect((await refreshed(carol))?.moved_to_account_id).toBe(world.alice.account.id)
  })

  it('leads to nobody who leads on, nor to itself', async () => {
    const cora = world.host('new').actor('cora', { movedTo: far.url('/users/third') })
    carol.document.movedTo = cora.uri
    expect((await refreshed(carol))?.moved_to_account_id).toBeNull()
    expect(await world.accountOf(cora)).toBeUndefined()
    carol.document.movedTo = carol.uri
    expect((await refreshed(carol))?.moved_to_account_id).toBeNull()
  })
})
