import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { requestPasswordReset } from '@anancus/core/domain/users'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { factories } from '@anancus/db/testing/make'
import { openBrowser } from '../support/browser.ts'
import { runMailJobs } from '../support/mails.ts'
import { startWeb, type TestWeb } from '../support/server.ts'
import { sendRaw } from './support.ts'

let ctx: TestContext
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
beforeEach(async () => {
  const keys = await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`)
  if (keys.length > 0) await ctx.redis.del(...keys)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

async function openSocket(to: TestWeb): Promise<Socket & { answer: () => string }> {
  const { hostname, port } = new URL(to.url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => {}) // cut off is what we wait for
  await once(socket, 'connect')
  return Object.assign(socket, { answer: () => Buffer.concat(chunks).toString() })
}

const closed = (socket: Socket, withinMs: number) =>
  Promise.race([
    // A reset is a way of closing too.
    new Promise<boolean>((resolve) => socket.once('close', () => resolve(true))),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), withinMs).unref()),
  ])

describe('SEC-HTTP-06 a request that two readers may understand in two ways', () => {
  const HIDDEN = 'GET /auth/edit HTTP/1.1\r\nHost: social.test\r\n\r\n'

  it.each([
    ['two lengths', `Content-Length: 4\r\nContent-Length: ${HIDDEN.length}\r\n\r\n`],
    ['a list of lengths', 'Content-Length: 4, 5\r\n\r\n'],
    ['a length and an encoding', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an encoding and a length', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n'],
    ['a signed length', 'Content-Length: +4\r\n\r\n'],
    ['a length in hexadecimal', 'Content-Length: 0x4\r\n\r\n'],
    ['an encoding nobody knows', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['chunked that is not last', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['chunked twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a tab before the colon', 'Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n'],
    ['a vertical tab in a value', 'Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a bare carriage return', 'X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a NUL in a value', 'X: a\0b\r\n\r\n'],
    ['a name that is none', 'X y: a\r\n\r\n'],
    ['a line without a colon', 'nonsense\r\n\r\n'],
    ['a chunk whose size is signed', 'Transfer-Encoding: chunked\r\n\r\n+4\r\nabcd\r\n0\r\n\r\n'],
    ['a chunk whose size is a word', 'Transfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n'],
    ['a chunk of another length than it says', 'Transfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n0\r\n\r\n'],
    ['a chunk that ends by a line feed', 'Transfer-Encoding: chunked\r\n\r\n4\nabcd\n0\n\n'],
    ['a chunk with a bare carriage return', 'Transfer-Encoding: chunked\r\n\r\n4\rabcd\r\n0\r\n\r\n'],
  ])('%s is refused, the connection closed, what hides behind it never answered', async (_name, rest) => {
    const socket = await openSocket(web)
    socket.write(
      `POST /api/v1/apps HTTP/1.1\r\nHost: social.test\r\nContent-Type: application/json\r\n${rest}${HIDDEN}`,
    )
    expect(await closed(socket, 3_000)).toBe(true)
    expect(socket.answer()).toMatch(/^HTTP\/1\.1 400 /)
    expect(socket.answer().match(/HTTP\/1\.1 \d/g)).toHaveLength(1)
    socket.destroy()
  })

  it.each([
    ['no host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['a version that is none', 'GET /health HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a method that is none', 'SMUGGLE /health HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a space in the path', 'GET /he alth HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['headers of a megabyte', `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(1_000_000)}\r\n\r\n`],
    ['a path of a megabyte', `GET /${'a'.repeat(1_000_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ])('%s is refused', async (_name, request) => {
    const socket = await openSocket(web)
    socket.write(request)
    expect(await closed(socket, 3_000)).toBe(true)
    // The rest of what is too long may meet a closed door before the answer is read.
    expect(socket.answer()).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
    expect((await web.get('/health')).status).toBe(200)
  })
})

