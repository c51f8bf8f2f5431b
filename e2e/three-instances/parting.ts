import { addAlias, cancelRedirect, moveAccount, redirectAccount } from '@anancus/core/domain/relationships'
import type { Account } from '@anancus/core/entities/types'
import type { Citizen } from '../support/citizens.ts'
import { isQuiet } from '../support/settle.ts'
import { eventually } from '../support/wait.ts'
import type { World } from './world.ts'

/** People part: mutes, ended follows, blocks, and a move. */
export function partingSteps(world: World): void {
  it('a mute is nobody else’s business', async () => {
    await world.alice.to(world.bob, 'mute')
    await world.agree()
    expect(await world.bob.tiesWith(world.alice)).toMatchObject({ following: true, followed_by: true })
    await world.alice.to(world.bob, 'unmute')
  })

  it('follows end from either side', async () => {
    await world.amy.to(world.carol, 'unfollow')
    await world.bob.to(world.alice, 'remove_from_followers')
    await eventually(
      'alice follows bob no more',
      async () => !(await world.alice.tiesWith(world.bob)).following,
    )
    await world.agree()
    await world.alice.to(world.bob, 'follow')
    await world.alice.follows(world.bob)
  })

  it('a block ends both follows, its end brings none back', async () => {
    await world.carol.to(world.bob, 'block')
    await eventually('bob is cut off', async () => {
      const ties = await world.bob.tiesWith(world.carol)
      return !ties.following && !ties.followed_by && ties.blocked_by
    })
    await world.agree()
    await world.carol.to(world.bob, 'unblock')
    await eventually('bob may again', async () => !(await world.bob.tiesWith(world.carol)).blocked_by)
    await world.carol.to(world.bob, 'follow')
    await world.carol.follows(world.bob)
  })

  it('an account points to another, moves there, and its followers come along', async () => {
    await world.bob.to(world.ben, 'follow')
    await letIn(world.ben)
    const movedTo = async () =>
      (await world.alice.api.get<Account>(`/api/v1/accounts/${await world.alice.idOf(world.ben)}`)).moved
        ?.acct
    await redirectAccount(world.b.ctx, (await world.ben.viewer()).account, world.carol.handle)
    await eventually(
      'a sees where to',
      async () => (await isQuiet(world.b.ctx), (await movedTo()) === 'carol@c.test'),
    )
    await world.agree()
    await cancelRedirect(world.b.ctx, (await world.ben.viewer()).account)
    await eventually(
      'a sees it no more',
      async () => (await isQuiet(world.b.ctx), (await movedTo()) === undefined),
    )
    await addAlias(world.c.ctx, await world.cora.viewer(), world.ben.handle)
    await moveAccount(world.b.ctx, (await world.ben.viewer()).account, world.cora.handle)
    for (const who of [world.alice, world.bob]) await who.follows(world.cora)
    expect((await world.alice.tiesWith(world.ben)).following).toBe(false)
    expect(await movedTo()).toBe('cora@c.test')
  })
}

async function letIn(who: Citizen): Promise<void> {
  const waiting = await eventually(`${who.handle} is asked`, async () => {
    const asked = await who.waiting()
    return asked.size > 0 && asked
  })
  for (const id of waiting.values()) await who.api.post(`/api/v1/follow_requests/${id}/authorize`)
}
