import { createHash, sign } from 'node:crypto'
import { connect } from 'node:net'
import { drainQueues, peekQueues } from '@anancus/core/testing/drain-queues'
import { useFederation } from '@anancus/core/testing/federation'
import {
  activity,
  type DeliveryRequest,
  type RemoteActor,
  type SignOptions,
  signDelivery,
} from '@anancus/core/testing/remote'
import { TEST_KEYS } from '@anancus/db/testing/test-keys'
import { sendSigned } from '../support/send-signed.ts'
import { startWeb, type TestWeb } from '../support/server.ts'
import { signMessage } from './sign-message.ts'
import { sendRaw } from './support.ts'

/** Spoilt signatures, sent to the running server by somebody whose key it knows, and by a stranger. */
const world = useFederation(['e', 'v'])
let web: TestWeb
let mallory: RemoteActor

beforeAll(async () => {
  web = await startWeb(world.ctx)
})
afterAll(() => web.close())
beforeEach(() => {
  mallory = world.host('e').actor('mallory')
})

const HOUR = 60 * 60 * 1000
const ago = (ms: number) => new Date(Date.now() - ms)
const seconds = (ms: number) => Math.floor((Date.now() + ms) / 1000)
const digest = (body: string) => `SHA-256=${createHash('sha256').update(body).digest('base64')}`
const contentDigest = (body: string) => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
const follow = () => activity(mallory, 'Follow', world.uriOf(world.alice.account))
const other = () => TEST_KEYS.find((pair) => pair.privateKey !== mallory.privateKey)?.privateKey ?? ''
const cavage = (options: SignOptions & { host?: string; target?: string } = {}) => {
  const { host = 'social.test', target = '/inbox', ...sign } = options
  return signDelivery(mallory, follow(), { host, target }, sign)
}
const message = (options: Parameters<typeof signMessage>[2] = {}) => signMessage(mallory, follow(), options)
const forged = () => JSON.stringify(activity(mallory, 'Block', world.uriOf(world.alice.account)))

