import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { processMedia } from '@anancus/core/domain/media'
import { mediaKey } from '@anancus/core/kernel/storage/keys'
import { type Cast, castOf } from '@anancus/core/testing/cast'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { gifBomb, picture } from '@anancus/core/testing/pictures'
import { resetDatabase } from '@anancus/core/testing/reset'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../../support/server.ts'

/** A second of a film without sound, to stdout. */
const SOURCE = 'testsrc=size=64x48:rate=10:duration=1'
const FILM = ['-loglevel', 'error', '-f', 'lavfi', '-i', SOURCE, '-c:v', 'libvpx', '-f', 'webm', '-']

let ctx: TestContext
let web: TestWeb
let cast: Cast
let make: ReturnType<typeof factories>
let alice: TestClient
let bob: TestClient
let folder: string
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  ctx = await testContext()
  web = await startWeb(ctx)
  folder = await mkdtemp(join(tmpdir(), 'anancus-upload-test-'))
  // From here on every temporary file of ours is in a folder of its own, to be counted.
  process.env.TMPDIR = folder
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
  alice = web.as(await make.token({ user: cast.alice.user }))
  bob = web.as(await make.token({ user: cast.bob.user }))
})
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await rm(folder, { recursive: true })
  await web.close()
  await closeTestContext(ctx)
})
afterEach(async () => expect(await readdir(folder)).toEqual([]))

function form(bytes: Buffer | string, fields: Record<string, string> = {}, name = 'photo.png'): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(fields)) data.append(field, value)
  data.append('file', new Blob([bytes as never], { type: 'image/png' }), name)
  return data
}
const upload = async (client = alice, fields = {}, path = '/api/v2/media') =>
  client.post(path, { body: form(await picture('png', 300, 200), fields) })

describe.each(['/api/v2/media', '/api/v1/media'])('POST %s', (path) => {
  it('answers 200 with all there is to say', async () => {
    const { status, body } = await upload(alice, { description: 'a wall', focus: '0.5,-0.5' }, path)
    expect(status).toBe(200)
    expect(body.url).toContain(ctx.storage.url('media_attachments/files'))
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      type: 'image',
      url: expect.stringMatching(/\/media_attachments\/files\/(\d{3}\/)+original\/[0-9a-f]{32}\.png$/),
      preview_url: expect.stringContaining('/small/'),
      remote_url: null,
      preview_remote_url: null,
      text_url: expect.any(String),
      meta: {
        focus: { x: 0.5, y: -0.5 },
        original: { width: 300, height: 200, size: '300x200', aspect: 1.5 },
        small: { width: 300, height: 200, size: '300x200', aspect: 1.5 },
      },
      description: 'a wall',
      blurhash: expect.stringMatching(/^U/),
    })
  })

  it.each([
    ['no file', () => new FormData(), "Validation failed: File can't be blank"],
    ['text', () => form('hello'), 'File type of uploaded media could not be verified'],
    ['PDF', () => form('%PDF-1.7'), 'Validation failed: File content type is invalid, File is invalid'],
    ['a bomb', () => form(gifBomb(50_000)), 'Files of 50000 frames are not supported'],
  ])('refuses %s', async (_name, body, error) => {
    const answer = await alice.post(path, { body: body() })
    expect([answer.status, answer.body]).toEqual([422, { error }])
    expect(await ctx.db('media_attachments')).toHaveLength(0)
  })

  it('needs its scope, before it reads a file', async () => {
    const weak = web.as(await make.token({ user: cast.alice.user, scopes: 'read' }))
    expect((await upload(weak, {}, path)).status).toBe(403)
    expect((await upload(web, {}, path)).status).toBe(401)
  })
})

/** Of a file, where people load it from. */
const statusAt = async (url: string): Promise<number> =>
  ctx.config.env.S3_ENABLED ? (await fetch(url)).status : (await web.get(new URL(url).pathname)).status

