import { deleteAccount } from '@anancus/core/domain/moderation'
import type { SecureInstance } from '../support/secure-instances.ts'
import { eventually } from '../support/wait.ts'
import type { World } from './world.ts'

/** Moderators act: reports, blocked servers, suspended and deleted accounts. */
export function moderatingSteps(world: World): void {
  it('a report reaches the server of whom it is about', async () => {
    for (const who of [world.alice, world.carol]) await who.to(world.bess, 'follow')
    await world.bess.to(world.alice, 'follow')
    for (const who of [world.alice, world.carol]) await who.follows(world.bess)
    const rude = await world.bess.post('Something rude')
    for (const who of [world.alice, world.carol]) await who.has(rude.uri)
    await world.alice.api.post('/api/v1/reports', {
      account_id: await world.alice.idOf(world.bess),
      status_ids: [(await world.alice.see(rude.uri)).id],
      comment: 'Please look',
      forward: true,
    })
    const report = await eventually('b has it', async () => world.b.ctx.db('reports').first())
    expect(report).toMatchObject({
      comment: 'Please look',
      status_ids: [rude.id],
      target_account_id: world.bess.id,
    })
  })

  it('a server is blocked', async () => {
    await world.carol.api.post('/api/v1/admin/domain_blocks', { domain: 'b.test', severity: 'suspend' })
    await eventually('b has lost its followers on c', async () => {
      const followers = world.b.ctx.db('follows').join('accounts', 'accounts.id', 'account_id')
      return (await followers.where({ domain: 'c.test' }).first()) === undefined
    })
    const unheard = await world.bob.post(`${world.carol.handle} do you hear me?`)
    await world.alice.has(unheard.uri)
    await world.carol.lost(unheard.uri)
  })

  it('the block is lifted: what is new arrives', async () => {
    const blocks = await world.carol.api.get<{ id: string }[]>('/api/v1/admin/domain_blocks')
    await world.carol.api.delete(`/api/v1/admin/domain_blocks/${blocks[0]?.id}`)
    await eventually('bob is free', async () => {
      const row = await world.c.ctx.db('accounts').where({ username: 'bob', domain: 'b.test' }).first()
      return row?.suspended_at === null
    })
    const pairs = [
      [world.carol, world.bob],
      [world.bob, world.carol],
      [world.carol, world.bess],
    ] as const
    for (const [who, whom] of pairs) await who.to(whom, 'follow')
    for (const [who, whom] of pairs) await who.follows(whom)
    const heard = await world.bob.post(`${world.carol.handle} and now?`)
    await world.carol.has(heard.uri)
    const yes = await world.carol.answer(heard.uri, `${world.bob.handle} yes!`)
    for (const who of [world.alice, world.bob]) await who.has(yes.uri)
  })

  it('a suspended account is suspended everywhere, and comes back', async () => {
    const isSuspended = async (instance: SecureInstance) =>
      (await instance.ctx.db('accounts').where({ username: 'bess', domain: 'b.test' }).first())
        ?.suspended_at !== null
    await world.bob.api.post(`/api/v1/admin/accounts/${world.bess.id}/action`, { type: 'suspend' })
    for (const instance of [world.a, world.c])
      await eventually(`${instance.domain} knows`, () => isSuspended(instance))
    await world.agree()
    await world.bob.api.post(`/api/v1/admin/accounts/${world.bess.id}/unsuspend`)
    for (const instance of [world.a, world.c])
      await eventually(`${instance.domain} knows of the end`, async () => !(await isSuspended(instance)))
    const back = await world.bess.post('Here again')
    for (const who of [world.alice, world.carol]) await who.has(back.uri)
  })

  it('a deleted account is gone everywhere with all it wrote', async () => {
    await deleteAccount(world.b.ctx, await world.bess.viewer())
    for (const instance of [world.a, world.c])
      await eventually(`${instance.domain} forgot`, async () => {
        const left = instance.ctx.db('statuses').join('accounts', 'accounts.id', 'account_id')
        return (await left.where({ username: 'bess', deleted_at: null }).first()) === undefined
      })
  })
}
