import type { PollRow, StatusRow } from '@anancus/db'
import type { Factories } from '@anancus/db/testing/make'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, type Remote, type RemoteActor } from '../../../testing/remote.ts'
import { sentActivities } from '../../../testing/sent-activities.ts'
import { renderPoll } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { receiveVote, voteInPoll } from '../interactions/index.ts'
import { endPoll, getPoll, publishStatus, refreshPoll } from '../statuses/index.ts'

const world = useFederation(['far', 'other'])
const { uriOf, noteUri, accountOf, statusAt, count } = world
let ctx: Ctx
let make: Factories
let alice: Viewer
let far: Remote
let carol: RemoteActor

beforeEach(() => {
  ;({ ctx, make, alice } = world)
  far = world.host('far')
  carol = far.actor('carol')
})

const pollRow = (): Promise<PollRow> => ctx.db('polls').first()
const setEnd = (milliseconds: number) =>
  ctx.db('polls').update({ expires_at: new Date(Date.now() + milliseconds) })

describe('a poll of ours', () => {
  let status: StatusRow
  let name = 0
  const begin = async (change: object = {}, visibility = 'public') => {
    const poll = { options: ['tea', 'coffee'], expiresIn: '600', ...change }
    status = await publishStatus(ctx, alice.account, { status: 'Which?', poll, visibility })
  }
  const ballot = (actor: RemoteActor, option: string, more: object = {}) => {
    const { content: _content, ...note } = far.note(actor, { id: `${actor.uri}#votes/${++name}` })
    const inReplyTo = noteUri(status, alice.account)
    return activity(actor, 'Create', { ...note, name: option, inReplyTo, to: uriOf(alice.account), ...more })
  }

  it('goes out as a question', async () => {
    await world.met(carol)
    const follower = await accountOf(carol)
    await make.follow({ account: follower as never, target: alice.account })
    await begin({ multiple: true })
    await drainQueues(ctx, { ignore: ['statuses.end_poll'] })
    const question = far.received.map((item) => item as { object?: object }).at(-1)?.object
    expect(question).toMatchObject({
      type: 'Question',
      anyOf: [
        { type: 'Note', name: 'tea', replies: { type: 'Collection', totalItems: 0 } },
        { type: 'Note', name: 'coffee', replies: { type: 'Collection', totalItems: 0 } },
      ],
      endTime: expect.stringMatching(/Z$/),
      votersCount: 0,
    })
    expect(question).not.toHaveProperty('closed')
  })

  it('SEC-FED-06 counts a vote once and never shows it as a status', async () => {
    await begin()
    for (const option of ['coffee', 'coffee', 'tea', 'water'])
      await deliver(ctx, carol, ballot(carol, option))
    await deliver(ctx, carol, ballot(carol, 'tea', { content: '<p>tea</p>' }))
    expect(await pollRow()).toMatchObject({
      cached_tallies: ['0', '1'],
      votes_count: '1',
      voters_count: '1',
    })
    expect([await count('statuses'), await count('poll_votes')]).toEqual([1, 1])
  })

  it('counts several choices of one voter, also in one activity, and the voter once', async () => {
    await begin({ multiple: true })
    const [one, two] = [ballot(carol, 'tea'), ballot(carol, 'coffee')]
    await deliver(ctx, carol, { ...one, object: [one.object, two.object] })
    const dave = far.actor('dave')
    await deliver(ctx, dave, ballot(dave, 'tea'))
    expect(await pollRow()).toMatchObject({ cached_tallies: ['2', '1'], votes_count: '3', voters_count: '2' })
  })

  it('SEC-FED-06 swallows votes after the end, and of those who do not see it', async () => {
    await begin()
    await setEnd(-1000)
    await deliver(ctx, carol, ballot(carol, 'tea'))
    await ctx.db('statuses').del()
    await begin({}, 'private')
    await deliver(ctx, carol, ballot(carol, 'tea'))
    expect([await count('statuses'), await count('poll_votes')]).toEqual([1, 0])
  })

  it('tells of new counts once in a while, in an Update that is no edit', async () => {
    await begin()
    const { id } = await pollRow()
    for (const actor of [carol, far.actor('dave')])
      await receiveVote(ctx, await world.met(actor), { id }, { name: 'tea', uri: `${actor.uri}#votes/1` })
    const waiting = (await peekQueues(ctx)).filter((job) => job.name === 'statuses.send_poll_update')
    expect(waiting).toHaveLength(1)
    far.received.length = 0
    await drainQueues(ctx, { ignore: ['statuses.end_poll', 'statuses.distribute'] })
    const updates = far.received.filter(({ type }) => type === 'Update') as unknown as {
      id: string
      object: Record<string, unknown>
    }[]
    // One for each inbox; these two share none.
    expect(new Set(updates.map(({ id }) => id)).size).toBe(1)
    expect(updates[0]).toMatchObject({
      id: expect.stringMatching(/#updates\/\d+$/),
      to: [PUBLIC],
      object: { type: 'Question', votersCount: 2, oneOf: [{ replies: { totalItems: 2 } }, {}] },
    })
    expect(updates[0]).not.toHaveProperty('cc')
    expect(updates[0]?.object).not.toHaveProperty('updated')
  })

  it('keeps hidden counts to itself until the end, and then tells all', async () => {
    await begin({ hideTotals: true })
    await deliver(ctx, carol, ballot(carol, 'tea'))
    expect((await peekQueues(ctx)).map((job) => job.name)).not.toContain('statuses.send_poll_update')
    const bob = await make.viewer()
    await voteInPoll(ctx, bob, (await pollRow()).id, ['1'])
    await setEnd(-1000)
    far.received.length = 0
    await endPoll(ctx, { pollId: (await pollRow()).id })
    await endPoll(ctx, { pollId: (await pollRow()).id })
    await drainQueues(ctx, { ignore: ['statuses.distribute'] })
    const told = await ctx.db('notifications').where({ type: 'poll' }).pluck('account_id')
    expect(told.sort()).toEqual([alice.account.id, bob.account.id].sort())
    const question = (far.received.at(-1) as { object?: object }).object
    expect(question).toMatchObject({
      closed: expect.stringMatching(/Z$/),
      oneOf: [{ replies: { totalItems: 1 } }, { replies: { totalItems: 1 } }],
    })
  })

  it('tells nothing when its job comes before the end', async () => {
    await begin()
    await drainQueues(ctx, { ignore: ['statuses.distribute'] })
    expect(await count('notifications')).toBe(0)
  })
})

describe('a poll of another server', () => {
  const question = (change: object = {}) =>
    far.note(carol, {
      id: `${carol.uri}/polls/1`,
      type: 'Question',
      oneOf: ['tea', 'coffee'].map((name) => ({ type: 'Note', name, replies: { totalItems: 1 } })),
      endTime: new Date(Date.now() + 600_000).toISOString(),
      votersCount: 2,
      to: [PUBLIC],
      cc: [carol.followers],
      ...change,
    })
  const receive = async (note: ReturnType<typeof question>) => {
    await world.followed(carol)
    await deliver(ctx, carol, activity(carol, 'Create', note))
    await drainQueues(ctx)
    return (await statusAt(note.id)) as StatusRow
  }

  it('is told of a vote, by a note without content', async () => {
    const status = await receive(question())
    await voteInPoll(ctx, alice, status.poll_id as string, ['1'])
    const [sent] = await sentActivities(ctx)
    const actor = uriOf(alice.account)
    expect(sent?.activity).toMatchObject({
      id: expect.stringMatching(/#votes\/\d+\/activity$/),
      type: 'Create',
      actor,
      to: carol.uri,
      object: { type: 'Note', name: 'coffee', attributedTo: actor, inReplyTo: status.uri, to: carol.uri },
    })
    expect(sent?.activity.object).not.toHaveProperty('content')
    expect(await renderPoll(ctx, alice, status.id)).toMatchObject({
      voted: true,
      own_votes: [1],
      votes_count: 3,
      voters_count: 3,
    })
  })

  it('SEC-FED-06 takes counts from its own server, never below our own votes', async () => {
    const note = question()
    const status = await receive(note)
    await voteInPoll(ctx, alice, status.poll_id as string, ['1'])
    const told = note.oneOf as { name: string }[]
    const totals = [7, 0]
    const oneOf = told.map((option, index) => ({ ...option, replies: { totalItems: totals[index] } }))
    await deliver(ctx, carol, activity(carol, 'Update', { ...note, oneOf, votersCount: 0 }))
    expect(await pollRow()).toMatchObject({
      cached_tallies: ['7', '1'],
      votes_count: '8',
      voters_count: '1',
    })
    expect((await statusAt(note.id))?.edited_at).toBeNull()
    const mallory = world.host('other').actor('mallory')
    await deliver(ctx, mallory, activity(mallory, 'Update', { ...note, votersCount: 99 }))
    expect((await pollRow()).voters_count).toBe('1')
  })

  it('tells voters of ours when it is over', async () => {
    const note = question()
    const status = await receive(note)
    await voteInPoll(ctx, alice, status.poll_id as string, ['0'])
    const closed = new Date(Date.now() - 1000).toISOString()
    await deliver(ctx, carol, activity(carol, 'Update', { ...note, endTime: closed, closed }))
    await drainQueues(ctx, { ignore: ['federation.deliver'] })
    expect(await ctx.db('notifications').where({ type: 'poll' }).first()).toMatchObject({
      account_id: alice.account.id,
      from_account_id: status.account_id,
      activity_type: 'Poll',
    })
  })

  it('is fetched anew when it is looked at, at most once a minute', async () => {
    const note = question()
    const status = await receive(note)
    far.note(carol, { ...note, votersCount: 5 })
    const look = async () => refreshPoll(ctx, alice, await getPoll(ctx, alice, status.poll_id as string))
    await look()
    expect((await pollRow()).voters_count).toBe('2')
    await ctx.db('polls').update({ last_fetched_at: new Date(Date.now() - 120_000) })
    await look()
    await look()
    expect((await pollRow()).voters_count).toBe('5')
    expect(far.requests).toHaveLength(1)
  })
})