describe('SEC-HTTP-07 whatever a request calls us', () => {
  const POISON = {
    host: 'evil.test',
    'x-forwarded-host': 'evil.test',
    'x-host': 'evil.test',
    'x-forwarded-server': 'evil.test',
    forwarded: 'host=evil.test;proto=http',
    'x-original-url': '/evil',
    'x-rewrite-url': '/evil',
  }

  it('links of mails lead to us', async () => {
    const { user } = await factories(ctx.db).user()
    ctx.mailer.sent.length = 0
    const browser = openBrowser(web)
    const page = await browser.get('/auth/password/new')
    const token = /name="authenticity_token" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const form = new URLSearchParams({ authenticity_token: token, 'user[email]': user.email }).toString()
    const answer = await sendRaw(
      web,
      'POST',
      '/auth/password',
      {
        ...POISON,
        cookie: browser.cookieHeader(),
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(form.length),
      },
      form,
    )
    expect(answer.status).toBe(303)
    await requestPasswordReset(ctx, user.email)
    await runMailJobs(ctx)
    expect(ctx.mailer.sent).toHaveLength(2)
    for (const { text, html } of ctx.mailer.sent) {
      expect(text).toContain('https://social.test/auth/password/edit?')
      expect(`${text}${html}`).not.toContain('evil.test')
    }
  })

  it('every address in every kind of answer is ours', async () => {
    const make = factories(ctx.db)
    const { user, account } = await make.user({ account: { username: 'alice' } })
    for (let count = 0; count < 3; count += 1) await make.status({ account, tags: ['birds'] })
    const { secret } = await make.token({ user })
    const paths = [
      '/api/v2/instance',
      '/api/v1/timelines/public?limit=2',
      '/api/v1/timelines/tag/birds?limit=1',
      `/api/v1/accounts/${account.id}/statuses?limit=2`,
      '/api/v1/accounts/verify_credentials',
      '/.well-known/webfinger?resource=acct:alice@social.test',
      '/.well-known/host-meta',
      '/.well-known/nodeinfo',
      '/.well-known/oauth-authorization-server',
      '/users/alice',
      '/users/alice/outbox?page=true',
      '/oauth/userinfo',
      '/auth/sign_in',
      '/@alice',
      '/nothing-here',
    ]
    for (const path of paths)
      for (const accept of ['text/html', 'application/activity+json', '*/*']) {
        const answer = await sendRaw(web, 'GET', path, {
          ...POISON,
          accept,
          authorization: `Bearer ${secret}`,
        })
        expect([path, (answer.text + JSON.stringify(answer.headers)).includes('evil')]).toEqual([path, false])
      }
  })
})

describe('SEC-HTTP-09 line breaks in what becomes a header', () => {
  it.each([
    '%0d%0aX-Evil:%20yes',
    '%0aX-Evil:%20yes',
    '%0d%0a%0d%0a<script>',
    '%E5%98%8A%E5%98%8DX-Evil:%20yes',
  ])('%s makes no header', async (part) => {
    await factories(ctx.db).status({ tags: ['birds'] })
    const paths = [
      `/api/v1/timelines/tag/birds?limit=1&any[]=${part}`,
      `/api/v1/timelines/public?limit=1&only_media=${part}`,
      `/web/${part}`,
      `/redirect/accounts/${part}`,
      `/oauth/authorize?state=${part}`,
      `/system/${part}`,
      `/@${part}`,
      `/authorize_interaction?uri=${part}`,
      `/.well-known/webfinger?resource=${part}`,
    ]
    for (const path of paths) {
      const { status, headers } = await sendRaw(web, 'GET', path, {
        host: 'social.test',
        'x-request-id': part,
      })
      expect([path, status < 500]).toEqual([path, true])
      expect([path, headers['x-evil']]).toEqual([path, undefined])
      expect(Object.values(headers).join()).not.toMatch(/[\r\n]/)
    }
  })
})
