import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { useFederation } from '@anancus/core/testing/federation'
import { drainQueues } from '@anancus/core/testing/drain-queues'
import { activity, type RemoteActor, signDelivery } from '@anancus/core/testing/remote'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

const world = useFederation(['far'])
let web: TestWeb
let carol: RemoteActor

beforeEach(async () => {
  web = await startWeb(world.ctx)
  carol = world.host('far').actor('carol')
})
afterEach(() => web.close())

const follow = () => activity(carol, 'Follow', world.uriOf(world.alice.account))
const send = (target: string, document: unknown = follow()) =>
  sendSigned(web.url, signDelivery(carol, document, { host: 'social.test', target }))

describe('the inboxes', () => {
  it.each(['/inbox', '/users/alice/inbox', '/ap/users/ID/inbox', '/actor/inbox'])(
    '%s takes an activity with 202',
    async (path) => {
      const target = path.replace('ID', world.alice.account.id)
      const answer = await send(target)
      expect([answer.status, answer.text]).toEqual([202, ''])
      await drainQueues(world.ctx)
      expect(await world.count('follows')).toBe(1)
    },
  )

  it('is missing for nobody, and 401 unsigned', async () => {
    expect((await send('/users/nobody/inbox')).status).toBe(404)
    const answer = await web.post('/inbox', { json: follow() })
    expect([answer.status, answer.body]).toEqual([401, { error: 'Request not signed', reason: 'not_signed' }])
  })

  it('SEC-DOS-15 is 400 for what is no JSON, however deep', async () => {
    for (const body of ['{', '['.repeat(100_000), '"x"'])
      expect((await send('/inbox', body)).status).toBe(400)
    expect((await web.get('/health')).status).toBe(200)
  })

  it('SEC-DOS-03 SEC-DOS-06 is 413 above a mebibyte, with and without a length', async () => {
    expect((await send('/inbox', 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
    expect(await chunked(web.url, 1024 * 1024 + 1)).toBe(413)
  })
})

/** Posts a body of that size without saying how long it is. */
async function chunked(url: string, bytes: number): Promise<number> {
  const request = httpRequest(`${url}/inbox`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
  request.on('error', () => {}) // the server may hang up before it has all
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  const part = Buffer.alloc(64 * 1024, 'x')
  for (let sent = 0; sent < bytes; sent += part.length) request.write(part)
  request.end()
  const [response] = await answered
  response.resume()
  return response.statusCode ?? 0
}
