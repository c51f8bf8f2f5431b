import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../testing/context.ts'
import type { Ctx } from './context.ts'
import { afterCommit, transaction } from './transaction.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('holds what follows until the commit, in order, outside of the transaction', async () => {
  const told: string[] = []
  await transaction(ctx, async (tx) => {
    await afterCommit(tx, async (outer) => {
      expect(outer.held).toBeUndefined()
      told.push('first')
    })
    await transaction(tx, async (inner) => afterCommit(inner, async () => void told.push('second')))
    expect(told).toEqual([])
  })
  expect(told).toEqual(['first', 'second'])
})

it('drops it with the rollback', async () => {
  const told: string[] = []
  const failing = transaction(ctx, async (tx) => {
    await afterCommit(tx, async () => void told.push('never'))
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(told).toEqual([])
})

it('goes on with the others when one of them fails', async () => {
  const told: string[] = []
  const result = await transaction(ctx, async (tx) => {
    await afterCommit(tx, async () => {
      throw new Error('lost')
    })
    await afterCommit(tx, async () => void told.push('told'))
    return 'kept'
  })
  expect([result, told]).toEqual(['kept', ['told']])
})

it('R-10 starts over when it gave way in a deadlock, and tells what follows once', async () => {
  const make = factories(ctx.db)
  const [one, other] = [await make.account({}), await make.account({})]
  const told: string[] = []
  const bothHaveOne = barrier(2)
  const touch = (tx: Ctx, id: string) => tx.db('accounts').where({ id }).update({ updated_at: new Date() })
  const run = (first: string, second: string) => {
    let tries = 0
    return transaction(ctx, async (tx) => {
      tries++
      await afterCommit(tx, async () => void told.push(first))
      await touch(tx, first)
      if (tries === 1) await bothHaveOne()
      await touch(tx, second)
      return tries
    })
  }
  const tries = await Promise.all([run(one.id, other.id), run(other.id, one.id)])
  expect(tries.toSorted()).toEqual([1, 2])
  expect(told.toSorted()).toEqual([one.id, other.id].toSorted())
})

function barrier(count: number): () => Promise<void> {
  let release = () => {}
  const open = new Promise<void>((resolve) => {
    release = resolve
  })
  return () => {
    if (--count === 0) release()
    return open
  }
}
