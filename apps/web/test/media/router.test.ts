import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { picture } from '@anancus/core/testing/pictures'
import { type Remotes, reply, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let remotes: Remotes

beforeAll(async () => {
  remotes = await startRemotes(['a'])
  ctx = await testContext({ env: remotes.env })
  web = await startWeb(ctx)
})
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
  await remotes.close()
})

describe('GET /system/…', () => {
  const put = (key: string, body: Buffer | string) =>
    ctx.storage.put(key, Buffer.from(body as string), { contentType: 'image/png' })

  it('SEC-XSS-10 serves files so that no browser runs them', async () => {
    await put('media_attachments/files/000/000/001/original/a.png', await picture('png'))
    const answer = await web.get('/system/media_attachments/files/000/000/001/original/a.png')
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; form-action 'none'",
      'cache-control': 'public, max-age=2419200, immutable',
      'access-control-allow-origin': '*',
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it.each(['html', 'svg', 'js', 'xml', 'pdf', 'php'])('a .%s is a download of bytes', async (extension) => {
    await put(`x/a.${extension}`, '<script>alert(1)</script>')
    const { headers } = await web.get(`/system/x/a.${extension}`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toBe('attachment')
  })

  it('shows no file that is hidden, and shows it again later', async () => {
    await put('x/hidden.png', await picture('png'))
    await ctx.storage.setPublic(['x/hidden.png'], false)
    const hidden = await web.get('/system/x/hidden.png')
    expect(hidden).toMatchObject({ status: 404, body: { error: 'Not Found' } })
    expect(hidden.headers.get('cache-control')).toBe('private, no-store')
    await ctx.storage.setPublic(['x/hidden.png'], true)
    expect((await web.get('/system/x/hidden.png')).status).toBe(200)
  })

  it.each(['%00', '..%2f..%2fetc%2fpasswd', '%2e%2e/x', 'x%00.png'])(
    'has nothing under %s, and does not fail',
    async (path) => {
      expect([400, 403, 404]).toContain((await web.get(`/system/${path}`)).status)
    },
  )

  it('gives parts, and says when nothing has changed', async () => {
    await put('x/long.mp4', '0123456789')
    const part = await web.get('/system/x/long.mp4', { headers: { range: 'bytes=2-4' } })
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
    const whole = await web.get('/system/x/long.mp4')
    const again = await web.get('/system/x/long.mp4', {
      // Otherwise fetch asks for no cached answer.
      headers: { 'if-none-match': whole.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    })
    expect(again.status).toBe(304)
  })

  it.each([
    '/system/missing.png',
    '/system/..%2f..%2fetc/passwd',
    '/system/%2e%2e/%2e%2e/etc/passwd',
    '/system/..%5c..%5cetc',
    '/system/.incoming/x',
    '/system/x%00.png',
    '/system/',
    '/system/x',
  ])('SEC-MEDIA-12 %s is not found', async (path) => {
    await put('x/y.png', 'x')
    const answer = await web.get(path)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('root:')
    expect(answer.headers.get('cache-control')).not.toContain('immutable')
  })
})

describe('GET /media_proxy/:id/:style', () => {
  const attachment = async (values: object = {}, status: object = {}) => {
    const owner = await make.status({ account: cast.carol, ...status })
    return make.media({
      account: cast.carol,
      status: owner,
      remote_url: remotes.host('a').url('/x.png'),
      ...values,
    })
  }

  it('brings the picture here, once for many at the same time, and sends the browser to it', async () => {
    remotes.host('a').serve('/x.png', reply({ type: 'image/png', body: await picture('png') }))
    const media = await attachment()
    const answers = await Promise.all(
      ['original', 'small', 'original'].map((style) => web.get(`/media_proxy/${media.id}/${style}`)),
    )
    for (const [index, { status, headers }] of answers.entries()) {
      expect(status).toBe(302)
      expect(headers.get('location')).toContain('https://social.test/system/cache/media_attachments/files/')
      expect(headers.get('location')).toContain(index === 1 ? '/small/' : '/original/')
    }
    expect(remotes.host('a').requests).toHaveLength(1)
    const file = await web.get(new URL(answers[0]?.headers.get('location') ?? '').pathname)
    expect(file.status).toBe(200)
    expect((await web.get(`/media_proxy/${media.id}`)).headers.get('location')).toContain('/original/')
  })

  it('SEC-PRIV-27 is not found for what hangs on a status the visitor may not see', async () => {
    const unused = await web.get('/media_proxy/1/original')
    for (const visibility of ['private', 'direct']) {
      const answer = await web.get(`/media_proxy/${(await attachment({}, { visibility })).id}/original`)
      expect([answer.status, answer.text]).toEqual([404, unused.text])
    }
    expect((await web.get('/media_proxy/nonsense/original')).status).toBe(404)
    expect((await web.get(`/media_proxy/${(await attachment()).id}/huge`)).status).toBe(404)
    expect(remotes.host('a').requests).toHaveLength(0)
  })

  it('is not found when its server has it no longer, 503 when it does not answer', async () => {
    expect((await web.get(`/media_proxy/${(await attachment()).id}/original`)).status).toBe(404)
    remotes.host('a').serve('/x.png', reply({ status: 500 }))
    expect((await web.get(`/media_proxy/${(await attachment()).id}/original`)).status).toBe(503)
  })

  it('asks a server that has nothing a few times, however often it is wanted here', async () => {
    remotes.host('a').serve('/x.png', reply({ status: 500 }))
    const media = await attachment()
    const statuses: number[] = []
    for (let count = 0; count < 8; count += 1)
      statuses.push((await web.get(`/media_proxy/${media.id}/original`)).status)
    expect(new Set(statuses)).toEqual(new Set([503]))
    expect(remotes.host('a').requests).toHaveLength(5)
  })

  it('SEC-RATE-01 is asked thirty times in ten minutes by one address, whoever it says it is', async () => {
    remotes.host('a').serve('/x.png', reply({ type: 'image/png', body: await picture('png') }))
    const { id } = await attachment()
    const ask = (address: string) =>
      web.get(`/media_proxy/${id}/original`, { headers: { 'x-forwarded-for': address } })
    const statuses: number[] = []
    for (let count = 0; count < 31; count += 1) statuses.push((await ask(`2001:db8:1:1::${count}`)).status)
    expect(statuses).toEqual([...Array(30).fill(302), 429])
    expect((await ask('2001:db8:1:2::1')).status).toBe(302)
  })

  it('never fetches what a moderator refuses', async () => {
    await ctx.db('domain_blocks').insert({ domain: 'mastodon.example', severity: 2, reject_media: true })
    expect((await web.get(`/media_proxy/${(await attachment()).id}/original`)).status).toBe(404)
    expect(remotes.host('a').requests).toHaveLength(0)
  })

  it('sends to the other server for films', async () => {
    const media = await attachment({ type: 'video' })
    const answer = await web.get(`/media_proxy/${media.id}/original`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, media.remote_url])
  })
})
