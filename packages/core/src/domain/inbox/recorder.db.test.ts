import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type RemoteActor } from '../../../testing/remote.ts'
import { readEvents, replayEvent } from '../federation/index.ts'

const world = useFederation(['far'])
let carol: RemoteActor

beforeEach(() => {
  carol = world.host('far').actor('carol')
})

const events = () => readEvents(world.ctx, { direction: 'in' })
const note = (more: Record<string, unknown>) =>
  activity(
    carol,
    'Create',
    {
      id: `${carol.uri}/statuses/1`,
      type: 'Note',
      attributedTo: carol.uri,
      content: '<p>a secret</p>',
      ...more,
    },
    more,
  )

describe('what comes in', () => {
  it('is recorded at the door and after it', async () => {
    await world.met(carol)
    const follow = activity(carol, 'Follow', world.uriOf(world.alice.account))
    await deliver(world.ctx, carol, follow)
    const about = await readEvents(world.ctx, { about: String(follow.id) })
    expect(about.map(({ outcome, answer }) => [outcome, answer])).toEqual([
      ['processed', null],
      ['taken', 202],
    ])
    expect(about[1]?.checks.map(({ check }) => check)).toContain('signature')
    expect(about[0]).toMatchObject({ host: world.host('far').host, type: 'Follow', actor: carol.uri })
  })

  it('does not say of a signature that it was checked where the worker is to do it', async () => {
    await knock(world.ctx, carol, activity(carol, 'Follow', world.uriOf(world.alice.account)))
    const [event] = await events()
    expect(event?.outcome).toBe('taken')
    expect(event?.checks.map(({ check }) => check)).not.toContain('signature')
  })

  it('is refused with the check that failed and those that passed before', async () => {
    await knock(world.ctx, carol, note({}), { date: new Date('2020-01-01') }).catch(() => {})
    const [event] = await events()
    expect(event).toMatchObject({ outcome: 'refused', answer: 401, replay: null })
    expect(event?.checks).toEqual([
      { check: 'size', passed: true },
      { check: 'json', passed: true },
      { check: 'signature_form', passed: true },
      { check: 'signed_parts', passed: true },
      { check: 'host', passed: true },
      {
        check: 'time',
        passed: false,
        reason: 'signature_date_outside_window',
        detail: 'Signed request date outside acceptable time window',
      },
    ])
  })

  it('is kept whole and can be replayed only where it was for everybody and did not go well', async () => {
    await world.met(carol)
    await deliver(world.ctx, carol, note({ to: [PUBLIC] }))
    const [event] = await events()
    expect(event).toMatchObject({
      outcome: 'ignored',
      checks: [{ check: 'rules', passed: false, reason: 'concerns_nobody_here' }],
    })
    await world.make.follow({
      account: world.alice.account,
      target: (await world.accountOf(carol)) as never,
    })
    await replayEvent(world.ctx, event?.id ?? '')
    expect(await peekQueues(world.ctx)).toHaveLength(1)
    await drainQueues(world.ctx)
    expect(await world.statusAt(`${carol.uri}/statuses/1`)).toBeDefined()
  })

  it('leaves nothing of a letter in the recorder', async () => {
    await world.met(carol)
    await deliver(world.ctx, carol, note({ to: [`${carol.uri}/followers`] }))
    await deliver(world.ctx, carol, { ...note({ to: [carol.uri] }), to: [PUBLIC] })
    const [first] = await events()
    expect(first?.outcome).toBe('ignored')
    expect(JSON.stringify(await events())).not.toContain('secret')
    await expect(replayEvent(world.ctx, first?.id ?? '')).rejects.toMatchObject({ status: 422 })
  })

  it('is a sign of life of a server that was given up, even where the worker looks up its key', async () => {
    await world.ctx.db('unavailable_domains').insert({ domain: world.host('far').host })
    await deliver(world.ctx, carol, activity(carol, 'Follow', world.uriOf(world.alice.account)))
    expect(await world.count('unavailable_domains')).toBe(0)
  })
})
