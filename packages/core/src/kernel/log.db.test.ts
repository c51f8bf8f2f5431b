import { factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../testing/context.ts'
import { createLogger } from './log.ts'

let ctx: TestContext
let lines: string
const log = createLogger({ level: 'debug', name: 'test' }, { write: (line) => void (lines += line) })

beforeAll(async () => {
  ctx = await testContext()
})
afterAll(() => closeTestContext(ctx))
beforeEach(() => {
  lines = ''
})

describe('SEC-INFO-01 the log', () => {
  it('masks secrets by their name, at the top and below', () => {
    log.info({ password: 'canary', request: { token: 'canary', headers: { authorization: 'canary' } } })
    expect(lines).toContain('[FILTERED]')
    expect(lines).not.toContain('canary')
  })

  it('says why a statement failed, and nothing of what it was to write', async () => {
    const { account } = await factories(ctx.db).user({ email: 'canary@example.org' })
    const failures = [
      // A unique index, a missing value, a value too long: Postgres repeats the row in the first two.
      () => factories(ctx.db).user({ email: 'canary@example.org' }),
      () =>
        ctx.db('statuses').insert({ account_id: account.id, text: 'canary', uri: null, visibility: null }),
      () =>
        ctx.db('users').insert({
          account_id: account.id,
          email: 'other',
          encrypted_password: 'canary',
          locale: null,
          disabled: null,
        }),
      () => ctx.db.raw('select canary_column from users where email = ?', ['canary@example.org']),
    ]
    for (const fail of failures) {
      const error = await fail().then(
        () => null,
        (reason: unknown) => reason as Error,
      )
      expect(error).toBeInstanceOf(Error)
      log.error({ error }, 'failed')
      // What BullMQ keeps of a failed job.
      lines += error?.message
    }
    expect(lines.match(/"reason":"(23505|23502|42703)"/g)).toHaveLength(4)
    expect(lines).toContain('duplicate key value violates unique constraint')
    expect(lines.replaceAll('canary_column', '')).not.toContain('canary')
  })
})
