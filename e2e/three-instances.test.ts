import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NODE, ROOT } from '../scripts/lib/paths.mjs'
import { compareInstances } from './support/compare-instances.ts'
import { missingForTls } from './support/secure-instances.ts'
import { absenceSteps } from './three-instances/absence.ts'
import { meetingSteps } from './three-instances/meeting.ts'
import { moderatingSteps } from './three-instances/moderating.ts'
import { partingSteps } from './three-instances/parting.ts'
import { postingSteps } from './three-instances/posting.ts'
import { createWorld, type World } from './three-instances/world.ts'

const missing = missingForTls()
const describeWithTls = missing === null ? describe : describe.skip

/** For each step; the machine may be busy. */
const STEP_MS = 180_000

jest.setTimeout(STEP_MS)

/**
 * a.test, b.test and c.test, each with its own address, certificate, database and processes, talk to each other by nothing
 * but ActivityPub over TLS. After each step their databases are compared. The steps build on each other.
 */
describeWithTls(`three instances with TLS${missing ? ` (needs ${missing})` : ''}`, () => {
  // Filled before the first step, which is why the steps take from it only when they run.
  const world = {} as World

  beforeAll(async () => {
    Object.assign(world, await createWorld())
  }, 300_000)

  afterAll(async () => {
    await world.close?.()
  }, 120_000)

  afterEach(() => world.agree())

  meetingSteps(world)
  postingSteps(world)
  absenceSteps(world)
  partingSteps(world)
  moderatingSteps(world)

  const command = () => {
    const compared = world.all.map(({ baseUrl, databaseUrl }) => `${baseUrl}=${databaseUrl}`)
    const args = ['e2e/support/compare-command.ts', ...compared]
    return promisify(execFile)(NODE, args, { cwd: ROOT }).catch((error: unknown) => error)
  }

  it('a difference is told', async () => {
    // A post bears whole seconds: one written within the second of the lifted block may be from before it.
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const { uri } = await world.bob.post(`${world.carol.handle} to be forged`)
    await world.carol.has(uri)
    const copy = await world.c.ctx.db('statuses').where({ uri }).first()
    await world.c.ctx.db('statuses').where({ id: copy.id }).update({ text: 'forged' })
    const forged = `status ${copy.uri}, text: b.test has ${JSON.stringify(copy.text)}, c.test has "forged"`
    expect(await compareInstances(world.all)).toEqual([forged])
    expect(await command()).toMatchObject({ code: 1, stdout: `${forged}\n` })
    await world.c.ctx.db('statuses').where({ id: copy.id }).update({ text: copy.text })
    expect(await command()).toMatchObject({ stdout: 'They agree.\n' })
    const [follow] = await world.a.ctx
      .db('follows')
      .where({ account_id: world.alice.id })
      .orderBy('id')
      .limit(1)
    await world.a.ctx.db('follows').where({ id: follow.id }).delete()
    const told = await compareInstances(world.all)
    expect(told).toHaveLength(2)
    expect(told.join('\n')).toContain('a.test: following_count of')
    expect(told.join('\n')).toMatch(/^follows .*: [bc]\.test has it, a\.test does not$/m)
    await world.a.ctx.db('follows').insert(follow)
  })
})
