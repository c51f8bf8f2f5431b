import { useFederation } from '@anancus/core/testing/federation'
import { activity, type RemoteActor, type SignOptions, signDelivery } from '@anancus/core/testing/remote'
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

const TARGET = '/api/v1/federation/echo'
const ask = async (options: SignOptions = {}, target = TARGET) => {
  const request = signDelivery(carol, { hello: 'world' }, { host: 'social.test', target }, options)
  return JSON.parse((await sendSigned(web.url, request)).text)
}

describe('GET and POST /api/v1/federation/echo', () => {
  it.each(['POST', 'GET'])('say of a signed %s what was compared, and with whose key', async (method) => {
    const answer = await ask({ method })
    expect(answer).toMatchObject({
      verified: true,
      reason: null,
      scheme: 'draft-cavage',
      key_id: carol.keyId,
      key: { owner: carol.uri, public_key_pem: expect.stringContaining('PUBLIC KEY') },
      method,
    })
    expect(answer.base_string).toContain(`(request-target): ${method.toLowerCase()} ${TARGET}`)
    expect(answer.base_string).toContain('host: social.test')
  })

  it('name both texts where a query may be signed or not', async () => {
    const answer = await ask({}, `${TARGET}?a=1`)
    expect(answer.base_strings).toHaveLength(2)
  })

  it.each([
    ['signature_date_outside_window', { date: new Date('2020-01-01') }],
    ['digest_does_not_match', { sentBody: '{"hello":"you"}' }],
    ['signature_covers_too_little', { covered: ['host', 'date'] }],
    ['signature_does_not_verify', { tamper: { 'content-type': 'text/plain' } }],
    ['signature_algorithm_unsupported', { algorithm: 'rsa-md5' }],
    ['not_signed', { tamper: { signature: undefined } }],
    ['signature_malformed', { tamper: { signature: 'keyId="' } }],
  ] satisfies [string, SignOptions][])('say why not: %s', async (reason, options) => {
    const answer = await ask(options)
    expect(answer).toMatchObject({ verified: false, reason, error: expect.any(String) })
  })

  it('show the text even of a request that is too old', async () => {
    const answer = await ask({ date: new Date('2020-01-01') })
    expect(answer.base_string).toContain('date: Wed, 01 Jan 2020')
  })

  it('ask nothing of a server that is blocked', async () => {
    await world.ctx.db('domain_blocks').insert({ domain: 'far.localhost', severity: 1 })
    expect(await ask()).toMatchObject({ verified: false, reason: 'domain_blocked' })
    expect(world.host('far').requests).toEqual([])
  })

  it('do not ask for a missing key again and again', async () => {
    carol.keyId = world.host('far').url('/nowhere#key')
    for (let n = 0; n < 6; n++) expect((await ask()).verified).toBe(false)
    expect(world.host('far').requests.length).toBeLessThanOrEqual(6)
  })

  it('change nothing: what is sent there is not taken in', async () => {
    const follow = activity(carol, 'Follow', world.uriOf(world.alice.account))
    await sendSigned(web.url, signDelivery(carol, follow, { host: 'social.test', target: TARGET }))
    expect(await world.count('job_outbox')).toBe(0)
    expect(await world.count('follows')).toBe(0)
  })
})