describe('a film', () => {
  const film = async () => {
    const { stdout } = await promisify(execFile)('ffmpeg', FILM, { encoding: 'buffer' })
    return form(stdout, {}, 'film.webm')
  }

  it('is accepted by v2 with 202, in work with 206, and done with 200', async () => {
    const { status, body } = await alice.post('/api/v2/media', { body: await film() })
    expect([status, body.type, body.url]).toEqual([202, 'video', null])
    const get = async () => alice.get(`/api/v1/media/${body.id}`)
    expect((await get()).status).toBe(206)
    await processMedia(ctx, { mediaAttachmentId: body.id })
    const done = await get()
    expect([done.status, done.body.type]).toEqual([200, 'gifv'])
    expect(done.body.url).toMatch(/\.mp4$/)
  })

  it('takes a thumbnail with it, and another one later; what was sent is for nobody meanwhile', async () => {
    const withThumbnail = async (data: FormData, width: number) => {
      data.append('thumbnail', new Blob([(await picture('png', width, 100)) as never]), 'thumbnail.png')
      return data
    }
    const { body } = await alice.post('/api/v2/media', { body: await withThumbnail(await film(), 100) })
    expect(body.preview_url).toMatch(/media_attachments\/thumbnails\/.*\.png$/)
    expect(body.meta).toMatchObject({ small: { width: 100 }, colors: { background: expect.any(String) } })
    expect(await statusAt(body.preview_url)).toBe(200)
    const row = await ctx.db('media_attachments').where({ id: body.id }).first()
    const sent = ctx.storage.url(mediaKey(row, 'original') ?? '')
    // The store of the tests on S3 knows no rights of files.
    if (!ctx.config.env.S3_ENABLED) expect(await statusAt(sent)).toBe(404)
    const later = await alice.put(`/api/v1/media/${body.id}`, {
      body: await withThumbnail(new FormData(), 50),
    })
    expect([later.status, later.body.meta.small.width]).toEqual([206, 50])
    expect(await statusAt(body.preview_url)).toBe(404)
    await processMedia(ctx, { mediaAttachmentId: body.id })
    const done = (await alice.get(`/api/v1/media/${body.id}`)).body
    expect(done).toMatchObject({ preview_url: later.body.preview_url, blurhash: later.body.blurhash })
    expect(done.meta).toMatchObject({ small: { width: 50 }, original: { width: 64 } })
    expect(await statusAt(done.url)).toBe(200)
    expect(await statusAt(sent)).toBe(404)
    const text = new FormData()
    text.append('thumbnail', new Blob(['%PDF-1.7']), 'x.png')
    const refused = await alice.put(`/api/v1/media/${body.id}`, { body: text })
    expect([refused.status, refused.body]).toEqual([
      422,
      { error: 'Validation failed: Thumbnail content type is invalid, Thumbnail is invalid' },
    ])
    const others = await bob.put(`/api/v1/media/${body.id}`, { body: await withThumbnail(new FormData(), 9) })
    expect(others.status).toBe(404)
  })

  it('is complete when v1 answers', async () => {
    const { status, body } = await alice.post('/api/v1/media', { body: await film() })
    expect([status, body.type]).toEqual([200, 'gifv'])
    expect(body.meta.original).toMatchObject({ width: 64, height: 48, frame_rate: '10/1' })
  })
})

describe('GET /api/v1/media/:id', () => {
  it('200 done, 206 in work, 422 failed, 404 attached or not theirs', async () => {
    const { id } = (await upload()).body
    const get = async (client = alice) => client.get(`/api/v1/media/${id}`)
    expect((await get()).status).toBe(200)
    const state = (processing: number) => ctx.db('media_attachments').where({ id }).update({ processing })
    await state(1)
    const working = await get()
    expect([working.status, working.body.url]).toEqual([206, null])
    await state(3)
    expect((await get()).body).toEqual({ error: 'Error processing thumbnail for uploaded media' })
    await state(2)
    expect((await get(bob)).body).toEqual({ error: 'Record not found' })
    await alice.post('/api/v1/statuses', { json: { media_ids: [id] } })
    expect((await get()).status).toBe(404)
    expect((await web.get(`/api/v1/media/${id}`)).status).toBe(401)
  })
})

