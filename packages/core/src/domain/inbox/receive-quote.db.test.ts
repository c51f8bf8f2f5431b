import type { AccountRow, QuoteRow, StatusRow } from '@anancus/db'
import { deliver } from '../../../testing/deliver.ts'
import { drainQueues } from '../../../testing/drain-queues.ts'
import { PUBLIC, useFederation } from '../../../testing/federation.ts'
import { activity, gone, type Remote, type RemoteActor, reply } from '../../../testing/remote.ts'
import { renderStatus } from '../../entities/index.ts'
import type { Quote } from '../../entities/types/index.ts'
import { automaticPolicy } from '../../policies/audiences.ts'
import { publishStatus, refreshQuoteIfStale, revokeQuote } from '../statuses/index.ts'

/** Quotes between servers, both ways: who asks, who answers, and what is believed. */

const world = useFederation(['far', 'other', 'evil'])
let far: Remote
let other: Remote
let evil: Remote
let carol: RemoteActor
let dan: RemoteActor

beforeEach(() => {
  far = world.host('far')
  other = world.host('other')
  evil = world.host('evil')
  carol = far.actor('carol')
  dan = other.actor('dan')
})

const OPEN = automaticPolicy('public')
const open = { canQuote: { automaticApproval: [PUBLIC] } }
const ofAlice = (values: object = {}) =>
  world.make.status({ account: world.alice.account, quote_approval_policy: OPEN, ...values })
const quoteIn = (uri: string) =>
  world
    .statusAt(uri)
    .then((status) =>
      status ? world.ctx.db<QuoteRow>('quotes').where({ status_id: status.id }).first() : undefined,
    )
const shown = async (status: StatusRow | undefined) =>
  status && ((await renderStatus(world.ctx, null, status.id)).quote as Quote | null)
const typesAt = (host: Remote) => host.received.map(({ type }) => type)
const countOf = async (status: StatusRow) =>
  Number((await world.ctx.db('status_stats').where({ status_id: status.id }).first())?.quotes_count ?? 0)

