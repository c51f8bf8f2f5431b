import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { run } from './support/run.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('asks relays, lists them, leaves and forgets them', async () => {
  const inbox = 'https://relay.example/inbox'
  expect((await run(ctx, `relays add ${inbox}`)).said).toEqual([`OK, asked ${inbox}`])
  const [line = ''] = (await run(ctx, 'relays list')).said
  expect(line).toMatch(/^\d+ pending https:\/\/relay\.example\/inbox$/)
  const id = line.split(' ')[0]
  await run(ctx, `relays disable ${id}`)
  expect((await run(ctx, 'relays list')).said).toEqual([`${id} idle ${inbox}`])
  await run(ctx, `relays enable ${id}`)
  expect((await run(ctx, `relays remove ${id}`)).said).toEqual(['OK'])
  expect((await run(ctx, 'relays list')).said).toEqual([])
  expect((await run(ctx, 'relays remove 12345')).exitCode).toBe(1)
})
