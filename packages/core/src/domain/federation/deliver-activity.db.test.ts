import { countStatements } from '../../../testing/count-statements.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { useFederation } from '../../../testing/federation.ts'
import { type Remote, redirect, reply, silence } from '../../../testing/remote.ts'
import { fixedClock } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { deliverActivity, readEvents, replayEvent, sendActivity } from './index.ts'

const world = useFederation(['far', 'other'])
let ctx: Ctx
let far: Remote

beforeEach(() => {
  ;({ ctx } = world)
  far = world.host('far')
})

const note = { id: 'https://social.test/1', type: 'Create', actor: 'https://social.test/users/alice' }

/** Sends `activity` and gives what the job of the delivery would get. */
async function sent(inbox: string, activity: Record<string, unknown> = note) {
  const [row] = await ctx
    .db('activity_bodies')
    .insert({ digest: String(Math.random()), body: JSON.stringify(activity) })
    .returning('id')
  return { bodyId: String(row.id), inboxUrl: inbox, signerId: world.alice.account.id }
}

const outcome = async (inbox: string, activity?: Record<string, unknown>, context = ctx) =>
  deliverActivity(context, await sent(inbox, activity)).then(
    () => 'delivered',
    (error) => error,
  )

describe('sending', () => {
  it('stores the body once and a job for each inbox, in two statements', async () => {
    const inboxes = Array.from({ length: 50 }, (_, n) => `https://${n}.example/inbox`)
    const again = [...inboxes, ...inboxes, '', 'no url', `${ctx.config.baseUrl}/inbox`]
    const { count } = await countStatements(() =>
      sendActivity(ctx, { signer: world.alice.account, activity: note, inboxes: again }),
    )
    expect(count).toBe(2)
    expect(await peekQueues(ctx)).toHaveLength(50)
    const [body] = await ctx.db('activity_bodies').select('body')
    expect(JSON.parse(body.body)).toEqual({ '@context': 'https://www.w3.org/ns/activitystreams', ...note })
  })

  it('leaves nothing behind when its transaction fails', async () => {
    const failing = transaction(ctx, async (tx) => {
      await sendActivity(tx, { signer: world.alice.account, activity: note, inboxes: ['https://x.example/'] })
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await peekQueues(ctx)).toEqual([])
    expect(await world.count('job_outbox')).toBe(0)
  })
})

describe('a delivery', () => {
  it('is a signed POST of the stored body', async () => {
    const carol = far.actor('carol')
    const { count } = await countStatements(async () => {
      expect(await outcome(carol.inbox)).toBe('delivered')
    })
    expect(count).toBeLessThanOrEqual(3) // one makes the body of this test
    expect(far.received).toEqual([note])
    const [request] = far.requests
    expect(request?.headers).toMatchObject({
      'content-type': 'application/activity+json',
      host: far.host,
      digest: expect.stringMatching(/^SHA-256=/),
      signature: expect.stringContaining('headers="host date digest content-type (request-target)"'),
    })
  })

  it.each([200, 201, 202, 204])('is done with %d', async (status) => {
    far.serve('/inbox', reply({ status, body: '' }))
    expect(await outcome(far.url('/inbox'))).toBe('delivered')
  })

  it.each([400, 403, 404, 405, 406, 410, 413, 422, 501])('is given up with %d', async (status) => {
    far.serve('/inbox', reply({ status }))
    expect(await outcome(far.url('/inbox'))).toMatchObject({ name: 'PermanentJobError' })
  })

  it.each([301, 302, 401, 408, 429, 500, 502, 503, 504])('is tried again with %d', async (status) => {
    far.serve('/inbox', reply({ status, headers: { location: far.url('/elsewhere') } }))
    expect(await outcome(far.url('/inbox'))).toMatchObject({
      name: 'RemoteServerError',
      retryable: true,
      status,
    })
    // With 401 the other kind of signature is tried at once.
    expect(far.requests).toHaveLength(status === 401 ? 2 : 1)
  })

  it.each([
    ['120', 120],
    ['999999', 21_600],
    ['0', undefined],
    ['soon', undefined],
  ])('waits as long as Retry-After: %s says, within reason', async (header, expected) => {
    far.serve('/inbox', reply({ status: 429, headers: { 'retry-after': header } }))
    expect((await outcome(far.url('/inbox'))).retryAfterSeconds).toBe(expected)
  })

  it('lets an inbox alone that asked for it, whatever else is to go there, without counting a try', async () => {
    far.serve('/inbox', reply({ status: 503, headers: { 'retry-after': '600' } }))
    await outcome(far.url('/inbox'))
    const next = await outcome(far.url('/inbox'))
    expect(next).toMatchObject({ name: 'DeferredJobError' })
    expect(next.delayMs).toBeGreaterThan(590_000)
    expect(far.requests).toHaveLength(1)
  })

  it('is done when the status says so, however much follows', async () => {
    far.serve('/inbox', (_request, response) => {
      response.writeHead(202)
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', pour)
      pour()
      return undefined
    })
    expect(await outcome(far.url('/inbox'))).toBe('delivered')
  })

  it('to a host that does not answer runs alone, and the others wait for their turn', async () => {
    far.serve('/inbox', silence())
    const impatient = {
      ...ctx,
      http: {
        ...ctx.http,
        request: (request: Parameters<typeof ctx.http.request>[0]) =>
          ctx.http.request({ ...request, deadlineMs: 300 }),
      },
    }
    const many = async () =>
      Promise.all(Array.from({ length: 12 }, () => outcome(far.url('/inbox'), note, impatient)))
    const names = (results: { name: string }[]) => results.map(({ name }) => name).sort()
    const first = names(await many())
    expect(first.filter((name) => name === 'DeferredJobError')).toHaveLength(4) // eight at once: it has answered before
    const second = names(await many())
    expect(second.filter((name) => name === 'DeferredJobError')).toHaveLength(11)
    const carol = far.actor('carol')
    expect(await outcome(carol.inbox)).toBe('delivered')
  })

  it('reads a date in Retry-After', async () => {
    const clock = fixedClock('2026-06-01T12:00:00Z')
    far.serve('/inbox', reply({ status: 503, headers: { 'retry-after': 'Mon, 01 Jun 2026 12:01:00 GMT' } }))
    expect((await outcome(far.url('/inbox'), note, { ...ctx, clock })).retryAfterSeconds).toBe(60)
  })

  it('401 is final when the signer is suspended', async () => {
    far.serve('/inbox', reply({ status: 401 }))
    await ctx.db('accounts').where({ id: world.alice.account.id }).update({ suspended_at: new Date() })
    expect(await outcome(far.url('/inbox'))).toMatchObject({ name: 'PermanentJobError' })
  })

  it.each([
    'http://localhost:5432/',
    'http://127.0.0.1:6379/',
    'http://169.254.169.254/x',
    'file:///etc/passwd',
    'nonsense',
  ])('SEC-SSRF-07 to %s ends for good, and connects to nothing', async (inbox) => {
    expect(await outcome(inbox)).toMatchObject({ name: 'PermanentJobError' })
  })

  it('SEC-SSRF-07 that is sent inwards by a redirect stays out', async () => {
    far.serve('/inbox', redirect('http://127.0.0.1:6379/', 307))
    expect(await outcome(far.url('/inbox'))).toMatchObject({ name: 'RemoteServerError' })
    expect(far.requests).toHaveLength(1)
  })

  it('SEC-DOS-09 to a silent server ends at the deadline', async () => {
    far.serve('/inbox', silence())
    const impatient = {
      ...ctx,
      http: {
        ...ctx.http,
        request: (request: Parameters<typeof ctx.http.request>[0]) =>
          ctx.http.request({ ...request, deadlineMs: 300 }),
      },
    }
    expect(await outcome(far.url('/inbox'), note, impatient)).toMatchObject({ retryable: true })
  })

  it('whose body or signer is gone ends quietly', async () => {
    const carol = far.actor('carol')
    const payload = await sent(carol.inbox)
    await deliverActivity(ctx, { ...payload, bodyId: '0' })
    await deliverActivity(ctx, { ...payload, signerId: '1' })
    expect(far.received).toEqual([])
  })

  it('to a blocked server is not made', async () => {
    const carol = far.actor('carol')
    await ctx.db('domain_blocks').insert({ domain: 'far.localhost', severity: 1 })
    expect(await outcome(carol.inbox)).toBe('delivered')
    expect(far.received).toEqual([])
  })

  it.each(['Undo', 'Reject'])('to a blocked server is made where it ends a follow (%s)', async (type) => {
    const carol = far.actor('carol')
    await ctx.db('domain_blocks').insert({ domain: 'far.localhost', severity: 1 })
    const activity = { id: `https://social.test/${type}`, type, object: { type: 'Follow' } }
    expect(await outcome(carol.inbox, activity)).toBe('delivered')
    expect(far.received).toEqual([activity])
  })
})

describe('the flight recorder', () => {
  const letter = { ...note, to: [`${'https://far.example'}/users/carol`], object: { content: 'a secret' } }
  const last = async (about?: string) => {
    const [event] = await readEvents(ctx, about === undefined ? {} : { about })
    return event
  }

  it('knows what was delivered, and nothing of what was in it', async () => {
    const carol = far.actor('carol')
    await outcome(carol.inbox, letter)
    expect(await last(note.id)).toMatchObject({
      direction: 'out',
      host: far.host,
      activity: note.id,
      type: 'Create',
      inbox: carol.inbox,
      outcome: 'delivered',
      answer: 202,
      retry: null,
    })
    expect(JSON.stringify(await last())).not.toContain('secret')
  })

  it('knows why something did not arrive, and when it is tried again', async () => {
    far.serve('/inbox', reply({ status: 503, headers: { 'retry-after': '120' } }))
    await deliverActivity(ctx, await sent(far.url('/inbox')), { attempt: 2, attempts: 16 }).catch(() => {})
    expect(await last('far.localhost')).toBeUndefined() // another port is another host
    expect(await last(far.host)).toMatchObject({
      outcome: 'retrying',
      answer: 503,
      retry: { attempt: 2, attempts: 16, inSeconds: 120 },
      checks: [
        { check: 'body_kept', passed: true },
        { check: 'host_available', passed: true },
        { check: 'host_allowed', passed: true },
        { check: 'answered', passed: true },
        { check: 'accepted', passed: false, reason: 'status_503' },
      ],
    })
  })

  it('tells what was given up from what nobody waited for', async () => {
    far.serve('/inbox', reply({ status: 403 }))
    await outcome(far.url('/inbox'))
    expect(await last()).toMatchObject({ outcome: 'given_up', answer: 403 })
    await ctx.db('domain_blocks').insert({ domain: 'far.localhost', severity: 1 })
    await outcome(far.url('/inbox'))
    const event = await last()
    expect(event).toMatchObject({ outcome: 'dropped', answer: null })
    expect(event?.checks.at(-1)).toEqual({ check: 'host_allowed', passed: false, reason: 'domain_blocked' })
  })

  it('does a delivery again', async () => {
    far.serve('/inbox', reply({ status: 403 }))
    await outcome(far.url('/inbox'))
    const event = await last()
    await replayEvent(ctx, event?.id ?? '')
    expect(await peekQueues(ctx)).toMatchObject([
      { name: 'federation.deliver', payload: { inboxUrl: far.url('/inbox') } },
    ])
    await expect(replayEvent(ctx, 'failed/1-1')).rejects.toMatchObject({ status: 404 })
    await expect(replayEvent(ctx, '../1-1')).rejects.toMatchObject({ status: 404 })
  })

  it('keeps no more than the setting says, and nothing at 0', async () => {
    const carol = far.actor('carol')
    const limited = (limit: number) => ({
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, FLIGHT_RECORDER_LIMIT: limit } },
    })
    for (let n = 0; n < 5; n++) await outcome(carol.inbox, note, limited(0))
    expect(await readEvents(ctx, {})).toEqual([])
    for (let n = 0; n < 5; n++) await outcome(carol.inbox, note, limited(6))
    expect(await readEvents(ctx, {})).toHaveLength(2) // a third of them may be of what went well
  })
})

