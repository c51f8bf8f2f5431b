import { addRelay, listRelays, relayState, removeRelay } from '@anancus/core/domain/federation'
import { deliver } from '@anancus/core/testing/deliver'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { PUBLIC } from '@anancus/core/testing/federation'
import { activity, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../../support/send-signed.ts'
import type { TestClient } from '../../support/server.ts'
import { useNeighbour } from './support.ts'

/** What servers let be done to their statuses and whom they let see them, as GoToSocial says it. */
const near = useNeighbour(['far', 'third'])

const everybody = { automaticApproval: [PUBLIC], manualApproval: [] }
const nobody = () => ({ automaticApproval: [near.carol.uri], manualApproval: [] })
const onRequest = () => ({ automaticApproval: near.carol.uri, manualApproval: PUBLIC })

/** Alice answers, reblogs or favourites a status. */
const answer = (id: string) =>
  near.alice.post('/api/v1/statuses', { json: { status: 'I think so, too', in_reply_to_id: id } })
const reblog = (id: string) => near.alice.post(`/api/v1/statuses/${id}/reblog`)
const favourite = (id: string) => near.alice.post(`/api/v1/statuses/${id}/favourite`)

/** What a server was sent, once everything has been done. */
async function sentTo(host: 'far' | 'third', type: string) {
  await drainQueues(near.world.ctx)
  return near.world.host(host).received.filter((activity) => activity.type === type)
}

/** A follower of alice's on a third server. */
async function followerElsewhere() {
  const dora = near.world.host('third').actor('dora')
  await near.world.make.follow({ account: await near.world.met(dora), target: near.world.alice.account })
  return dora
}

describe('GoToSocial says who may do what to a status', () => {
  it('interop 40 lets nobody answer, reblog or favourite who may not, and says so to the client', async () => {
    const shown = await near.shown({
      interactionPolicy: { canReply: nobody(), canAnnounce: nobody(), canLike: nobody(), canQuote: nobody() },
    })
    const answers = [await answer(shown.id), await reblog(shown.id), await favourite(shown.id)]
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual(
      answers.map(() => [403, 'This action is not allowed']),
    )
    expect(shown.quote_approval.current_user).toBe('denied')
    expect(await near.look(shown.uri)).toMatchObject({
      favourited: false,
      reblogged: false,
      replies_count: 0,
    })
    expect([...(await sentTo('far', 'Create')), ...(await sentTo('far', 'Announce'))]).toEqual([])
  })

  it('interop 40 lets everybody do what is not spoken of', async () => {
    const shown = await near.shown({ interactionPolicy: { canQuote: nobody() } })
    const answers = [await answer(shown.id), await reblog(shown.id), await favourite(shown.id)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('interop 40 lets whoever is named answer, and reads the words of older versions', async () => {
    const named = [{ type: 'Mention', href: near.world.uriOf(near.world.alice.account), name: '@alice' }]
    const old = { always: [near.carol.uri], approvalRequired: [] }
    const open = { always: [PUBLIC], approvalRequired: [] }
    const shown = await near.shown({ tag: named, interactionPolicy: { canReply: old, canAnnounce: open } })
    expect((await answer(shown.id)).status).toBe(200)
    expect((await reblog(shown.id)).status).toBe(200)
    expect(await sentTo('far', 'Create')).toHaveLength(1)
  })

  it('interop 40 never lets anybody see more: what is for followers cannot be reblogged', async () => {
    const shown = await near.shown({
      to: [near.carol.followers],
      cc: [],
      interactionPolicy: { canAnnounce: everybody, canReply: everybody },
    })
    expect(shown.visibility).toBe('private')
    expect((await reblog(shown.id)).status).toBe(403)
  })

  it('interop 40 follows a policy that changes without an edit', async () => {
    const note: Record<string, unknown> = near.far.note(near.carol, {
      interactionPolicy: { canLike: nobody() },
    })
    await near.send('Create', note)
    const shown = await near.look(String(note.id))
    expect((await favourite(shown.id)).status).toBe(403)
    await near.send('Update', { ...note, interactionPolicy: { canLike: everybody } })
    expect((await favourite(shown.id)).status).toBe(200)
  })
})

describe('GoToSocial approves answers and reblogs', () => {
  it('interop 41 shows an answer to its author’s server alone until it is approved, then to everybody', async () => {
    await followerElsewhere()
    const shown = await near.shown({ interactionPolicy: { canReply: onRequest() } })
    const mine = (await answer(shown.id)).body
    const [asked, ...more] = await sentTo('far', 'Create')
    expect(more).toEqual([])
    expect(asked?.object).toMatchObject({ inReplyTo: shown.uri })
    expect(asked?.object).not.toHaveProperty('approvedBy')
    expect(await sentTo('third', 'Create')).toEqual([])
    const approval = `${near.carol.uri}/authorizations/1`
    await near.send('Accept', mine.uri, { to: near.world.uriOf(near.world.alice.account), result: approval })
    const [told] = await sentTo('third', 'Create')
    expect(told?.object).toMatchObject({ id: mine.uri, inReplyTo: shown.uri, approvedBy: approval })
    expect(JSON.stringify(told?.['@context'])).toContain('gts:approvedBy')
  })

  it('interop 41 withdraws an answer that is refused, also later', async () => {
    await followerElsewhere()
    const shown = await near.shown({ interactionPolicy: { canReply: onRequest() } })
    const mine = (await answer(shown.id)).body
    await near.send('Reject', mine.uri)
    expect((await near.alice.get(`/api/v1/statuses/${mine.id}`)).status).toBe(404)
    const second = (await answer(shown.id)).body
    await near.send('Accept', second.uri, { result: `${near.carol.uri}/authorizations/2` })
    await near.send('Reject', second.uri)
    expect((await near.alice.get(`/api/v1/statuses/${second.id}`)).status).toBe(404)
    expect(await sentTo('third', 'Delete')).not.toEqual([])
  })

  it('interop 41 asks about reblogs in the same way, in the words of newer versions', async () => {
    await followerElsewhere()
    const shown = await near.shown({ interactionPolicy: { canAnnounce: onRequest() } })
    expect((await reblog(shown.id)).status).toBe(200)
    const [asked] = await sentTo('far', 'Announce')
    expect(await sentTo('third', 'Announce')).toEqual([])
    const approval = `${near.carol.uri}/authorizations/3`
    const request = {
      type: 'AnnounceRequest',
      id: `${near.carol.uri}/announce_requests/3`,
      actor: near.world.uriOf(near.world.alice.account),
      object: shown.uri,
      instrument: asked?.id,
    }
    await near.send('Accept', request, { result: approval })
    expect(await sentTo('third', 'Announce')).toMatchObject([{ id: asked?.id, approvedBy: approval }])
  })

  it('interop 41 takes no approval of another house, nor of somebody else', async () => {
    await followerElsewhere()
    const shown = await near.shown({ interactionPolicy: { canReply: onRequest() } })
    const mine = (await answer(shown.id)).body
    await near.send('Accept', mine.uri, { result: near.world.host('third').url('/authorizations/4') })
    const mallory = near.far.actor('mallory')
    await near.world.met(mallory)
    const forged = { result: `${mallory.uri}/authorizations/5` }
    await deliver(near.world.ctx, mallory, activity(mallory, 'Accept', mine.uri, forged))
    await deliver(near.world.ctx, mallory, activity(mallory, 'Reject', mine.uri))
    expect(await sentTo('third', 'Create')).toEqual([])
    expect((await near.alice.get(`/api/v1/statuses/${mine.id}`)).status).toBe(200)
  })
})

describe('GoToSocial answers what is no Follow', () => {
  it('interop 42 takes an Accept or Reject of an answer or a like for no answer to a follow request', async () => {
    const shown = await near.shown({ interactionPolicy: { canLike: onRequest() } })
    await favourite(shown.id)
    const [like] = await sentTo('far', 'Like')
    const mine = (await answer(shown.id)).body
    const followed = async () =>
      (await near.alice.get(`/api/v1/accounts/relationships?id=${shown.account.id}`)).body[0].following
    await near.send('Accept', like?.id, { result: `${near.carol.uri}/authorizations/6` })
    await near.send('Accept', mine.uri)
    expect(await near.look(shown.uri)).toMatchObject({ favourited: true, replies_count: 1 })
    await near.send('Reject', { type: 'Like', id: like?.id, actor: like?.actor, object: shown.uri })
    expect(await near.look(shown.uri)).toMatchObject({ favourited: false })
    await near.send('Reject', mine.uri)
    expect(await followed()).toBe(true)
    // Nobody was asked about the answer: it stays.
    expect((await near.alice.get(`/api/v1/statuses/${mine.id}`)).status).toBe(200)
  })

  it('interop 42 serves an approved answer to whoever asks', async () => {
    const shown = await near.shown({ interactionPolicy: { canReply: onRequest() } })
    const mine = (await answer(shown.id)).body
    const approval = `${near.carol.uri}/authorizations/7`
    near.far.serve('/users/carol/authorizations/7', reply({ body: { type: 'ReplyAuthorization' } }))
    await near.send('Accept', mine.uri, { result: approval })
    const served = await near.web.get(new URL(mine.uri).pathname, {
      headers: { accept: 'application/activity+json' },
    })
    expect(served.body).toMatchObject({ id: mine.uri, approvedBy: approval })
  })
})

describe('a relay in the manner of Pleroma', () => {
  /** An actor without a page, as relays and the actors that fetch for a server are. */
  const relayActor = () => {
    const relay = near.world.host('third').actor('relay', { type: 'Application', name: null })
    delete relay.document.url
    return relay
  }

  async function followedRelay() {
    const relay = relayActor()
    await addRelay(near.world.ctx, relay.uri)
    const [follow] = await sentTo('third', 'Follow')
    await deliver(near.world.ctx, relay, activity(relay, 'Accept', follow))
    return { relay, follow }
  }

  it('interop 31 is followed as an actor, and follows us back', async () => {
    const { relay, follow } = await followedRelay()
    const us = `${near.world.ctx.config.baseUrl}/actor`
    expect(follow).toMatchObject({ actor: us, object: relay.uri })
    const back = activity(relay, 'Follow', us)
    await deliver(near.world.ctx, relay, back)
    expect(await sentTo('third', 'Accept')).toMatchObject([
      { actor: us, object: { id: back.id, object: us } },
    ])
    expect((await listRelays(near.world.ctx)).map(relayState)).toEqual(['accepted'])
  })

  it('interop 31 brings statuses by their address, and is told of ours by theirs', async () => {
    const { relay } = await followedRelay()
    const note = near.far.note(near.far.actor('dan'))
    await deliver(
      near.world.ctx,
      relay,
      activity(relay, 'Announce', note.id, { to: [`${relay.uri}/followers`] }),
    )
    expect(await near.look(note.id)).toMatchObject({ uri: note.id, reblogs_count: 0 })
    const { body: mine } = await near.alice.post('/api/v1/statuses', { json: { status: 'Tea' } })
    await near.alice.post('/api/v1/statuses', { json: { status: 'Quiet tea', visibility: 'unlisted' } })
    expect(await sentTo('third', 'Announce')).toMatchObject([
      { actor: `${near.world.ctx.config.baseUrl}/actor`, object: mine.uri, to: [PUBLIC] },
    ])
    expect(await sentTo('third', 'Create')).toEqual([])
    const [row] = await listRelays(near.world.ctx)
    await removeRelay(near.world.ctx, row?.id ?? '')
    expect(await sentTo('third', 'Undo')).toMatchObject([{ object: { type: 'Follow', object: relay.uri } }])
  })

  it('interop 31 lets nobody else follow the server', async () => {
    await near.send('Follow', `${near.world.ctx.config.baseUrl}/actor`)
    expect(await sentTo('far', 'Reject')).toHaveLength(1)
    expect(await sentTo('far', 'Accept')).toEqual([])
  })

  it('interop 31 lets an actor without a page fetch for its server', async () => {
    const fetcher = near.world.host('third').actor('internal.fetch', { type: 'Application' })
    delete fetcher.document.url
    const host = near.world.ctx.config.webDomain
    // Here everybody has to say who they are.
    const target = `${new URL(near.world.uriOf(near.world.alice.account)).pathname}/followers_synchronization`
    const answer = await sendSigned(
      near.web.url,
      signDelivery(fetcher, '', { host, target }, { method: 'GET' }),
    )
    expect(answer.status).toBe(200)
    expect(await near.world.accountOf(fetcher)).toMatchObject({ username: 'internal.fetch' })
  })
})

describe('GoToSocial keeps statuses from people who are not signed in', () => {
  const PUBLICLY = { hidesToPublicFromUnauthedWeb: true }
  const QUIETLY = { hidesCcPublicFromUnauthedWeb: true }

  async function shownAfter(flags: Record<string, unknown>, parts: Record<string, unknown>) {
    Object.assign(near.carol.document, flags)
    await near.send('Update', near.carol.document)
    return near.shown(parts)
  }
  /** Where somebody meets a status of carol's. */
  const places = (accountId: string) => [
    `/api/v1/accounts/${accountId}/statuses`,
    '/api/v1/timelines/public',
    '/api/v1/timelines/tag/tea',
  ]
  const tag = [{ type: 'Hashtag', name: '#tea', href: 'https://far.example/tags/tea' }]

  it('interop 44 shows a public one to our people everywhere, and to visitors nowhere', async () => {
    await near.world.ctx.db('settings').insert([{ var: 'remote_live_feed_access', value: '--- public\n' }])
    const shown = await shownAfter(PUBLICLY, { tag })
    const path = `/api/v1/statuses/${shown.id}`
    expect((await near.web.get(path)).status).toBe(404)
    expect((await near.web.get(`${path}/context`)).status).toBe(404)
    const ids = async (client: TestClient, place: string) =>
      (await client.get(place)).body.map((status: { id: string }) => status.id)
    for (const place of places(shown.account.id)) {
      expect([place, await ids(near.web, place)]).toEqual([place, []])
      expect([place, await ids(near.alice, place)]).toEqual([place, [shown.id]])
    }
    await near.send('Update', { ...near.carol.document, hidesToPublicFromUnauthedWeb: false })
    expect((await near.web.get(path)).status).toBe(200)
    for (const place of places(shown.account.id)) expect(await ids(near.web, place)).toEqual([shown.id])
  })

  it('interop 44 keeps only the unlisted, where only they are to be kept', async () => {
    const open = await shownAfter(QUIETLY, { tag })
    const kept = await near.shown({ to: [near.carol.followers], cc: [PUBLIC] })
    expect((await near.web.get(`/api/v1/statuses/${open.id}`)).status).toBe(200)
    expect((await near.web.get(`/api/v1/statuses/${kept.id}`)).status).toBe(404)
    const listed = (await near.web.get(`/api/v1/accounts/${open.account.id}/statuses`)).body
    expect(listed.map((status: { id: string }) => status.id)).toEqual([open.id])
  })

  it('interop 44 keeps what it keeps also where somebody here quotes it', async () => {
    const shown = await shownAfter(PUBLICLY, { interactionPolicy: { canQuote: everybody } })
    const json = { status: 'Look', quoted_status_id: shown.id }
    const { body: mine } = await near.alice.post('/api/v1/statuses', { json })
    await near.world.ctx.db('quotes').update({ state: 1 })
    const seen = async (client: TestClient) => (await client.get(`/api/v1/statuses/${mine.id}`)).body.quote
    expect(await seen(near.alice)).toMatchObject({ state: 'accepted', quoted_status: { id: shown.id } })
    expect(await seen(near.web)).toEqual({ state: 'unauthorized', quoted_status: null })
  })

  it('interop 44 keeps what it keeps also where somebody here reblogs it', async () => {
    const shown = await shownAfter(PUBLICLY, { tag })
    const { body: mine } = await reblog(shown.id)
    expect((await near.web.get(`/api/v1/statuses/${mine.id}`)).status).toBe(404)
    const listed = await near.web.get(`/api/v1/accounts/${near.world.alice.account.id}/statuses`)
    expect([listed.status, listed.body]).toEqual([200, []])
  })
})
