import { getSetting } from '@anancus/core/domain/settings'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { commands } from '../src/commands/index.ts'
import { run } from './support/run.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))

it('has no two commands of one name', () => {
  const names = commands.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

it('explains itself', async () => {
  const ran = await run(ctx, '--help')
  expect(ran.exitCode).toBe(0)
  for (const group of new Set(commands.map(({ name }) => name.split(' ')[0])))
    expect(ran.said.join('\n')).toContain(group)
})

it('takes underscores for dashes in names', async () => {
  expect((await run(ctx, 'db seed_large --local nonsense')).failed).toEqual([
    '--local must be a whole number above 0.',
  ])
})

it('tells of a command it does not know', async () => {
  const ran = await run(ctx, 'accounts levitate')
  expect(ran.exitCode).toBe(1)
  expect(ran.failed.join(' ')).toContain('levitate')
})

it('knows its version', async () => {
  expect((await run(ctx, 'version')).said[0]).toMatch(/\d+\.\d+\.\d+/)
})

it('says which migrations have run', async () => {
  const ran = await run(ctx, 'db status')
  expect(ran.said.at(-1)).toMatch(/^\d+ done, 0 pending$/)
})

it.each([
  ['open', 'open'],
  ['approved', 'approved'],
  ['close', 'none'],
])('settings registrations %s', async (word, mode) => {
  expect((await run(ctx, `settings registrations ${word}`)).exitCode).toBe(0)
  expect(await getSetting(ctx, 'registrations_mode')).toBe(mode)
})
