import type { AccountRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import type { RemoteActor } from '../../../testing/remote.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import {
  addAlias,
  cancelRedirect,
  listAliases,
  listMigrations,
  moveAccount,
  redirectAccount,
  removeAlias,
} from './index.ts'

const world = useFederation(['far', 'other'])
let ctx: Ctx
let make: Factories
let alice: Viewer
let elsewhere: RemoteActor

beforeEach(() => {
  ;({ ctx, make, alice } = world)
  elsewhere = world.host('other').actor('alice', { alsoKnownAs: [world.uriOf(alice.account)] })
})

const account = (): Promise<AccountRow> => ctx.db('accounts').where({ id: alice.account.id }).first()
async function fails(handle: string, message: string): Promise<void> {
  await expect(moveAccount(ctx, alice.account, handle)).rejects.toThrow(message)
}

describe('moving an account of ours', () => {
  it('tells followers by an Update and a Move, carries our own along and records it', async () => {
    const follower = world.host('far').actor('carol')
    const bob = await make.viewer({})
    await make.follow({ account: await world.met(follower), target: alice.account })
    await make.follow({ account: bob.account, target: alice.account })
    world.host('far').received.length = 0
    const target = await moveAccount(ctx, alice.account, elsewhere.handle)
    await drainQueues(ctx)
    expect((await account()).moved_to_account_id).toBe(target.id)
    const uri = world.uriOf(alice.account)
    expect(world.host('far').received).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'Update',
          object: expect.objectContaining({ movedTo: elsewhere.uri }),
        }),
        expect.objectContaining({ type: 'Move', actor: uri, object: uri, target: elsewhere.uri }),
      ]),
    )
    expect(await ctx.db('follow_requests').select('account_id', 'target_account_id')).toEqual([
      { account_id: bob.account.id, target_account_id: target.id },
    ])
    expect(await listMigrations(ctx, alice.account)).toMatchObject([
      { target_account_id: target.id, acct: elsewhere.handle },
    ])
    await fails(elsewhere.handle, '30 days')
  })

  it('refuses nobody, oneself, and whom does not name us', async () => {
    await fails(`nobody@${world.host('other').host}`, 'could not be found')
    await fails('alice', 'of this account')
    elsewhere.document.alsoKnownAs = []
    await fails(elsewhere.handle, 'aliases')
    expect((await account()).moved_to_account_id).toBeNull()
    expect(await listMigrations(ctx, alice.account)).toEqual([])
  })

  it('can only point elsewhere, and take that back', async () => {
    elsewhere.document.alsoKnownAs = []
    await redirectAccount(ctx, alice.account, elsewhere.handle)
    expect((await account()).moved_to_account_id).toBe((await world.accountOf(elsewhere))?.id)
    await cancelRedirect(ctx, alice.account)
    expect((await account()).moved_to_account_id).toBeNull()
    expect(await listMigrations(ctx, alice.account)).toEqual([])
  })
})

it('keeps aliases and tells them in the actor; each takes back its own only', async () => {
  await addAlias(ctx, alice, elsewhere.handle)
  await addAlias(ctx, alice, elsewhere.handle)
  const [alias] = await listAliases(ctx, alice)
  expect(alias).toMatchObject({ uri: elsewhere.uri, acct: elsewhere.handle })
  expect((await account()).also_known_as).toEqual([elsewhere.uri])
  const bob = await make.viewer({})
  await expect(removeAlias(ctx, bob, alias?.id ?? '0')).rejects.toThrow('not found')
  await removeAlias(ctx, alice, alias?.id ?? '0')
  expect(await listAliases(ctx, alice)).toEqual([])
  expect((await account()).also_known_as).toEqual([])
})
