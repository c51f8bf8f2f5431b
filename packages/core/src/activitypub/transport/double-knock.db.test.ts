import { createPublicKey } from 'node:crypto'
import { useFederation } from '../../../testing/federation.ts'
import { type Recorded, reply } from '../../../testing/remote.ts'
import { fetchDocument } from './fetch.ts'
import { signerOf } from './keys.ts'
import { postActivity } from './post.ts'
import { isSignedBy, signatureClaim } from './verify.ts'

const world = useFederation(['modern', 'deaf', 'old', 'reader'])
const options = { deadlineMs: 5_000, maxAnswerBytes: 1_000 }
const isModern = (request: Recorded) => request.headers['signature-input'] !== undefined

const post = (host: string) => {
  const { account } = world.alice
  const inbox = new URL(world.host(host).url('/inbox?a=b'))
  return postActivity(world.ctx, signerOf(world.ctx.config, account), inbox, '{"type":"Like"}', options)
}
const dialects = (host: string) => world.host(host).requests.map(isModern)

describe('knocking twice', () => {
  it('signs by RFC 9421 where the old signature is refused, and remembers that', async () => {
    const { account } = world.alice
    const host = world.host('modern')
    host.serve('/inbox', (request, response) => {
      if (isModern(request)) return {}
      response.writeHead(401).end()
      return undefined
    })
    expect((await post('modern')).status).toBe(200)
    expect(dialects('modern')).toEqual([false, true])
    expect((await post('modern')).status).toBe(200)
    expect(dialects('modern')).toEqual([false, true, true])
    const { method, path: target, headers, body } = host.requests[1] as Recorded
    expect(headers['content-digest']).toMatch(/^sha-256=:.+:$/)
    const claim = signatureClaim(
      { method, target, headers: headers as Record<string, string>, body: Buffer.from(body) },
      { ownHosts: new Set([host.host]), scheme: 'http', now: world.ctx.clock.now() },
    )
    expect(claim.keyId).toBe(`${world.uriOf(account)}#main-key`)
    expect(isSignedBy(claim, createPublicKey(account.public_key))).toBe(true)
  })

  it('gives the first answer where both are refused, and leaves such a host alone', async () => {
    world.host('deaf').serve('/inbox', reply({ status: 403, headers: { 'retry-after': '7' } }))
    expect(await post('deaf')).toEqual({ status: 403, retryAfter: '7' })
    expect(dialects('deaf')).toEqual([false, true])
    expect((await post('deaf')).status).toBe(403)
    expect(dialects('deaf')).toEqual([false, true, false])
  })

  it.each([200, 400, 404, 500])('knocks once where the answer is %d', async (status) => {
    world.host('old').serve('/inbox', reply({ status }))
    expect((await post('old')).status).toBe(status)
    expect(dialects('old')).toEqual([false])
  })

  it('fetches documents in the same way', async () => {
    const host = world.host('reader')
    const note = { id: host.url('/note'), type: 'Note' }
    host.serve('/note', (request, response) => {
      if (isModern(request)) return note
      response.writeHead(401).end()
      return undefined
    })
    expect(await fetchDocument(world.ctx, note.id)).toMatchObject({ document: note })
    expect(dialects('reader')).toEqual([false, true])
  })
})
