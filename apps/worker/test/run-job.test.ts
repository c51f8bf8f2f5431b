import { sendMailJob } from '@anancus/core/jobs'
import { PermanentJobError } from '@anancus/core/kernel/errors'
import { createLogger } from '@anancus/core/kernel/log'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import type { Job } from 'bullmq'
import type { Handlers } from '../src/handlers/index.ts'
import { runJob } from '../src/run-job.ts'

let ctx: TestContext
let log: string

beforeAll(async () => {
  const logger = createLogger({ level: 'debug', name: 'test' }, { write: (line) => void (log += line) })
  ctx = await testContext({ log: logger })
})
beforeEach(() => {
  log = ''
})
afterAll(() => closeTestContext(ctx))

function run(payload: object, handle: () => Promise<unknown>): Promise<void> {
  const handlers = new Map([[sendMailJob.name, async () => ({ handle })]]) as unknown as Handlers
  const job = {
    id: '1',
    name: sendMailJob.name,
    data: payload,
    attemptsMade: 0,
    opts: {},
    queueName: 'mailers',
  }
  return runJob(ctx, handlers, job as unknown as Job)
}

describe('SEC-INFO-01 the log of a failed job', () => {
  it('says what it was about, and nothing that somebody wrote or where they get mail', async () => {
    const payload = {
      userId: '42',
      template: 'welcome',
      inboxUrl: 'https://far.example/inbox',
      data: '{"email":"a@canary.example"}',
      email: 'canary@example.org',
      text: 'canary in words',
      body: { content: 'canary' },
      list: ['canary', 'canary'],
    }
    const fail = async () => {
      throw new PermanentJobError('no such mail')
    }
    await expect(run(payload, fail)).rejects.toThrow('no such mail')
    expect(log).toContain('"userId":"42","template":"welcome","inboxUrl":"https://far.example/inbox"')
    expect(log).toContain('job given up')
    expect(log).not.toContain('canary')
  })

  it('says of one that is done nothing but that', async () => {
    await run({ text: 'canary' }, async () => 'canary')
    expect(log).toContain('job done')
    expect(log).not.toContain('canary')
  })
})
