import { rotateKeys } from '@anancus/core/domain/users'
import type { Account } from '@anancus/core/entities/types'
import { pictureForm } from '../support/picture-form.ts'
import { eventually } from '../support/wait.ts'
import type { World } from './world.ts'

/** People meet: they follow each other, and see each other’s profiles. */
export function meetingSteps(world: World): void {
  it('people find and follow each other', async () => {
    const pairs = [
      [world.alice, world.bob],
      [world.alice, world.carol],
      [world.amy, world.carol],
      [world.bob, world.alice],
      [world.bob, world.carol],
      [world.carol, world.alice],
      [world.carol, world.bob],
    ] as const
    for (const [who, whom] of pairs) await who.to(whom, 'follow')
    for (const [who, whom] of pairs) await who.follows(whom)
  })

  it('an account with a lock lets one in and another not', async () => {
    await world.ben.api.patch('/api/v1/accounts/update_credentials', { locked: true })
    await eventually(
      'others know of the lock',
      async () => (await world.alice.to(world.ben, 'follow')).requested,
    )
    await world.carol.to(world.ben, 'follow')
    const waiting = await eventually('ben is asked twice', async () => {
      const asked = await world.ben.waiting()
      return asked.size === 2 && asked
    })
    await world.agree()
    await world.ben.api.post(`/api/v1/follow_requests/${waiting.get(world.alice.handle)}/authorize`)
    await world.ben.api.post(`/api/v1/follow_requests/${waiting.get(world.carol.handle)}/reject`)
    await world.alice.follows(world.ben)
    await eventually('carol waits no longer', async () => !(await world.carol.tiesWith(world.ben)).requested)
  })

  it('a lock that is taken off lets in who waits', async () => {
    const { amy, ben } = world
    expect((await amy.to(ben, 'follow')).requested).toBe(true)
    await eventually('ben is asked', async () => (await ben.waiting()).size === 1)
    await ben.api.patch('/api/v1/accounts/update_credentials', { locked: false })
    await amy.follows(ben)
    await world.agree()
    await ben.api.patch('/api/v1/accounts/update_credentials', { locked: true })
  })

  it('a key is changed', async () => {
    const { a, b, c, alice, bob, carol } = world
    const keys = () =>
      Promise.all(
        [a, c].map(({ ctx }) =>
          ctx.db('accounts').where({ username: 'bob', domain: 'b.test' }).first('public_key'),
        ),
      )
    const before = await keys()
    await rotateKeys(b.ctx, (await bob.viewer()).account)
    const signed = await bob.post('Signed with a new key')
    for (const who of [alice, carol]) await who.has(signed.uri)
    await eventually('both have the new key', async () =>
      (await keys()).every((row, index) => row.public_key !== before[index]?.public_key),
    )
  })

  it('a profile changes', async () => {
    const form = pictureForm('avatar')
    form.set('avatar_description', 'a gull')
    await world.bob.api.patch('/api/v1/accounts/update_credentials', form)
    await world.bob.api.patch('/api/v1/accounts/update_credentials', {
      display_name: 'Bob of B',
      note: `Sees #birds, asks ${world.alice.handle}\n\nand you`,
      discoverable: true,
      indexable: true,
      bot: true,
      fields_attributes: [
        { name: 'Home', value: 'https://bob.example/' },
        { name: 'Friend', value: world.alice.handle },
      ],
    })
    await eventually('carol sees it', async () => {
      const shown = await world.carol.api.get<Account>(
        `/api/v1/accounts/${await world.carol.idOf(world.bob)}`,
      )
      return shown.display_name === 'Bob of B'
    })
  })
}
