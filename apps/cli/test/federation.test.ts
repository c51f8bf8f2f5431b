import { recordEvent } from '@anancus/core/domain/federation'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { peekQueues } from '@anancus/core/testing/drain-queues'
import { resetDatabase } from '@anancus/core/testing/reset'
import { run } from './support/run.ts'

let ctx: TestContext
beforeAll(async () => {
  ctx = await testContext()
})
beforeEach(() => resetDatabase(ctx))
afterAll(() => closeTestContext(ctx))

const NOTE = 'https://social.test/users/alice/statuses/1'
const delivery = {
  direction: 'out',
  host: 'far.example',
  activity: `${NOTE}/activity`,
  type: 'Create',
  actor: 'https://social.test/users/alice',
  inbox: 'https://far.example/inbox',
  checks: [
    { check: 'answered', passed: true },
    { check: 'accepted', passed: false, reason: 'status_503', detail: 'answered 503' },
  ],
  outcome: 'retrying',
  answer: 503,
  retry: { attempt: 3, attempts: 16, inSeconds: 96 },
  replay: { kind: 'delivery', bodyId: '5', inboxUrl: 'https://far.example/inbox', signerId: '7' },
} as const

describe('federation why', () => {
  it.each([NOTE, `${NOTE}/activity`, 'https://far.example/inbox', 'far.example', '@carol@far.example'])(
    'says of %s what became of it, and when it is tried again',
    async (about) => {
      await recordEvent(ctx, delivery)
      const { said } = await run(ctx, `federation why ${about}`)
      expect(said[0]).toMatch(/→ far\.example Create retrying \(503\)$/)
      expect(said.join('\n')).toContain('✗ accepted: status_503 (answered 503)')
      expect(said.join('\n')).toContain('try 3 of 16; the next one in 96 s or later')
    },
  )

  it('knows nothing of what never came', async () => {
    await recordEvent(ctx, delivery)
    const { said } = await run(ctx, 'federation why near.example')
    expect(said).toEqual(['The recorder knows nothing of it: it never came, or made room for others.'])
  })

  it('chooses by direction and outcome, and tells programs in JSON', async () => {
    await recordEvent(ctx, delivery)
    await recordEvent(ctx, { ...delivery, direction: 'in', outcome: 'processed', checks: [], retry: null })
    const outcomes = async (line: string) =>
      (await run(ctx, `federation why far.example --json ${line}`)).said.map(
        (text) => JSON.parse(text).outcome,
      )
    expect((await outcomes('-n 5')).sort()).toEqual(['processed', 'retrying'])
    expect(await outcomes('--incoming')).toEqual(['processed'])
    expect(await outcomes('--outgoing')).toEqual(['retrying'])
    expect(await outcomes('--failed')).toEqual(['retrying'])
  })
})

describe('federation replay', () => {
  it('puts a delivery back into the queue', async () => {
    await recordEvent(ctx, delivery)
    const { said } = await run(ctx, 'federation why far.example')
    const command = said.find((line) => line.includes('replay: '))?.split('replay: ')[1] ?? ''
    expect((await run(ctx, command)).said).toEqual(['OK, it is in the queue'])
    expect(await peekQueues(ctx)).toEqual([
      {
        name: 'federation.deliver',
        payload: { bodyId: '5', inboxUrl: 'https://far.example/inbox', signerId: '7' },
      },
    ])
    expect((await run(ctx, 'federation replay failed/9-9')).exitCode).not.toBe(0)
  })
})