describe('PUT /api/v1/media/:id', () => {
  it('describes, and leaves what was not sent', async () => {
    const { id } = (await upload(alice, { description: 'old', focus: '0.1,0.1' })).body
    const one = await alice.put(`/api/v1/media/${id}`, { json: { description: 'new' } })
    expect(one.body).toMatchObject({ description: 'new', meta: { focus: { x: 0.1, y: 0.1 } } })
    const two = await alice.patch(`/api/v1/media/${id}`, { form: { focus: '-1,1' } })
    expect(two.body).toMatchObject({
      description: 'new',
      meta: { focus: { x: -1, y: 1 }, original: { width: 300 } },
    })
    expect(
      (await alice.put(`/api/v1/media/${id}`, { json: { description: '' } })).body.description,
    ).toBeNull()
    expect((await bob.put(`/api/v1/media/${id}`, { json: { description: 'x' } })).status).toBe(404)
    const long = await alice.put(`/api/v1/media/${id}`, { json: { description: 'x'.repeat(10_001) } })
    expect(long.status).toBe(422)
  })
})

describe('DELETE /api/v1/media/:id', () => {
  it("deletes one's own that no status has", async () => {
    const { id, url } = (await upload()).body
    expect((await bob.delete(`/api/v1/media/${id}`)).body).toEqual({ error: 'Record not found' })
    const { body } = await alice.post('/api/v1/statuses', { json: { media_ids: [id] } })
    const used = await alice.delete(`/api/v1/media/${id}`)
    expect([used.status, used.body]).toEqual([
      422,
      { error: 'Media attachment is currently used by a status' },
    ])
    await alice.delete(`/api/v1/statuses/${body.id}`)
    const gone = await alice.delete(`/api/v1/media/${id}`)
    expect([gone.status, gone.body]).toEqual([200, {}])
    expect((await web.get(new URL(url).pathname)).status).toBe(404)
  })
})

describe('SEC-MEDIA-13 malformed multipart', () => {
  const send = (body: string, boundary = 'b') =>
    alice.post('/api/v2/media', {
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
  const part = (headers: string, content: string) => `--b\r\n${headers}\r\n\r\n${content}\r\n`
  const file = 'Content-Disposition: form-data; name="file"; filename="x.png"\r\nContent-Type: image/png'

  it.each([
    ['without an end', part(file, 'x')],
    ['without a name', `${part('Content-Type: image/png', 'x')}--b--\r\n`],
    ['with an empty name', `${part('Content-Disposition: form-data; name=""; filename="x"', 'x')}--b--\r\n`],
    ['nested', `${part('Content-Type: multipart/mixed; boundary=c', '--c\r\n\r\nx\r\n--c--')}--b--\r\n`],
    ['of 10,000 parts', `${part('Content-Disposition: form-data; name="a"', 'x').repeat(10_000)}--b--\r\n`],
    ['of headers only', '--b\r\nContent-Disposition: form-data'],
    ['empty', ''],
  ])('%s is refused', async (_name, body) => {
    const { status } = await send(body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  it('hundreds of uploads that break off leave nothing, neither files nor open ones', async () => {
    const { secret } = await make.token({ user: cast.alice.user })
    const { port } = new URL(web.url)
    const openFiles = async () => (await readdir('/proc/self/fd')).length
    const before = await openFiles()
    const breakOff = () =>
      Promise.all(
        Array.from({ length: 100 }, async () => {
          const socket = connect(Number(port), '127.0.0.1')
          await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
          socket.write(
            `POST /api/v2/media HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n${file}\r\n\r\nhalf`,
          )
          await new Promise((resolve) => setTimeout(resolve, 20))
          socket.destroy()
        }),
      )
    for (let round = 0; round < 5; round += 1) await breakOff()
    for (let waited = 0; waited < 5_000 && (await readdir(folder)).length > 0; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await readdir(folder)).toEqual([])
    for (let waited = 0; waited < 5_000 && (await openFiles()) > before + 10; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await openFiles()).toBeLessThanOrEqual(before + 10)
    expect((await web.get('/health')).status).toBe(200)
  })
})
