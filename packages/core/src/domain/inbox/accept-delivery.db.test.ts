import { createHash } from 'node:crypto'
import type { AccountRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { deliver, knock } from '../../../testing/deliver.ts'
import { drainQueues, peekQueues, registerHandlers } from '../../../testing/drain-queues.ts'
import { allHandlers } from '../../../testing/handlers.ts'
import {
  activity,
  type Remote,
  type RemoteActor,
  type Remotes,
  redirect,
  signDelivery,
  startRemotes,
} from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { actorUri } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { acceptDelivery } from './index.ts'

let remotes: Remotes
let ctx: Ctx
let make: ReturnType<typeof factories>
let evil: Remote
let honest: Remote
let alice: Viewer
let mallory: RemoteActor
let victim: RemoteActor

beforeAll(async () => {
  remotes = await startRemotes(['e', 'v'])
  ctx = await testContext({ env: remotes.env })
  make = factories(ctx.db)
  registerHandlers(allHandlers)
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})
beforeEach(async () => {
  await resetDatabase(ctx)
  remotes.reset()
  evil = remotes.host('e')
  honest = remotes.host('v')
  alice = await make.viewer({ account: { username: 'alice' } })
  mallory = evil.actor('mallory')
  victim = honest.actor('victim')
})

const alicesUri = () => actorUri(ctx.config, alice.account)
const follow = (actor: RemoteActor) => activity(actor, 'Follow', alicesUri())
const accountOf = (uri: string) => ctx.db<AccountRow>('accounts').where({ uri }).first()
const fetches = (remote: Remote) => remote.requests.filter((request) => request.method === 'GET').length
const statusOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 202,
    (error: { status: number }) => error.status,
  )

/** Makes an actor one whose key we hold. */
async function met(actor: RemoteActor): Promise<AccountRow> {
  await deliver(ctx, actor, activity(actor, 'View', alicesUri()))
  const account = await accountOf(actor.uri)
  if (!account) throw new Error('the actor was not stored')
  remotes.host('e').requests.length = 0
  remotes.host('v').requests.length = 0
  return account
}

