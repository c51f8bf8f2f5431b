import { createStore } from '@anancus/core/kernel/storage/index'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { s3Settings } from '@anancus/core/testing/store'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { startWeb, type TestWeb } from '../support/server.ts'

/** What `/system/…` answers when the files are in S3, or on their way from one store to the other. */

const PNG = { contentType: 'image/png' }
const KEY = 'media_attachments/files/000/000/001/original/a b.png'
const PATH = '/system/media_attachments/files/000/000/001/original/a%20b.png'

let s3: FauxqsServer
let ctx: TestContext
let web: TestWeb
beforeAll(async () => {
  s3 = await startFauxqs({ port: 0, logger: false })
  s3.createBucket('files')
})
afterAll(() => s3.stop())

const serve = (env: Record<string, string>) => {
  beforeAll(async () => {
    ctx = await testContext({ env: { ...s3Settings(s3.address), ...env } })
    web = await startWeb(ctx)
  })
  afterAll(async () => {
    await web.close()
    await closeTestContext(ctx)
  })
}
const located = () => `${s3.address}/files/${PATH.slice('/system/'.length)}`

describe('files in S3', () => {
  serve({})

  it('addresses of files that once were on disk lead to the bucket, so that what others keep of us stays good', async () => {
    await ctx.storage.put(KEY, Buffer.from('x'), PNG)
    const answer = await web.get(PATH)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, located()])
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await (await fetch(located())).text()).toBe('x')
  })

  it.each([
    '/system/.incoming/x',
    '/system/..%2f..%2fx',
    '/system/x%00.png',
    '/system/a//b',
    '/system/a%5c..%5cb',
  ])('SEC-MEDIA-12 but none that is no key: %s', async (path) => {
    const answer = await web.get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('location')).toBeNull()
  })

  it('nowhere but there', async () => {
    const answer = await web.get('/system//evil.example/x')
    expect(answer.headers.get('location')?.startsWith(`${s3.address}/files/`) ?? true).toBe(true)
  })
})

describe.each([
  ['s3', 'local'],
  ['local', 's3'],
] as const)('files on their way from %s to %s', (from, to) => {
  serve({ S3_ENABLED: String(to === 's3'), MEDIA_MOVING_FROM: from })

  it('are served where they are', async () => {
    const store = { local: createStore(ctx.config, 'local'), s3: createStore(ctx.config, 's3') }
    expect(ctx.storage.url(KEY)).toBe(`https://social.test${PATH}`)
    await store.local.put(KEY, Buffer.from('here'), PNG)
    expect(await web.get(PATH)).toMatchObject({ status: 200, text: 'here' })
    await store.local.setPublic([KEY], false)
    expect((await web.get(PATH)).status).toBe(404)
    await store.local.delete([KEY])
    const moved = await web.get(PATH)
    expect([moved.status, moved.headers.get('location')]).toEqual([302, located()])
    expect(moved.headers.get('cache-control')).toBe('private, no-store')
    expect(moved.headers.get('content-disposition')).toBeNull()
  })
})