describe('a remote account quotes one of ours', () => {
  const uriOf = (status: StatusRow) => world.noteUri(status, world.alice.account)
  const note = (quoted: StatusRow, more: object = {}) =>
    far.note(carol, { quote: uriOf(quoted), quoteUri: uriOf(quoted), ...more })
  const ask = (quoted: StatusRow, instrument: unknown, more: object = {}) =>
    deliver(world.ctx, carol, activity(carol, 'QuoteRequest', uriOf(quoted), { instrument, ...more }))

  it('is allowed at once: stored, counted, told, answered with an authorisation', async () => {
    const quoted = await ofAlice()
    const quoting = note(quoted)
    await ask(quoted, quoting)
    const quote = await quoteIn(quoting.id)
    expect(quote).toMatchObject({ state: 1, quoted_status_id: quoted.id, approval_uri: null })
    expect(await countOf(quoted)).toBe(1)
    expect(far.received).toEqual([
      expect.objectContaining({
        type: 'Accept',
        object: expect.objectContaining({
          type: 'QuoteRequest',
          instrument: quoting.id,
          object: uriOf(quoted),
        }),
        result: `${world.uriOf(world.alice.account)}/quote_authorizations/${quote?.id}`,
      }),
    ])
    expect(await world.ctx.db('notifications').select('type', 'activity_id')).toEqual([
      { type: 'quote', activity_id: quote?.id },
    ])
    expect(await shown(await world.statusAt(quoting.id))).toMatchObject({ state: 'accepted' })
  })

  it('is allowed when the status came before, or is named only; asking again answers again and counts once', async () => {
    await world.followed(carol)
    const quoted = await ofAlice()
    const quoting = note(quoted)
    await deliver(world.ctx, carol, activity(carol, 'Create', quoting))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, quoted_status_id: quoted.id })
    expect(await shown(await world.statusAt(quoting.id))).toEqual({ state: 'pending', quoted_status: null })
    await ask(quoted, quoting.id)
    await ask(quoted, quoting.id)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 1 })
    expect(typesAt(far)).toEqual(['Accept', 'Accept'])
    expect(await countOf(quoted)).toBe(1)
    const later = note(quoted)
    await ask(quoted, later.id)
    expect(await quoteIn(later.id)).toMatchObject({ state: 1 })
  })

  it('is refused where the author lets nobody, and by whom the author blocks', async () => {
    const closed = await ofAlice({ quote_approval_policy: 0 })
    await ask(closed, note(closed))
    const quoted = await ofAlice()
    const account = (await world.accountOf(carol)) as AccountRow
    await world.make.block({ account: world.alice.account, target: account })
    await ask(quoted, note(quoted))
    expect(typesAt(far)).toEqual(['Reject', 'Reject'])
    expect(far.received[0]).not.toHaveProperty('result')
    expect(await world.count('quotes')).toBe(0)
    expect(await world.count('notifications')).toBe(0)
  })

  it('rejects what it holds and refuses', async () => {
    await world.followed(carol)
    const closed = await ofAlice({ quote_approval_policy: 0 })
    const quoting = note(closed)
    await deliver(world.ctx, carol, activity(carol, 'Create', quoting))
    await ask(closed, quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 2 })
    expect(await shown(await world.statusAt(quoting.id))).toEqual({ state: 'rejected', quoted_status: null })
  })

  it('is as refused when the status comes after the answer, and may ask again', async () => {
    await world.followed(carol)
    const closed = await ofAlice({ quote_approval_policy: 0 })
    const quoting = note(closed)
    await ask(closed, quoting)
    await deliver(world.ctx, carol, activity(carol, 'Create', quoting))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 2, quoted_status_id: closed.id })
    await world.ctx.db('statuses').where({ id: closed.id }).update({ quote_approval_policy: OPEN })
    await ask(closed, quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 1 })
    expect(typesAt(far)).toEqual(['Reject', 'Accept'])
  })

  it('SEC-ORG-08 SEC-PRIV-07 says nothing about what the asker does not see, and no to a reblog', async () => {
    const hidden = await ofAlice({ visibility: 'private' })
    await ask(hidden, note(hidden))
    expect(far.received).toEqual([])
    const bob = await world.make.account()
    const reblog = await world.make.status({
      account: bob,
      reblogOf: await ofAlice(),
      quote_approval_policy: OPEN,
    })
    const uri = `${world.uriOf(bob)}/statuses/${reblog.id}/activity`
    const quoting = far.note(carol, { quote: uri })
    await deliver(world.ctx, carol, activity(carol, 'QuoteRequest', uri, { instrument: quoting }))
    expect(typesAt(far)).toEqual(['Reject'])
    expect(await world.count('quotes')).toBe(0)
  })

  it('SEC-ORG-06 takes no status that is of another house, by somebody else, or quotes something else', async () => {
    const quoted = await ofAlice()
    const elsewhere = other.note(dan, { quote: uriOf(quoted) })
    await ask(quoted, elsewhere)
    expect(far.received).toEqual([])
    const dora = far.actor('dora')
    await ask(quoted, far.note(dora, { quote: uriOf(quoted) }))
    await ask(quoted, far.note(carol, { quote: uriOf(await ofAlice()) }))
    await ask(quoted, far.note(carol))
    expect(typesAt(far)).toEqual(['Reject', 'Reject', 'Reject'])
    expect(await world.ctx.db('quotes').where({ state: 1 })).toEqual([])
    expect(await world.count('notifications')).toBe(0)
  })

  it('SEC-ORG-07 stands by no authorisation but ours, whatever the status says', async () => {
    await world.followed(carol)
    const quoted = await ofAlice()
    const forged = evil.url('/approvals/1')
    const quoting = note(quoted, { quoteAuthorization: forged })
    evil.serve('/approvals/1', {
      id: forged,
      type: 'QuoteAuthorization',
      attributedTo: world.uriOf(world.alice.account),
      interactingObject: quoting.id,
      interactionTarget: uriOf(quoted),
    })
    await deliver(world.ctx, carol, activity(carol, 'Create', quoting))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, approval_uri: null })
    expect(evil.requests).toEqual([])
  })

  it('can be revoked: its server is told, and asking again does not help', async () => {
    const quoted = await ofAlice()
    const quoting = note(quoted)
    await ask(quoted, quoting)
    const status = (await world.statusAt(quoting.id)) as StatusRow
    far.received.length = 0
    await revokeQuote(world.ctx, world.alice, quoted, status.id)
    await drainQueues(world.ctx)
    const quote = await quoteIn(quoting.id)
    expect(far.received).toEqual([
      expect.objectContaining({
        type: 'Delete',
        object: {
          id: `${world.uriOf(world.alice.account)}/quote_authorizations/${quote?.id}`,
          type: 'QuoteAuthorization',
          attributedTo: world.uriOf(world.alice.account),
          interactingObject: quoting.id,
          interactionTarget: uriOf(quoted),
        },
      }),
    ])
    await ask(quoted, quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 3 })
    expect(typesAt(far)).toEqual(['Delete', 'Reject'])
  })

  it('quotes one of ours without asking, in the older words: kept and not shown', async () => {
    await world.followed(carol)
    const quoted = await ofAlice()
    const quoting = far.note(carol, { _misskey_quote: uriOf(quoted) })
    await deliver(world.ctx, carol, activity(carol, 'Create', quoting))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, legacy: true, quoted_status_id: quoted.id })
    expect(await shown(await world.statusAt(quoting.id))).toBeNull()
  })
})

