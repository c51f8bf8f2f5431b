import { clearRedis, closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import {
  countRefresh,
  finishRefresh,
  readRefresh,
  refreshHeader,
  refreshId,
  startRefresh,
  subjectOfRefresh,
} from './async-refresh.ts'

const SUBJECT = 'context:12:345'

let ctx: TestContext

beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(() => clearRedis(ctx))

it('runs once at a time, counts, and ends', async () => {
  expect(await readRefresh(ctx, SUBJECT)).toBeNull()
  const starts = await Promise.all([1, 2, 3].map(() => startRefresh(ctx, SUBJECT, { counts: true })))
  expect(starts.filter(Boolean)).toHaveLength(1)
  await countRefresh(ctx, SUBJECT)
  await countRefresh(ctx, SUBJECT, 2)
  const state = await readRefresh(ctx, SUBJECT)
  expect(state).toEqual({ status: 'running', resultCount: 3 })
  expect(refreshHeader(ctx, SUBJECT, 3, state)['Mastodon-Async-Refresh']).toBe(
    `id="${refreshId(ctx, SUBJECT)}", retry=3, result_count=3`,
  )
  await finishRefresh(ctx, SUBJECT)
  expect(await readRefresh(ctx, SUBJECT)).toEqual({ status: 'finished', resultCount: 3 })
  expect(await startRefresh(ctx, SUBJECT)).toBe(true)
  expect(await readRefresh(ctx, SUBJECT)).toEqual({ status: 'running', resultCount: null })
})

it('knows its own ids, and no others', () => {
  const id = refreshId(ctx, SUBJECT)
  expect(subjectOfRefresh(ctx, id)).toBe(SUBJECT)
  const bytes = Buffer.from(id, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  const other = { ...ctx, config: { ...ctx.config, secretKeyBase: 'another' } }
  for (const wrong of ['', 'x', `${id}=`, bytes.toString('base64url'), refreshId(other, SUBJECT)])
    expect(subjectOfRefresh(ctx, wrong)).toBeNull()
})
