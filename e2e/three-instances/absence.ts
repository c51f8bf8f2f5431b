import { setTimeout as pause } from 'node:timers/promises'
import type { Status } from '@anancus/core/entities/types'
import { deliverFailed } from '../support/settle.ts'
import type { World } from './world.ts'

/** A server is away for a while; what it missed comes later and, at the worst, the newest first. */
export function absenceSteps(world: World): void {
  let kept: Status
  let liked: Status

  it('what a server missed comes to it in any order', async () => {
    const { a, b, c, alice, bob, carol } = world
    kept = await bob.post('Before the storm')
    liked = await carol.post('Still here')
    for (const who of [alice, bob]) await who.has(liked.uri)
    await carol.has(kept.uri)
    await alice.act('favourite', liked.uri)
    await bob.act('reblog', liked.uri)
    await world.agree()
    await c.stop('web')
    for (const text of ['In the storm', 'After the storm'])
      await bob.api.put(`/api/v1/statuses/${kept.id}`, { status: text })
    const fresh = await bob.post('Written in the storm')
    // Times are told in seconds; an edit in the first is none.
    await pause(1_100)
    await bob.api.put(`/api/v1/statuses/${fresh.id}`, { status: 'Written in the calm' })
    const gone = await bob.post('Soon gone')
    await bob.api.delete(`/api/v1/statuses/${gone.id}`)
    for (const verb of ['unfavourite', 'favourite']) await alice.act(verb, liked.uri)
    for (const verb of ['unreblog', 'reblog']) await bob.act(verb, liked.uri)
    for (const verb of ['unfollow', 'follow']) await alice.to(carol, verb)
    await deliverFailed([a, b], c)
    await carol.has(fresh.uri)
    await carol.lost(gone.uri)
    const row = await c.ctx.db('statuses').where({ uri: kept.uri }).first()
    expect(row.text).toBe('<p>After the storm</p>')
  })

  it('what came after that is as ever', async () => {
    const { alice, bob, carol } = world
    await alice.follows(carol)
    await alice.act('unfavourite', liked.uri)
    await bob.act('unreblog', liked.uri)
    await bob.api.delete(`/api/v1/statuses/${kept.id}`)
    await carol.lost(kept.uri)
  })
}
