import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { readContext } from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>

beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(() => closeTestContext(ctx))

const reply = (account: AccountRow, inReplyTo: StatusRow, values: object = {}) =>
  make.status({ account, inReplyTo, ...values })

it('shows what is above from the root down, what is below depth first, own continuations first', async () => {
  const { alice, bob, eve } = cast
  const root = await make.status({ account: alice.account })
  const middle = await reply(bob.account, root)
  const status = await reply(alice.account, middle)
  const first = await reply(bob.account, status)
  const deep = await reply(eve.account, first)
  const second = await reply(eve.account, status)
  const own = await reply(alice.account, status)
  expect(await readContext(ctx, null, status.id)).toEqual({
    ancestors: [root.id, middle.id],
    descendants: [own.id, first.id, deep.id, second.id],
  })
})

it('SEC-PRIV-06 leaves out what the viewer may not see or does not want to', async () => {
  const { alice, bob, eve, mallory } = cast
  const root = await make.status({ account: bob.account })
  const direct = await reply(eve.account, root, { visibility: 'direct', mentions: [alice.account] })
  const blocked = await reply(mallory.account, root)
  const limited = await reply(await make.account({ silenced_at: new Date() }), root)
  const gone = await reply(eve.account, root, { deleted_at: new Date() })
  const seen = async (viewer: Parameters<typeof readContext>[1]) =>
    new Set((await readContext(ctx, viewer, root.id)).descendants)
  expect(await seen(null)).toEqual(new Set([blocked.id]))
  expect(await seen(alice)).toEqual(new Set([direct.id]))
  expect(await seen(eve)).toEqual(new Set([direct.id, blocked.id]))
  await make.follow({ account: eve.account, target: await accountOf(limited) })
  expect(await seen(eve)).toEqual(new Set([direct.id, blocked.id, limited.id]))
  expect(await seen(eve)).not.toContain(gone.id)
})

const accountOf = async (status: StatusRow): Promise<AccountRow> =>
  ctx.db('accounts').where({ id: status.account_id }).first()

it('is not found where the status is not', async () => {
  const hidden = await make.status({ account: cast.alice.account, visibility: 'private' })
  await expect(readContext(ctx, cast.eve, hidden.id)).rejects.toThrow(new NotFoundError('Not Found'))
  await expect(readContext(ctx, null, '1')).rejects.toThrow(new NotFoundError('Not Found'))
})

it('takes four statements whatever its size', async () => {
  const root = await make.status({ account: cast.alice.account })
  let last = root
  for (let index = 0; index < 10; index++) last = await reply(cast.bob.account, last)
  expect((await countStatements(() => readContext(ctx, cast.alice, root.id))).count).toBe(4)
})

describe('SEC-DOS-13', () => {
  /** Rows of a thread, written at once. */
  const thread = async (parents: (index: number) => number | null, size: number) => {
    await ctx.db.raw(
      `insert into statuses (id, account_id, in_reply_to_id, in_reply_to_account_id, reply, text, local)
       select 1000 + i, ?, case when p is null then null else 1000 + p end, ?, true, 'x', true
       from unnest(?::bigint[], ?::bigint[]) as t (i, p)`,
      [
        cast.bob.account.id,
        cast.eve.account.id,
        Array.from({ length: size }, (_, index) => index),
        Array.from({ length: size }, (_, index) => parents(index)),
      ] as never,
    )
    // As the database does by itself after a while: plans of an empty table are no measure.
    await ctx.db.raw('analyze statuses')
  }

  it('a chain of 10,000 ends at the limits', async () => {
    await thread((index) => (index === 0 ? null : index - 1), 10_000)
    const started = performance.now()
    const above = await readContext(ctx, null, '10999')
    const below = await readContext(ctx, null, '1000')
    const all = await readContext(ctx, cast.alice, '1000')
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(above.ancestors).toHaveLength(40)
    expect(above.ancestors.at(-1)).toBe('10998')
    expect(below.descendants).toHaveLength(20)
    expect(all.descendants).toHaveLength(4096)
  })

  it('50,000 answers to one status end at the limits', async () => {
    await thread((index) => (index === 0 ? null : 0), 50_000)
    const started = performance.now()
    expect((await readContext(ctx, null, '1000')).descendants).toHaveLength(60)
    expect((await readContext(ctx, cast.alice, '1000')).descendants).toHaveLength(4096)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('loops of replies end', async () => {
    await thread((index) => (index + 1) % 3, 3)
    const { ancestors, descendants } = await readContext(ctx, cast.alice, '1000')
    expect(ancestors).toEqual(['1002', '1001'])
    expect(descendants).toEqual(['1002', '1001'])
  })
})
