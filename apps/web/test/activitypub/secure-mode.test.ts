import type { Viewer } from '@anancus/core/kernel/viewer'
import { useFederation } from '@anancus/core/testing/federation'
import { type RemoteActor, reply, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const AP = { accept: 'application/activity+json' }
const world = useFederation(['far'], { AUTHORIZED_FETCH: 'true' })
let web: TestWeb
let alice: Viewer
let carol: RemoteActor

beforeEach(async () => {
  web = await startWeb(world.ctx)
  ;({ alice } = world)
  carol = world.host('far').actor('carol')
})
afterEach(() => web.close())

const signed = (target: string) =>
  sendSigned(web.url, signDelivery(carol, '', { host: 'social.test', target }, { method: 'GET' }))

describe('secure mode', () => {
  it('shows documents to those who say who they are, and to no others', async () => {
    const status = await world.make.status({ account: alice.account })
    const paths = [
      '/users/alice',
      `/users/alice/statuses/${status.id}`,
      '/users/alice/outbox',
      '/users/alice/collections/featured',
    ]
    for (const path of paths) {
      const refused = await web.get(path, { headers: AP })
      expect([refused.status, refused.body]).toEqual([401, { error: 'Request not signed' }])
      expect(refused.headers.get('vary')).toContain('Signature')
      expect(refused.headers.get('accept-signature')).toBe('sig1=("@method" "@target-uri");created;keyid')
      const shown = await signed(path)
      expect([shown.status, shown.headers['cache-control']]).toEqual([200, 'private, no-store'])
    }
  })

  it('leaves open what others need to check our signatures and find us', async () => {
    for (const path of [
      '/actor',
      '/.well-known/webfinger?resource=acct:alice@social.test',
      '/.well-known/host-meta',
      '/nodeinfo/2.0',
    ])
      expect((await web.get(path, { headers: AP })).status).toBe(200)
  })

  it('refuses a blocked server with 403, without asking it for a key', async () => {
    await world.ctx.db('domain_blocks').insert({ domain: 'localhost', severity: 1 })
    expect((await signed('/users/alice')).status).toBe(403)
    expect(world.host('far').requests).toEqual([])
  })

  it('SEC-SIG-12 answers 503 with Retry-After while the key cannot be had', async () => {
    world.host('far').serve('/users/carol', reply({ status: 503 }))
    const answer = await signed('/users/alice')
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '30'])
  })

  it('shows a blocked actor an empty box and no statuses', async () => {
    const status = await world.make.status({ account: alice.account })
    await world.make.block({ account: alice.account, target: await world.met(carol) })
    expect((await signed(`/users/alice/statuses/${status.id}`)).status).toBe(404)
    expect((await signed('/users/alice/outbox?page=true')).body.orderedItems).toEqual([])
  })

  it('SEC-PRIV-10 SEC-HTTP-02 keeps no answer for somebody else: each asker is looked at anew', async () => {
    const status = await world.make.status({ account: alice.account, tags: ['birds'] })
    await world.make.pin({ status })
    const paths = [
      '/users/alice',
      '/users/alice/outbox?page=true',
      '/users/alice/collections/featured',
      '/users/alice/collections/tags',
      `/users/alice/statuses/${status.id}`,
      `/users/alice/statuses/${status.id}/replies`,
      `/users/alice/statuses/${status.id}/likes`,
    ]
    for (const path of paths) {
      const { status: code, headers, text } = await signed(path)
      expect([path, code, headers['cache-control']]).toEqual([path, 200, 'private, no-store'])
      expect([path, String(headers.vary)]).toEqual([path, expect.stringContaining('Signature')])
      expect(text.length).toBeGreaterThan(50)
    }
    await world.ctx.db('domain_blocks').insert({ domain: 'far.localhost', severity: 1 })
    await world.ctx.db('domain_blocks').insert({ domain: 'localhost', severity: 1 })
    for (const path of paths) {
      expect([path, (await signed(path)).status]).toEqual([path, 403])
      expect([path, (await web.get(path, { headers: AP })).status]).toEqual([path, 401])
    }
  })
})
