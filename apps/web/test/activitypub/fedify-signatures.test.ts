import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { linkedDataClaim } from '@anancus/core/activitypub/signatures/linked-data'
import { proofClaim } from '@anancus/core/activitypub/signatures/object-proof'
import { ownerOfFittingKey, resolveAccount, signerOfClaim } from '@anancus/core/domain/accounts'
import { followAccount } from '@anancus/core/domain/relationships'
import { publishStatus, removeStatus } from '@anancus/core/domain/statuses'
import { processActivityJob } from '@anancus/core/jobs'
import type { Ctx } from '@anancus/core/kernel/context'
import { actorUri } from '@anancus/core/kernel/uris'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, peekQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { verifyJsonLd, verifyObject } from '@fedify/fedify/sig'
import { Accept, Create, Delete, Follow } from '@fedify/fedify/vocab'
import { createServer } from '../../src/server.ts'
import { type Dialect, type FedifyPeer, startFedifyPeer } from '../support/fedify-peer.ts'

describe.each<Dialect>(['cavage', 'rfc9421'])('a Fedify that signs and takes %s only', (dialect) => {
  let peer: FedifyPeer
  let server: Server
  let ctx: Ctx
  let alice: Viewer
  /** How what came to us was signed. */
  const knocks: Dialect[] = []

  beforeAll(async () => {
    peer = await startFedifyPeer({ firstKnock: dialect, takesOnly: dialect })
    server = createHttpServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const domain = `127.0.0.1:${(server.address() as AddressInfo).port}`
    ctx = await testContext({
      env: { LOCAL_DOMAIN: domain, LOCAL_HTTPS: 'false', ALLOWED_PRIVATE_HOSTS: peer.host },
    })
    server.on('request', ({ method, headers }) => {
      if (method === 'POST') knocks.push(headers['signature-input'] === undefined ? 'cavage' : 'rfc9421')
    })
    server.on('request', createServer(ctx))
    registerHandlers(allHandlers)
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await closeTestContext(ctx)
    await peer.close()
  })
  beforeEach(async () => {
    await resetDatabase(ctx)
    peer.received.length = 0
    peer.bodies.length = 0
    peer.knocks.length = 0
    knocks.length = 0
    alice = await factories(ctx.db).viewer({ account: { username: 'alice' } })
  })

  const alicesUri = () => actorUri(ctx.config, alice.account)
  const bob = async () => (await resolveAccount(ctx, `bob@${peer.host}`)) as AccountRow
  const kinds = () => peer.received.map((activity) => activity.constructor)

  it('believes us, and is believed', async () => {
    await peer.follow(alicesUri())
    await drainQueues(ctx)
    expect(knocks).toEqual([dialect])
    expect(kinds()).toEqual([Accept])
    // The old way first, until the peer has shown that it takes another.
    expect(peer.knocks).toEqual(dialect === 'cavage' ? ['cavage'] : ['cavage', 'rfc9421'])
    await publishStatus(ctx, alice.account, { status: 'Hello' })
    await drainQueues(ctx)
    expect(kinds()).toEqual([Accept, Create])
    expect(peer.knocks.at(-1)).toBe(dialect)
    expect(peer.knocks.length).toBe(dialect === 'cavage' ? 2 : 3)
  })

  it('finds our linked-data signatures and proofs right, by the keys our actor shows', async () => {
    await peer.follow(alicesUri())
    await drainQueues(ctx)
    await followAccount(ctx, alice.account, await bob())
    const status = await publishStatus(ctx, alice.account, {
      status: 'Grüße, #world: https://example.com/?a=1&b',
    })
    await drainQueues(ctx)
    await removeStatus(
      ctx,
      (await ctx.db<StatusRow>('statuses').where({ id: status.id }).first()) as StatusRow,
    )
    await drainQueues(ctx)
    const bodyOf = (type: string) => peer.bodies.find((body) => body.type === type) ?? {}
    for (const type of ['Create', 'Delete'])
      expect([type, await verifyJsonLd(bodyOf(type), peer.loaders)]).toEqual([type, true])
    expect(await verifyJsonLd({ ...bodyOf('Create'), cc: [] }, peer.loaders)).toBe(false)
    const follow = bodyOf('Follow')
    expect(await verifyObject(Follow, follow, peer.loaders)).toBeInstanceOf(Follow)
    expect(await verifyObject(Follow, { ...follow, to: peer.bob }, peer.loaders)).toBeNull()
    expect(kinds()).toContain(Delete)
  })

  it('signs linked data and proofs that we find right', async () => {
    await bob()
    await peer.post('<p>Hello from <b>afar</b></p>', alicesUri())
    const job = (await peekQueues(ctx)).find(({ name }) => name === processActivityJob.name)
    const payload = job?.payload as { body: string } | undefined
    const document = JSON.parse(payload?.body ?? '{}') as Record<string, unknown>
    const { id } = await bob()
    const proof = proofClaim(document)
    expect(proof && (await ownerOfFittingKey(ctx, proof.keyId, proof.isBy))?.id).toBe(id)
    const signed = await linkedDataClaim(document)
    expect(signed && (await signerOfClaim(ctx, signed.claim))?.id).toBe(id)
    expect(signed?.document).toMatchObject({ type: 'Create', actor: peer.bob })
    expect(proofClaim({ ...document, to: [] })?.isBy('')).toBe(false)
  })
})
