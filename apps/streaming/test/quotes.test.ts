import { publishStatus, revokeQuote } from '@anancus/core/domain/statuses'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { homeChannel, publicChannel, subscribedKey } from '@anancus/core/streaming'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { factories } from '@anancus/db/testing/make'
import { startStreaming, type TestSocket, type TestStreaming } from './support/streaming.ts'

/** Open pages learn what becomes of a quote. */

let ctx: Ctx
let streaming: TestStreaming
let alice: Viewer
let bob: Viewer
let socket: TestSocket

beforeAll(async () => {
  ctx = await testContext()
  registerHandlers(allHandlers)
  streaming = await startStreaming(ctx, { pingEveryMs: 300, thumpEveryMs: 50, presenceEveryMs: 100 })
  const make = factories(ctx.db)
  alice = await make.viewer({})
  bob = await make.viewer({})
  const token = await make.token({ user: alice.user, scopes: 'read' })
  socket = await streaming.connect(`?access_token=${token.secret}&stream=user`)
  socket.send({ type: 'subscribe', stream: 'public' })
  await present(homeChannel(alice.account.id))
  await present(publicChannel())
})
afterAll(async () => {
  socket.socket.terminate()
  await streaming.stop()
  await closeTestContext(ctx)
})

/** Until publishers see that somebody listens. */
async function present(channel: string): Promise<void> {
  const key = ctx.config.redis.prefix + subscribedKey(channel)
  for (let n = 0; n < 2_000 && !(await ctx.redis.exists(key)); n++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await ctx.redis.exists(key)).toBe(1)
}

it('a quote comes with its state, and again when it is revoked', async () => {
  const quoted = await publishStatus(ctx, bob.account, { status: 'mine' })
  const status = await publishStatus(ctx, alice.account, { status: 'look', quotedStatusId: quoted.id })
  await drainQueues(ctx)
  const quoteFor = async (stream: string, event: string) => {
    const frame = await socket.until(
      (one) =>
        one.event === event && one.stream?.[0] === stream && JSON.parse(String(one.payload)).id === status.id,
    )
    return JSON.parse(String(frame.payload)).quote
  }
  const accepted = { state: 'accepted', quoted_status: { id: quoted.id } }
  expect(await quoteFor('user', 'update')).toMatchObject(accepted)
  expect(await quoteFor('public', 'update')).toMatchObject(accepted)
  await revokeQuote(ctx, bob, quoted, status.id)
  await drainQueues(ctx)
  const revoked = { state: 'revoked', quoted_status: null }
  expect(await quoteFor('user', 'status.update')).toEqual(revoked)
  expect(await quoteFor('public', 'status.update')).toEqual(revoked)
})