describe('a server that does not answer', () => {
  const failing = () => far.serve('/inbox', reply({ status: 500 }))

  it('gets a pause after ten failures, which a sign of life ends', async () => {
    failing()
    for (let n = 0; n < 10; n++) await outcome(far.url('/inbox'))
    far.requests.length = 0
    const paused = await outcome(far.url('/inbox'))
    expect(paused).toMatchObject({ name: 'DeferredJobError', delayMs: expect.any(Number) })
    expect(far.requests).toEqual([])
    const carol = far.actor('carol')
    expect(await outcome(carol.inbox)).toBe('delivered')
  })

  it('counts as gone after failures on seven days, and is spared everything but what people do', async () => {
    failing()
    const clock = fixedClock('2026-06-01T12:00:00Z')
    for (let day = 0; day < 7; day++) {
      expect(await world.count('unavailable_domains')).toBe(0)
      await outcome(far.url('/inbox'), note, { ...ctx, clock })
      if (day === 0) await outcome(far.url('/inbox'), note, { ...ctx, clock })
      clock.advance(24 * 60 * 60 * 1000)
    }
    expect(await ctx.db('unavailable_domains').select('domain')).toEqual([{ domain: far.host }])
    const carol = far.actor('carol')
    expect(await outcome(carol.inbox)).toBe('delivered')
    expect(far.received).toEqual([])
    expect(await outcome(carol.inbox, { ...note, type: 'Follow' })).toBe('delivered')
    expect(far.received).toHaveLength(1)
    expect(await world.count('unavailable_domains')).toBe(0)
  })

  it('a final refusal is a sign of life', async () => {
    await ctx.db('unavailable_domains').insert({ domain: far.host })
    far.serve('/inbox', reply({ status: 403 }))
    await outcome(far.url('/inbox'), { ...note, type: 'Follow' })
    expect(await world.count('unavailable_domains')).toBe(0)
  })

  it('SEC-DOS-08 every key it leaves behind expires', async () => {
    failing()
    for (let n = 0; n < 11; n++) await outcome(far.url('/inbox'))
    const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}*deliver*`)
    expect(keys.length).toBeGreaterThan(1)
    for (const key of keys) expect(await ctx.redis.ttl(key)).toBeGreaterThan(0)
  })
})
