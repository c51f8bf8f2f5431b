import type { AccountRow, NotificationRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { type Cast, castOf } from '../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { renderNotifications, renderRelationships, renderStatuses } from '../entities/index.ts'
import type { Ctx } from '../kernel/context.ts'
import { transaction } from '../kernel/transaction.ts'
import { graphsFor, loadGraph } from './index.ts'

let ctx: TestContext
let make: ReturnType<typeof factories>
let cast: Cast

beforeAll(async () => {
  ctx = await testContext()
  make = factories(ctx.db)
  cast = await castOf(ctx)
})
afterAll(() => closeTestContext(ctx))

/** A status with everything that can hang on one. */
async function fullStatus(author: AccountRow): Promise<StatusRow> {
  const quoted = await make.status({ account: cast.carol, text: '<p>quoted</p>' })
  const status = await make.status({
    account: author,
    text: 'Hello @bob :blob: #tag',
    mentions: [cast.bob.account],
    tags: ['tag'],
    media: [await make.media({ account: author })],
    quoteOf: quoted,
  })
  await make.poll({ status })
  await make.card({ status, author_account_id: cast.dan.id })
  return status
}

async function pageOf(length: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < length; index += 1) {
    const { account } = await make.viewer({ account: { note: 'I know @bob', display_name: ':blob:' } })
    const status = await fullStatus(account)
    const wrapper = await make.status({ account: cast.alice.account, reblogOf: status })
    ids.push(index % 2 === 0 ? status.id : wrapper.id)
  }
  return ids
}

interface Connection {
  query(config: object): Promise<unknown>
}

/** The most statements under way at once on the connection of a transaction while `work` runs. */
async function mostAtOnce(tx: Ctx, work: () => Promise<unknown>): Promise<number> {
  const connection: Connection = await tx.db.client.acquireConnection()
  const { query } = connection
  let running = 0
  let most = 0
  connection.query = async (config) => {
    running += 1
    most = Math.max(most, running)
    return query.call(connection, config).finally(() => {
      running -= 1
    })
  }
  await work()
  connection.query = query
  return most
}

describe('the cost of a page', () => {
  let small: string[]
  let large: string[]

  beforeAll(async () => {
    await make.customEmoji({ shortcode: 'blob' })
    await make.filter({ account: cast.eve.account, keywords: ['hello'] })
    small = await pageOf(2)
    large = await pageOf(40)
  })

  it.each([
    ['a viewer', () => cast.eve, 10],
    ['the anonymous', () => null, 7],
  ])('is the same number of statements for 2 and for 40 statuses, to %s', async (_, viewer, budget) => {
    const two = await countStatements(() => renderStatuses(ctx, viewer(), small))
    const forty = await countStatements(() => renderStatuses(ctx, viewer(), large))
    expect(two.count).toBe(forty.count)
    expect(forty.count).toBeLessThanOrEqual(budget)
  })

  it('is two statements less where no text names an emoji or an account', async () => {
    const plain = await make.status({ account: cast.bob.account })
    const { count } = await countStatements(() => renderStatuses(ctx, cast.eve, [plain.id]))
    expect(count).toBe(8)
  })

  it('is three statements for one status in the eyes of many', async () => {
    const graph = await loadGraph(ctx, null, { statuses: small })
    const viewers = [cast.ada, cast.mo, cast.alice, cast.bob, cast.eve].map(({ account }) => account.id)
    const { count } = await countStatements(() => graphsFor(ctx, graph, viewers))
    expect(count).toBe(3)
  })

  it('is one statement for relationships', async () => {
    const ids = [cast.alice.account.id, cast.carol.id, cast.dan.id]
    const { count } = await countStatements(() => renderRelationships(ctx, cast.eve, ids))
    expect(count).toBe(1)
  })

  it('is one statement more for notifications, and the same for 2 and for 40', async () => {
    const rows: NotificationRow[] = []
    for (let index = 0; index < 40; index += 1) {
      const status = await make.status({ account: cast.eve.account, text: `see :blob: ${index}` })
      const { account } = await make.viewer()
      const activity = await make.favourite({ account, status })
      rows.push(
        await make.notification({ account: cast.eve.account, from: account, type: 'favourite', activity }),
      )
    }
    const two = await countStatements(() => renderNotifications(ctx, cast.eve, rows.slice(0, 2)))
    const forty = await countStatements(() => renderNotifications(ctx, cast.eve, rows))
    expect(two.count).toBe(forty.count)
    expect(forty.count).toBe(10)
  })
})

describe('loadGraph', () => {
  it('sends one statement after the other inside a transaction', async () => {
    const status = await fullStatus(cast.alice.account)
    const ids = [status.id]
    await transaction(ctx, async (tx) => {
      expect(await mostAtOnce(tx, () => renderStatuses(tx, cast.eve, ids))).toBe(1)
      expect(await renderStatuses(tx, cast.eve, ids)).toEqual(await renderStatuses(ctx, cast.eve, ids))
    })
  })

  it('keeps what is missing or deleted as null', async () => {
    const deleted = await make.status({ deleted_at: new Date() })
    const graph = await loadGraph(ctx, null, { statuses: [deleted.id, '404'], accounts: ['405'] })
    expect(graph.statuses.get(deleted.id)).toBeNull()
    expect(graph.statuses.get('404')).toBeNull()
    expect(graph.accounts.get('405')).toBeNull()
  })

  it('never loads keys of accounts', async () => {
    const graph = await loadGraph(ctx, null, { accounts: [cast.alice.account.id] })
    expect(graph.accounts.get(cast.alice.account.id)).not.toHaveProperty('private_key')
  })

  it('follows a quote within a quote, and no further', async () => {
    const last = await make.status()
    const third = await make.status({ quoteOf: last })
    const second = await make.status({ quoteOf: third })
    const first = await make.status({ quoteOf: second })
    const wrapper = await make.status({ reblogOf: first })
    const graph = await loadGraph(ctx, null, { statuses: [wrapper.id] })
    expect([...graph.statuses.keys()].sort()).toEqual([wrapper.id, first.id, second.id, third.id].sort())
  })

  it('shows attachments in the author’s order', async () => {
    const { account } = await make.user()
    const one = await make.media({ account })
    const two = await make.media({ account })
    const status = await make.status({ account, media: [two, one] })
    const graph = await loadGraph(ctx, null, { statuses: [status.id] })
    expect(graph.media.get(status.id)?.map((media) => media.id)).toEqual([two.id, one.id])
  })
})