describe('one of ours quotes a remote status', () => {
  /** Dan's status, known here. */
  async function known(policy: Record<string, unknown> = { interactionPolicy: open }): Promise<StatusRow> {
    await world.followed(dan)
    const note = other.note(dan, policy)
    await deliver(world.ctx, dan, activity(dan, 'Create', note))
    return (await world.statusAt(note.id)) as StatusRow
  }
  async function quoting(): Promise<{
    status: StatusRow
    request: Record<string, unknown>
    quoted: StatusRow
  }> {
    const quoted = await known()
    await world.make.follow({ account: await world.met(carol), target: world.alice.account })
    const status = await publishStatus(world.ctx, world.alice.account, {
      status: 'look',
      quotedStatusId: quoted.id,
    })
    await drainQueues(world.ctx)
    const request = other.received.find(({ type }) => type === 'QuoteRequest') as Record<string, unknown>
    return { status, request, quoted }
  }
  const answer = (type: string, request: Record<string, unknown>, more: object = {}, actor = dan) =>
    deliver(world.ctx, actor, activity(actor, type, request, more as Record<string, unknown>))

  it('asks, and stands when the author accepts: the status is sent anew with its authorisation', async () => {
    const { status, request, quoted } = await quoting()
    expect(request).toMatchObject({
      object: quoted.uri,
      instrument: { id: status.uri, type: 'Note', quote: quoted.uri },
    })
    const stamp = other.url('/approvals/5')
    far.received.length = 0
    await answer('Accept', request, { result: stamp })
    const row = await world.ctx.db('quotes').where({ status_id: status.id }).first()
    expect(row).toMatchObject({ state: 1, approval_uri: stamp })
    expect(await countOf(quoted)).toBe(1)
    expect(await shown(status)).toMatchObject({ state: 'accepted', quoted_status: { id: quoted.id } })
    expect(far.received).toEqual([
      expect.objectContaining({
        type: 'Update',
        object: expect.objectContaining({ quote: quoted.uri, quoteAuthorization: stamp }),
      }),
    ])
    expect((far.received[0]?.object as object) ?? {}).not.toHaveProperty('updated')
    await answer('Accept', request, { result: stamp })
    expect(await countOf(quoted)).toBe(1)
  })

  it('knows the request by what it names, too', async () => {
    const { status, request } = await quoting()
    const { id: _, instrument: __, ...named } = request
    await answer('Accept', { ...named, instrument: status.uri }, { result: other.url('/approvals/5') })
    expect(await world.ctx.db('quotes').first()).toMatchObject({ state: 1 })
  })

  it('SEC-ORG-07 believes nobody but the author, and no authorisation of another house', async () => {
    const { request } = await quoting()
    await answer('Accept', request, { result: evil.url('/approvals/5') })
    await answer('Accept', request, {})
    await answer('Accept', request, { result: evil.url('/approvals/5') }, evil.actor('mallory'))
    await answer('Accept', request, { result: other.url('/approvals/5') }, other.actor('dora'))
    await answer('Reject', request, {}, evil.actor('mallory'))
    expect(await world.ctx.db('quotes').first()).toMatchObject({ state: 0, approval_uri: null })
  })

  it('is rejected, or revoked by a later Reject or by the end of the authorisation', async () => {
    const { status, request, quoted } = await quoting()
    await answer('Reject', request)
    expect(await shown(status)).toEqual({ state: 'rejected', quoted_status: null })
    const stamp = other.url('/approvals/5')
    await answer('Accept', request, { result: stamp })
    expect(await shown(status)).toMatchObject({ state: 'accepted' })
    far.received.length = 0
    await deliver(world.ctx, evil.actor('mallory'), activity(evil.actor('mallory'), 'Delete', stamp))
    expect(await shown(status)).toMatchObject({ state: 'accepted' })
    await deliver(
      world.ctx,
      dan,
      activity(dan, 'Delete', { id: stamp, type: 'QuoteAuthorization', attributedTo: dan.uri }),
    )
    expect(await shown(status)).toEqual({ state: 'revoked', quoted_status: null })
    expect(await countOf(quoted)).toBe(0)
    expect(far.received.at(-1)).toMatchObject({ type: 'Update' })
    expect(far.received.at(-1)?.object).not.toHaveProperty('quoteAuthorization')
    await answer('Accept', request, { result: stamp })
    expect(await shown(status)).toMatchObject({ state: 'revoked' })
  })

  it('quotes nothing whose author does not say that it may', async () => {
    const closed = await known({})
    await expect(
      publishStatus(world.ctx, world.alice.account, { status: 'x', quotedStatusId: closed.id }),
    ).rejects.toThrow('trying to quote')
    const update = { ...other.note(dan, { id: closed.uri, interactionPolicy: open }) }
    await deliver(world.ctx, dan, activity(dan, 'Update', update))
    await publishStatus(world.ctx, world.alice.account, { status: 'x', quotedStatusId: closed.id })
  })

  it('looks after a week whether the authorisation is still there', async () => {
    const { status, request } = await quoting()
    const stamp = other.url('/approvals/5')
    await answer('Accept', request, { result: stamp })
    const fetches = () => other.requests.filter(({ path }) => path === '/approvals/5').length
    await refreshQuoteIfStale(world.ctx, status)
    await drainQueues(world.ctx)
    expect(fetches()).toBe(0)
    const age = () => world.ctx.db('quotes').update({ updated_at: new Date(Date.now() - 8 * 86_400_000) })
    await age()
    other.serve('/approvals/5', reply({ status: 503 }))
    await refreshQuoteIfStale(world.ctx, status)
    await refreshQuoteIfStale(world.ctx, status)
    await expect(drainQueues(world.ctx)).rejects.toThrow('Remote data could not be fetched')
    expect(await shown(status)).toMatchObject({ state: 'accepted' })
    expect(fetches()).toBe(1)
    await age()
    other.serve('/approvals/5', gone())
    await refreshQuoteIfStale(world.ctx, status)
    await drainQueues(world.ctx)
    expect(await shown(status)).toEqual({ state: 'revoked', quoted_status: null })
  })
})