describe('the door', () => {
  it('asks the database twice for a signer we know, and nobody else', async () => {
    await met(mallory)
    const { count } = await countStatements(() => knock(ctx, mallory, follow(mallory)))
    expect(count).toBe(2)
    expect(evil.requests).toEqual([])
    const [job] = await peekQueues(ctx)
    expect(job).toMatchObject({ name: 'activitypub.process', payload: { request: null, inboxOwnerId: null } })
  })

  it('leaves a stranger’s signature to the worker, who asks the stranger’s server', async () => {
    const { count } = await countStatements(() => knock(ctx, mallory, follow(mallory)))
    expect(count).toBe(2)
    expect(evil.requests).toEqual([])
    await drainQueues(ctx)
    expect(fetches(evil)).toBeGreaterThan(0)
    expect(await ctx.db('follows').select()).toHaveLength(1)
  })

  it('knows whose inbox it is by name or by id, and 404 where there is none', async () => {
    await met(mallory)
    await knock(ctx, mallory, follow(mallory), { inbox: { ownerName: 'ALICE' } })
    await knock(ctx, mallory, follow(mallory), { inbox: { ownerId: alice.account.id } })
    const owners = (await peekQueues(ctx)).map(
      (job) => (job.payload as { inboxOwnerId: string }).inboxOwnerId,
    )
    expect(owners).toEqual([alice.account.id, alice.account.id])
    expect(await statusOf(knock(ctx, mallory, follow(mallory), { inbox: { ownerName: 'nobody' } }))).toBe(404)
    const remoteId = (await accountOf(mallory.uri))?.id ?? ''
    expect(await statusOf(knock(ctx, mallory, follow(mallory), { inbox: { ownerId: remoteId } }))).toBe(404)
  })

  it('SEC-DOS-03 refuses one byte more than a mebibyte', async () => {
    const body = (bytes: number) => {
      const frame = JSON.stringify({ ...follow(mallory), pad: '' })
      return `${frame.slice(0, -2)}${'x'.repeat(bytes - frame.length)}"}`
    }
    expect(await statusOf(knock(ctx, mallory, body(1024 * 1024)))).toBe(202)
    expect(await statusOf(knock(ctx, mallory, body(1024 * 1024 + 1)))).toBe(413)
  })

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['nothing', ''],
    ['SEC-DOS-15 nested a hundred thousand deep', '['.repeat(100_000)],
    ['SEC-DOS-15 objects nested a hundred thousand deep', '{"a":'.repeat(100_000)],
  ])('refuses a body that is %s', async (_name, body) => {
    expect(await statusOf(knock(ctx, mallory, body))).toBe(400)
    expect(await peekQueues(ctx)).toEqual([])
  })

  it('refuses a body that is no UTF-8', async () => {
    const request = signDelivery(mallory, '{}', { host: ctx.config.webDomain })
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])
    const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`
    expect(
      await statusOf(acceptDelivery(ctx, { ...request, body, headers: { ...request.headers, digest } })),
    ).toBe(400)
  })

  it.each(['Delete', 'Update'])(
    'waves an unknown actor’s %s of itself through, and looks nobody up',
    async (type) => {
      await knock(ctx, mallory, activity(mallory, type, mallory.uri), { tamper: { signature: undefined } })
      await knock(ctx, mallory, activity(mallory, type, { id: mallory.uri, type: 'Person' }))
      expect(await peekQueues(ctx)).toEqual([])
      expect(evil.requests).toEqual([])
    },
  )

  it('refuses what is not signed, and keeps nothing of it', async () => {
    expect(await statusOf(knock(ctx, mallory, follow(mallory), { tamper: { signature: undefined } }))).toBe(
      401,
    )
    expect(await ctx.db('job_outbox').select()).toEqual([])
  })

  it('an inbox POST shows that its host is alive: deliveries go on', async () => {
    await met(mallory)
    await ctx.db('unavailable_domains').insert({ domain: evil.host })
    await knock(ctx, mallory, follow(mallory))
    expect(await ctx.db('unavailable_domains').select()).toEqual([])
  })

  it('SEC-DOS-17 keys of an activity are never taken for a prototype', async () => {
    const body = `{"__proto__":{"polluted":true},"constructor":{"x":1},${JSON.stringify(follow(mallory)).slice(1)}`
    await deliver(ctx, mallory, body)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect(await ctx.db('follows').select()).toHaveLength(1)
  })
})

describe('blocked servers', () => {
  it.each(['e.localhost', 'localhost'])(
    'SEC-FED-14 SEC-DOS-23 a block of %s refuses at the door, without asking for a key',
    async (domain) => {
      await ctx.db('domain_blocks').insert({ domain, severity: 1 })
      expect(await statusOf(knock(ctx, mallory, follow(mallory)))).toBe(403)
      expect(evil.requests).toEqual([])
      expect(await ctx.db('accounts').where({ uri: mallory.uri }).select()).toEqual([])
    },
  )

  it('SEC-SIG-15 a signer whose server was blocked, or who was suspended, has no effect', async () => {
    const account = await met(mallory)
    await ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ suspended_at: new Date(), suspension_origin: 0 })
    await deliver(ctx, mallory, follow(mallory))
    expect(await ctx.db('follows').select()).toEqual([])
    await ctx
      .db('accounts')
      .where({ id: account.id })
      .update({ suspended_at: null, domain: 'blocked.example' })
    await ctx.db('domain_blocks').insert({ domain: 'blocked.example', severity: 1 })
    await deliver(ctx, mallory, follow(mallory))
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('limited federation takes only what is listed', async () => {
    const limited = {
      ...ctx,
      config: { ...ctx.config, env: { ...ctx.config.env, LIMITED_FEDERATION_MODE: true } },
    }
    expect(await statusOf(knock(limited, mallory, follow(mallory)))).toBe(403)
    await ctx.db('domain_allows').insert({ domain: evil.host })
    expect(await statusOf(knock(limited, mallory, follow(mallory)))).toBe(202)
  })
})

describe('whose signature it is', () => {
  it('SEC-SIG-03 SEC-SIG-20 an activity of another actor is refused before anything is queued', async () => {
    await met(mallory)
    await met(victim)
    const forged = { ...follow(victim), actor: victim.uri }
    expect(await statusOf(knock(ctx, mallory, forged))).toBe(401)
    const neighbour = evil.actor('bob')
    expect(await statusOf(knock(ctx, mallory, follow(neighbour)))).toBe(401)
    expect(await peekQueues(ctx)).toEqual([])
  })

  it('SEC-SIG-03 an unknown signer of another’s activity has no effect either', async () => {
    await deliver(ctx, mallory, { ...follow(victim), actor: victim.uri })
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('what claims to carry its own proof is not believed, since we cannot check it', async () => {
    await met(mallory)
    await deliver(ctx, mallory, {
      ...follow(victim),
      signature: { type: 'RsaSignature2017', signatureValue: 'x' },
    })
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('an activity without an actor is its signer’s', async () => {
    const { actor: _, ...nameless } = follow(mallory) as Record<string, unknown>
    await deliver(ctx, mallory, nameless)
    const account = await accountOf(mallory.uri)
    expect(await ctx.db('follows').select('account_id')).toEqual([{ account_id: account?.id }])
  })

  it('SEC-SIG-04 a key document’s own word about its owner is not believed', async () => {
    const pem = (mallory.document.publicKey as { publicKeyPem: string }).publicKeyPem
    for (const owner of ['owner', 'controller'])
      for (const path of ['/key', '/users/mallory2']) {
        const id = evil.url(path)
        evil.serve(path, {
          '@context': 'https://w3id.org/security/v1',
          id,
          [owner]: victim.uri,
          publicKeyPem: pem,
        })
        await deliver(ctx, victim, follow(victim), { keyId: id, privateKey: mallory.privateKey })
      }
    expect(await ctx.db('follows').select()).toEqual([])
    const account = await accountOf(victim.uri)
    expect(account === undefined || account.public_key !== pem).toBe(true)
  })

  it('SEC-SIG-05 an actor whose id redirects elsewhere is nobody', async () => {
    honest.serve('/users/victim', redirect(mallory.uri))
    await deliver(ctx, victim, follow(victim), { privateKey: mallory.privateKey })
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await accountOf(victim.uri)).toBeUndefined()
  })

  it('SEC-SIG-06 a key document with another id than it was asked for is not a key', async () => {
    const pem = (mallory.document.publicKey as { publicKeyPem: string }).publicKeyPem
    const keyId = evil.url('/k1')
    evil.serve('/k1', { id: victim.keyId, owner: victim.uri, publicKeyPem: pem })
    await deliver(ctx, victim, follow(victim), { keyId, privateKey: mallory.privateKey })
    expect(await ctx.db('follows').select()).toEqual([])
    expect(await ctx.db('keypairs').whereIn('uri', [keyId]).select()).toEqual([])
  })

  it('a key with a document of its own, which its owner lists, is good', async () => {
    const pem = (mallory.document.publicKey as { publicKeyPem: string }).publicKeyPem
    const keyId = evil.url('/users/mallory/main-key')
    mallory.document.publicKey = keyId
    evil.serve('/users/mallory/main-key', { id: keyId, owner: mallory.uri, publicKeyPem: pem })
    await deliver(ctx, mallory, follow(mallory), { keyId })
    expect(await ctx.db('follows').select()).toHaveLength(1)
    expect(await ctx.db('keypairs').select('uri')).toEqual([{ uri: keyId }])
  })

  it('a key path that answers with a stub of the actor (GoToSocial) is good', async () => {
    const key = mallory.document.publicKey as Record<string, unknown>
    const keyId = evil.url('/users/mallory/main-key')
    const publicKey = { ...key, id: keyId }
    mallory.document.publicKey = publicKey
    evil.serve('/users/mallory/main-key', {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: mallory.uri,
      type: 'Person',
      preferredUsername: 'mallory',
      publicKey,
    })
    await deliver(ctx, mallory, follow(mallory), { keyId })
    expect(await ctx.db('follows').select()).toHaveLength(1)
  })

  it.each([
    ['null', null],
    ['a string that is no address', 'x'],
    ['three things', [1, {}, 'y']],
    ['no key at all', { publicKeyPem: 'nonsense' }],
    ['a million letters', { publicKeyPem: 'A'.repeat(500_000) }],
  ])('SEC-SIG-14 an actor whose public key is %s is refused, and nothing breaks', async (_name, key) => {
    const id = mallory.keyId
    mallory.document.publicKey =
      typeof key === 'object' && key !== null && !Array.isArray(key)
        ? { id, owner: mallory.uri, ...key }
        : key
    await deliver(ctx, mallory, follow(mallory))
    expect(await ctx.db('follows').select()).toEqual([])
  })

  it('SEC-ORG-16 an activity whose id is of another house is refused, and does not bar the real one', async () => {
    await met(mallory)
    await met(victim)
    const real = follow(victim)
    await deliver(ctx, mallory, { ...follow(mallory), id: real.id })
    expect(await ctx.db('follows').select()).toEqual([])
    await deliver(ctx, victim, real)
    expect(await ctx.db('follows').select()).toHaveLength(1)
  })
})
