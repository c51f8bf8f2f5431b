import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolveAccount } from '@anancus/core/domain/accounts'
import { followAccount } from '@anancus/core/domain/relationships'
import { editStatus, publishStatus, removeStatus } from '@anancus/core/domain/statuses'
import type { Ctx } from '@anancus/core/kernel/context'
import { actorUri, statusUri } from '@anancus/core/kernel/uris'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { closeTestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { allHandlers } from '@anancus/core/testing/handlers'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { AccountRow, StatusRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import {
  Accept,
  Announce,
  Create,
  Delete,
  Follow,
  Note,
  OrderedCollection,
  Person,
  Undo,
  Update,
} from '@fedify/fedify/vocab'
import { createServer } from '../../src/server.ts'
import { type FedifyPeer, startFedifyPeer } from '../support/fedify-peer.ts'

let peer: FedifyPeer
let server: Server
let ctx: Ctx
let alice: Viewer

beforeAll(async () => {
  peer = await startFedifyPeer()
  server = createHttpServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const domain = `127.0.0.1:${(server.address() as AddressInfo).port}`
  ctx = await testContext({
    env: { LOCAL_DOMAIN: domain, LOCAL_HTTPS: 'false', ALLOWED_PRIVATE_HOSTS: peer.host },
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
  alice = await factories(ctx.db).viewer({ account: { username: 'alice' } })
})

const alicesUri = () => actorUri(ctx.config, alice.account)
const uriOf = (status: StatusRow) => statusUri(ctx.config, status, alice.account)
const bob = async () => (await resolveAccount(ctx, `bob@${peer.host}`)) as AccountRow
const kinds = () => peer.received.map((activity) => activity.constructor)

describe('a peer that is not ours', () => {
  it('follows and unfollows; each side believes the other’s signature', async () => {
    const id = await peer.follow(alicesUri())
    await drainQueues(ctx)
    expect(await ctx.db('follows').select('account_id', 'uri')).toEqual([
      { account_id: (await bob()).id, uri: id },
    ])
    expect(kinds()).toEqual([Accept])
    const [accept] = peer.received
    expect(accept?.actorId?.href).toBe(alicesUri())
    expect(accept?.objectId?.href).toBe(id)
    await peer.unfollow(alicesUri())
    await drainQueues(ctx)
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('is found by its handle, followed, and accepts', async () => {
    const target = await bob()
    expect(target).toMatchObject({ username: 'bob', domain: peer.host, display_name: 'Bob', uri: peer.bob })
    expect(await followAccount(ctx, alice.account, target)).toBe('requested')
    await drainQueues(ctx)
    expect(kinds()).toEqual([Follow])
    await drainQueues(ctx)
    expect(await ctx.db('follows').select('account_id', 'target_account_id')).toEqual([
      { account_id: alice.account.id, target_account_id: target.id },
    ])
  })

  it('sends a note, edits it and deletes it, and likes one of ours', async () => {
    await followAccount(ctx, alice.account, await bob())
    await drainQueues(ctx)
    const uri = await peer.post('<p>Hello from afar</p>', alicesUri())
    await drainQueues(ctx)
    const stored = () => ctx.db<StatusRow>('statuses').where({ uri, deleted_at: null }).first()
    expect(await stored()).toMatchObject({ text: '<p>Hello from afar</p>', visibility: 0, local: false })
    await peer.editLast('<p>Hello again</p>')
    await drainQueues(ctx)
    expect(await stored()).toMatchObject({ text: '<p>Hello again</p>' })
    await peer.deleteLast()
    await drainQueues(ctx)
    expect(await stored()).toBeUndefined()
    const mine = await publishStatus(ctx, alice.account, { status: 'Mine' })
    await peer.like(uriOf(mine), alicesUri())
    await drainQueues(ctx)
    expect(await ctx.db('favourites').select('status_id')).toEqual([{ status_id: mine.id }])
  })

  it('receives a note, its edit and its deletion', async () => {
    await peer.follow(alicesUri())
    await drainQueues(ctx)
    peer.received.length = 0
    const status = await publishStatus(ctx, alice.account, { status: `Hello @bob@${peer.host} #greeting` })
    await drainQueues(ctx)
    expect(kinds()).toEqual([Create])
    const note = (await (peer.received[0] as Create).getObject()) as Note
    expect(note).toBeInstanceOf(Note)
    expect(note.id?.href).toBe(uriOf(status))
    expect(String(note.content)).toContain('Hello <span class="h-card"')
    expect(note.attributionId?.href).toBe(alicesUri())
    const tags = []
    for await (const tag of note.getTags()) tags.push(String(tag.name))
    expect(tags).toEqual([`@bob@${peer.host}`, '#greeting'])
    await editStatus(ctx, alice.account, status, { status: 'Changed' })
    await drainQueues(ctx)
    await removeStatus(
      ctx,
      (await ctx.db<StatusRow>('statuses').where({ id: status.id }).first()) as StatusRow,
    )
    await drainQueues(ctx)
    expect(kinds()).toEqual([Create, Update, Delete])
  })

  it('reads every document we serve', async () => {
    const make = factories(ctx.db)
    const status = await publishStatus(ctx, alice.account, { status: 'A #tag', spoilerText: 'CW' })
    const other = await make.status({ account: await make.remoteAccount() })
    const reblog = await make.status({ account: alice.account, reblogOf: other })
    await drainQueues(ctx, { ignore: ['federation.deliver'] })
    const read = (uri: string) => peer.lookup(uri)
    expect(await read(alicesUri())).toBeInstanceOf(Person)
    expect(await read(`${ctx.config.baseUrl}/actor`)).toMatchObject({
      preferredUsername: ctx.config.localDomain,
    })
    expect(await read(uriOf(status))).toBeInstanceOf(Note)
    expect(await read(`${uriOf(status)}/activity`)).toBeInstanceOf(Create)
    expect(await read(`${alicesUri()}/statuses/${reblog.id}/activity`)).toBeInstanceOf(Announce)
    expect(await read(`${alicesUri()}/outbox`)).toBeInstanceOf(OrderedCollection)
    expect(await read(`${alicesUri()}/collections/featured`)).toBeInstanceOf(OrderedCollection)
    const person = (await read(alicesUri())) as Person
    expect(person.inboxId?.href).toBe(`${alicesUri()}/inbox`)
    expect((await person.getPublicKey())?.id?.href).toBe(`${alicesUri()}#main-key`)
    expect(person.endpoints?.sharedInbox?.href).toBe(`${ctx.config.baseUrl}/inbox`)
  })

  it('takes an Undo of ours', async () => {
    const target = await bob()
    await followAccount(ctx, alice.account, target)
    await drainQueues(ctx)
    const { unfollowAccount } = await import('@anancus/core/domain/relationships')
    await unfollowAccount(ctx, alice.account, target)
    await drainQueues(ctx)
    expect(kinds()).toEqual([Follow, Undo])
  })
})