describe('remote accounts quote one another', () => {
  /** Dan's status on its own server, and carol's that quotes it. */
  function pair(stamp: object | null = {}, more: object = {}) {
    const quoted = other.note(dan)
    const uri = other.url('/approvals/1')
    const quoting = far.note(carol, { quote: quoted.id, quoteAuthorization: uri, ...more })
    if (stamp)
      other.serve('/approvals/1', {
        id: uri,
        type: 'QuoteAuthorization',
        attributedTo: dan.uri,
        interactingObject: quoting.id,
        interactionTarget: quoted.id,
        ...stamp,
      })
    return { quoted, quoting, uri }
  }
  const create = async (note: object) => {
    if (!(await world.accountOf(carol))) await world.followed(carol)
    await deliver(world.ctx, carol, activity(carol, 'Create', note))
  }

  it('stands by the authorisation of the quoted author', async () => {
    const { quoted, quoting, uri } = pair()
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 1, approval_uri: uri, legacy: false })
    const status = (await world.statusAt(quoted.id)) as StatusRow
    expect(await countOf(status)).toBe(1)
    expect(await shown(await world.statusAt(quoting.id))).toMatchObject({
      state: 'accepted',
      quoted_status: { uri: quoted.id },
    })
  })

  it.each([
    ['about another quoting status', { interactingObject: 'https://far.example/1' }],
    ['about another quoted status', { interactionTarget: 'https://far.example/1' }],
    ['by somebody else', { attributedTo: 'https://far.example/1' }],
    ['of another type', { type: 'Note' }],
  ])('SEC-ORG-07 waits on, when the authorisation is %s', async (_what, stamp) => {
    const { quoting } = pair(stamp)
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, approval_uri: null })
  })

  it('SEC-ORG-07 does not even ask another house', async () => {
    const { quoting } = pair({}, { quoteAuthorization: evil.url('/approvals/1') })
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, approval_uri: null })
    expect(evil.requests).toEqual([])
  })

  it('is rejected without the authorisation it names, and waits without any', async () => {
    const missing = pair(null)
    await create(missing.quoting)
    expect(await quoteIn(missing.quoting.id)).toMatchObject({ state: 2 })
    const none = pair(null, { quoteAuthorization: undefined })
    await deliver(world.ctx, carol, activity(carol, 'Create', none.quoting))
    expect(await quoteIn(none.quoting.id)).toMatchObject({ state: 0, quoted_status_id: expect.any(String) })
  })

  it('takes an authorisation that comes later, without being an edit', async () => {
    const { quoting, uri } = pair({}, { quoteAuthorization: undefined })
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0 })
    await deliver(world.ctx, carol, activity(carol, 'Update', { ...quoting, quoteAuthorization: uri }))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 1, approval_uri: uri })
    expect(await world.statusAt(quoting.id)).toMatchObject({ edited_at: null })
  })

  it('quotes something else after an edit, and then has to be allowed anew', async () => {
    const { quoting, quoted } = pair()
    await create(quoting)
    const another = other.note(dan)
    const updated = new Date(Date.now() + 60_000).toISOString()
    const edited = { ...quoting, quote: another.id, updated }
    await deliver(world.ctx, carol, activity(carol, 'Update', edited))
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, approval_uri: null })
    expect(await countOf((await world.statusAt(quoted.id)) as StatusRow)).toBe(0)
    const { quote: _, ...plain } = edited
    const later = new Date(Date.now() + 120_000).toISOString()
    await deliver(
      world.ctx,
      carol,
      activity(carol, 'Update', { ...plain, quoteAuthorization: undefined, updated: later }),
    )
    expect(await quoteIn(quoting.id)).toBeUndefined()
  })

  it('needs nobody to quote oneself, in whatever words', async () => {
    const own = far.note(carol)
    for (const words of [{ quote: own.id }, { quoteUrl: own.id }]) {
      const quoting = far.note(carol, words)
      await create(quoting)
      expect(await quoteIn(quoting.id)).toMatchObject({ state: 1, quoted_account_id: expect.any(String) })
    }
    expect(await countOf((await world.statusAt(own.id)) as StatusRow)).toBe(2)
  })

  it('shows older quotes of others not at all, and a deleted one as deleted', async () => {
    const legacy = far.note(carol, { quoteUri: other.note(dan).id })
    await create(legacy)
    expect(await quoteIn(legacy.id)).toMatchObject({ state: 0, legacy: true })
    expect(await shown(await world.statusAt(legacy.id))).toBeNull()
    const tomb = far.note(carol, { quote: { type: 'Tombstone' } })
    await deliver(world.ctx, carol, activity(carol, 'Create', tomb))
    expect(await shown(await world.statusAt(tomb.id))).toEqual({ state: 'deleted', quoted_status: null })
  })

  it('SEC-PRIV-09 links to no secret of somebody else', async () => {
    const account = await world.met(dan)
    const hidden = await world.make.status({ account, visibility: 'private' })
    const quoting = far.note(carol, { quote: hidden.uri })
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, quoted_status_id: null })
  })

  it('SEC-DOS-14 follows a chain of quotes only so far', async () => {
    let last = other.note(dan)
    for (let length = 0; length < 12; length++) last = other.note(dan, { quoteUri: last.id })
    await create(far.note(carol, { quote: last.id }))
    expect(await world.count('statuses')).toBe(4)
  })

  it('leaves what cannot be fetched pending', async () => {
    const quoting = far.note(carol, { quote: other.url('/notes/none') })
    await create(quoting)
    expect(await quoteIn(quoting.id)).toMatchObject({ state: 0, quoted_status_id: null })
  })
})