/** What is done to a signature, by dialect. */
const SPOILT: [string, () => DeliveryRequest][] = [
  ['SEC-SIG-01 cavage: another body', () => cavage({ sentBody: forged() })],
  [
    'SEC-SIG-01 cavage: another body and its digest',
    () => {
      const sentBody = forged()
      return cavage({ sentBody, tamper: { digest: digest(sentBody) } })
    },
  ],
  ['SEC-SIG-01 cavage: no digest', () => cavage({ tamper: { digest: undefined } })],
  ['SEC-SIG-01 rfc 9421: another body', () => message({ sentBody: forged() })],
  [
    'SEC-SIG-01 rfc 9421: another body and its digest',
    () => {
      const sentBody = forged()
      return message({ sentBody, tamper: { 'content-digest': contentDigest(sentBody) } })
    },
  ],
  ['SEC-SIG-01 rfc 9421: no digest', () => message({ tamper: { 'content-digest': undefined } })],
  ['SEC-SIG-01 cavage: another inbox', () => ({ ...cavage(), target: '/users/alice/inbox' })],
  ['SEC-SIG-01 rfc 9421: another inbox', () => ({ ...message(), target: '/users/alice/inbox' })],
  ['SEC-SIG-02 cavage: the date alone', () => cavage({ covered: ['date'] })],
  ['SEC-SIG-02 cavage: not the target', () => cavage({ covered: ['host', 'date', 'digest'] })],
  ['SEC-SIG-02 cavage: not the host', () => cavage({ covered: ['(request-target)', 'date', 'digest'] })],
  ['SEC-SIG-02 cavage: not the digest', () => cavage({ covered: ['(request-target)', 'host', 'date'] })],
  ['SEC-SIG-02 cavage: nothing', () => cavage({ covered: [] })],
  [
    'SEC-SIG-02 cavage: no word of what',
    () => changed(cavage(), (text) => text.replace(/headers="[^"]*",/, '')),
  ],
  ['SEC-SIG-02 rfc 9421: nothing', () => message({ components: [] })],
  ['SEC-SIG-02 rfc 9421: not the method', () => message({ components: ['@target-uri', 'content-digest'] })],
  ['SEC-SIG-02 rfc 9421: not the target', () => message({ components: ['@method', 'content-digest'] })],
  ['SEC-SIG-02 rfc 9421: not the digest', () => message({ components: ['@method', '@target-uri'] })],
  ['SEC-SIG-02 rfc 9421: no key', () => message({ parameters: '' })],
  ['SEC-SIG-10 cavage: two keys', () => changed(cavage(), (text) => `${text},keyId="${mallory.keyId}"`)],
  ['SEC-SIG-10 cavage: two signatures', () => changed(cavage(), (text) => `signature="x",${text}`)],
  ['SEC-SIG-10 cavage: two lists', () => changed(cavage(), (text) => `${text},headers="date"`)],
  [
    'SEC-SIG-10 rfc 9421: two signatures',
    () => {
      const { 'signature-input': input = '' } = message().headers
      return message({ tamper: { 'signature-input': `${input}, more=${input.slice(4)}` } })
    },
  ],
  ['SEC-SIG-11 cavage: thirteen hours old', () => cavage({ date: ago(13 * HOUR) })],
  ['SEC-SIG-11 cavage: two hours ahead', () => cavage({ date: ago(-2 * HOUR) })],
  ['SEC-SIG-11 cavage: no date', () => cavage({ tamper: { date: undefined } })],
  ['SEC-SIG-11 cavage: a date that is none', () => cavage({ tamper: { date: 'yesterday' } })],
  ['SEC-SIG-11 rfc 9421: thirteen hours old', () => message({ created: seconds(-13 * HOUR) })],
  ['SEC-SIG-11 rfc 9421: two hours ahead', () => message({ created: seconds(2 * HOUR) })],
  [
    'SEC-SIG-11 rfc 9421: expired',
    () => {
      const expires = seconds(-2 * HOUR)
      return message({
        created: seconds(-3 * HOUR),
        parameters: `;expires=${expires};keyid="${mallory.keyId}"`,
      })
    },
  ],
  ['SEC-SIG-16 cavage: for another host', () => cavage({ host: 'other.test' })],
  [
    'SEC-SIG-16 cavage: for another host, sent as ours',
    () => cavage({ host: 'other.test', tamper: { host: 'social.test' } }),
  ],
  ['SEC-SIG-16 rfc 9421: for another host', () => message({ host: 'other.test' })],
  [
    'SEC-SIG-16 rfc 9421: for another host, sent as ours',
    () => message({ host: 'other.test', tamper: { host: 'social.test' } }),
  ],
  ...['MD5=abc', 'SHA-256=', 'SHA-256', `SHA-256=${'A'.repeat(43)}=`].map(
    (value): [string, () => DeliveryRequest] => [
      `SEC-SIG-17 the digest ${value}`,
      () => cavage({ tamper: { digest: value } }),
    ],
  ),
  ...['hmac-sha256', 'none', 'rsa-sha1', 'ed25519'].map((algorithm): [string, () => DeliveryRequest] => [
    `SEC-SIG-18 cavage: ${algorithm}`,
    () => cavage({ algorithm }),
  ]),
  ...['hmac-sha256', 'ed25519', 'rsa-pss-sha512', 'none'].map((name): [string, () => DeliveryRequest] => [
    `SEC-SIG-18 rfc 9421: ${name}`,
    () => message({ parameters: `;keyid="${mallory.keyId}";alg="${name}"` }),
  ]),
  ['SEC-SIG-19 cavage: another query', () => ({ ...cavage({ target: '/inbox?a=1' }), target: '/inbox?a=2' })],
  [
    'SEC-SIG-19 rfc 9421: another query',
    () => ({ ...message({ target: '/inbox?a=1' }), target: '/inbox?a=2' }),
  ],
  ['the key of somebody else, cavage', () => cavage({ privateKey: other() })],
  ['the key of somebody else, rfc 9421', () => message({ privateKey: other() })],
]

function changed(request: DeliveryRequest, change: (text: string) => string): DeliveryRequest {
  const { signature = '' } = request.headers
  return { ...request, headers: { ...request.headers, signature: change(signature) } }
}

describe('a spoilt signature', () => {
  it.each(SPOILT)('has no effect, by one we know: %s', async (_name, spoil) => {
    await world.met(mallory)
    const { status } = await sendSigned(web.url, spoil())
    // A key that does not fit may have been changed: the worker asks once, and finds the same key.
    expect([400, 401, 202]).toContain(status)
    if (status !== 202) expect(await peekQueues(world.ctx)).toEqual([])
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(0)
    const again = await sendSigned(web.url, spoil())
    expect([400, 401]).toContain(again.status)
    expect(await peekQueues(world.ctx)).toEqual([])
  })

  it.each(SPOILT)('has no effect, by a stranger: %s', async (_name, spoil) => {
    const { status } = await sendSigned(web.url, spoil())
    expect([400, 401, 202]).toContain(status)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(0)
  })
})

describe('a sound signature', () => {
  it.each<[string, () => DeliveryRequest]>([
    ['cavage', () => cavage()],
    ['rfc 9421', () => message()],
    ['rfc 9421, named', () => message({ parameters: `;keyid="${mallory.keyId}";alg="rsa-v1_5-sha256"` })],
    ['SEC-SIG-11 cavage: an hour old', () => cavage({ date: ago(HOUR) })],
    ['SEC-SIG-11 cavage: 50 minutes ahead', () => cavage({ date: ago(-50 * 60_000) })],
    ['SEC-SIG-11 rfc 9421: an hour old', () => message({ created: seconds(-HOUR) })],
    ['SEC-SIG-19 cavage: with a query', () => cavage({ target: '/inbox?a=1' })],
    ['SEC-SIG-19 cavage: without the query', () => ({ ...cavage(), target: '/inbox?a=1' })],
    ['SEC-SIG-19 rfc 9421: with a query', () => message({ target: '/inbox?a=1' })],
  ])('counts, known or not: %s', async (_name, make) => {
    expect((await sendSigned(web.url, make())).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(1)
    await world.ctx.db('follows').delete()
    expect((await sendSigned(web.url, make())).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(1)
  })

  it.each([
    ['in lower case', (value: string) => value.replace('SHA-256', 'sha-256')],
    ['beside another algorithm', (value: string) => `MD5=abc,${value}`],
    ['twice the same', (value: string) => `${value},${value}`],
  ])('SEC-SIG-17 counts with the digest %s', async (_name, spell) => {
    const body = JSON.stringify(follow())
    const headers: Record<string, string> = {
      host: 'social.test',
      date: new Date().toUTCString(),
      digest: spell(digest(body)),
    }
    const names = Object.keys(headers)
    const text = ['(request-target): post /inbox', ...names.map((name) => `${name}: ${headers[name]}`)]
    const made = sign('sha256', Buffer.from(text.join('\n')), mallory.privateKey).toString('base64')
    headers.signature = `keyId="${mallory.keyId}",headers="(request-target) ${names.join(' ')}",signature="${made}"`
    expect((await sendRaw(web, 'POST', '/inbox', headers, body)).status).toBe(202)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(1)
  })
})

describe('headers that come twice', () => {
  const twice = async (name: string, first: string, second: string) => {
    await world.met(mallory)
    const { headers, body } = cavage()
    const answer = await sendRaw(
      web,
      'POST',
      '/inbox',
      { ...headers, [name]: [first, second] } as never,
      body,
    )
    await drainQueues(world.ctx)
    return answer.status
  }

  it('SEC-SIG-01 two digests that differ are refused, in either order', async () => {
    const right = cavage().headers.digest ?? ''
    expect(await twice('digest', right, digest(forged()))).toBe(401)
    expect(await twice('digest', digest(forged()), right)).toBe(401)
    expect(await world.count('follows')).toBe(0)
  })

  it('SEC-SIG-10 two Signature headers are refused, in either order', async () => {
    const [good, bad] = [
      cavage().headers.signature ?? '',
      cavage({ privateKey: other() }).headers.signature ?? '',
    ]
    expect(await twice('signature', good, bad)).toBe(401)
    expect(await twice('signature', bad, good)).toBe(401)
    expect(await world.count('follows')).toBe(0)
  })

  it.each([
    ['social.test', 'other.test'],
    ['other.test', 'social.test'],
  ])('SEC-SIG-16 two Host headers are refused: %s and %s', async (first, second) => {
    await world.met(mallory)
    const { headers, body } = cavage()
    const { host: _host, ...rest } = headers
    const lines = Object.entries(rest).map(([name, value]) => `${name}: ${value}`)
    const { hostname, port } = new URL(web.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      [
        'POST /inbox HTTP/1.1',
        `Host: ${first}`,
        `Host: ${second}`,
        ...lines,
        `Content-Length: ${body.length}`,
      ]
        .join('\r\n')
        .concat('\r\nConnection: close\r\n\r\n'),
    )
    socket.write(body)
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    await drainQueues(world.ctx)
    expect(await world.count('follows')).toBe(0)
  })
})

it('a captured delivery that is sent again does nothing a second time', async () => {
  await world.followed(mallory)
  const note = world.host('e').note(mallory, { cc: [mallory.followers] })
  const create = signDelivery(mallory, activity(mallory, 'Create', note), { host: 'social.test' })
  for (let times = 0; times < 3; times++) {
    await sendSigned(web.url, create)
    await drainQueues(world.ctx)
  }
  expect(await world.count('statuses')).toBe(1)
  await sendSigned(
    web.url,
    signDelivery(mallory, activity(mallory, 'Delete', note.id), { host: 'social.test' }),
  )
  await drainQueues(world.ctx)
  await sendSigned(web.url, create)
  await drainQueues(world.ctx)
  expect(await world.statusAt(note.id)).toBeUndefined()
})

it('SEC-DOS-06 a body that ends before its length leaves nothing behind', async () => {
  await world.met(mallory)
  const { headers, body } = cavage()
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const { hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => {}) // cut off is one way to end
  socket.resume()
  const head = ['POST /inbox HTTP/1.1', ...lines, `Content-Length: ${body.length + 100}`, '', ''].join('\r\n')
  socket.end(Buffer.concat([Buffer.from(head), body]))
  await closed
  expect((await web.get('/health')).status).toBe(200)
  expect(await peekQueues(world.ctx)).toEqual([])
})
