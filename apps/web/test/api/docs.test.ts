import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { apiRoutes } from '../../src/api/index.ts'
import { startWeb, type TestWeb } from '../support/server.ts'

let ctx: TestContext
let web: TestWeb

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
})
afterAll(async () => {
  await web.close()
  await closeTestContext(ctx)
})

describe('GET /api/openapi.json', () => {
  it('describes every route of this server, at its address', async () => {
    const { body, headers } = await web.get('/api/openapi.json')
    expect(body.servers).toEqual([{ url: 'https://social.test' }])
    const described = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const missing = apiRoutes
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/\{\/\*(\w+)\}/, '/{$1}').replace(/:(\w+)/g, '{$1}')}`,
      )
      .filter((name) => !described.includes(name))
    expect(missing).toEqual([])
    expect(headers.get('cache-control')).toContain('public')
  })

  it('is not sent again to who has it', async () => {
    const etag = (await web.get('/api/openapi.json')).headers.get('etag') ?? ''
    const again = await web.get('/api/openapi.json', { headers: { 'if-none-match': etag } })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await web.get('/api/openapi.json', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })
})

describe('GET /api/docs', () => {
  it('lists the operations, and finds them by words', async () => {
    const all = await web.get('/api/docs')
    expect(all.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(all.text).toContain('?operation=getV1TimelinesHome"')
    const found = await web.get('/api/docs?q=timelines+HOME')
    expect(found.text).toContain('1 operation')
    expect(found.text).toContain('?operation=getV1TimelinesHome"')
    expect(found.text).not.toContain('?operation=getV1TimelinesPublic"')
    expect((await web.get('/api/docs?q=unlikelyword')).text).toContain('Nothing found')
  })

  it('repeats what was looked for as text', async () => {
    const { text, headers } = await web.get(
      `/api/docs?q=${encodeURIComponent('"><script>alert(1)</script>')}`,
    )
    expect(text).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('shows an operation with its scopes, parameters and answers', async () => {
    const { text } = await web.get('/api/docs?operation=postV1Statuses')
    for (const word of ['write:statuses', 'poll.expires_in', 'media_ids', 'entity=ScheduledStatus', '>429<'])
      expect([word, text.includes(word)]).toEqual([word, true])
  })

  it('shows every operation and entity there is, and no other', async () => {
    const { body } = await web.get('/api/openapi.json')
    const names = Object.keys(body.components.schemas)
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    for (const page of [...names.map((name) => `entity=${name}`), ...ids.map((id) => `operation=${id}`)]) {
      await ctx.redis.del(await ctx.redis.keys(`${ctx.config.redis.prefix}rate:*`))
      expect([page, (await web.get(`/api/docs?${page}`)).status]).toEqual([page, 200])
    }
    for (const page of ['entity=constructor', 'entity=__proto__', 'operation=none'])
      expect((await web.get(`/api/docs?${page}`)).status).toBe(404)
  }, 60_000)
})
