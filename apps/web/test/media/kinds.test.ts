import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { processMedia } from '@anancus/core/domain/media'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { drainQueues, registerHandlers } from '@anancus/core/testing/drain-queues'
import { movingGif, openPicture, type PictureFormat, photograph } from '@anancus/core/testing/pictures'
import { s3Settings } from '@anancus/core/testing/store'
import { factories } from '@anancus/db/testing/make'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

/** Each kind of file goes through the API as an app sends it, and what comes of it is fetched and opened again. */
const run = promisify(execFile)

const FILM = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=10:duration=1']
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']
const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest']
const PLACE = ['-metadata', 'location=+48.2082+016.3738/', '-metadata', 'comment=canary-place']

interface Expected {
  type: 'image' | 'gifv' | 'video' | 'audio'
  /** What the file that is served is: the format of a picture, or the codecs of a film. */
  is: string
  ending: string
}

const photographIn = (format: PictureFormat) => async (path: string) =>
  writeFile(path, await photograph(format))

const PICTURES: [string, (path: string) => Promise<unknown>, Expected][] = [
  ['still.jpg', photographIn('jpeg'), { type: 'image', is: 'jpeg', ending: 'jpg' }],
  ['still.png', photographIn('png'), { type: 'image', is: 'png', ending: 'png' }],
  ['still.webp', photographIn('webp'), { type: 'image', is: 'webp', ending: 'webp' }],
  ['still.avif', photographIn('avif'), { type: 'image', is: 'jpeg', ending: 'jpg' }],
  ['still.heic', heic, { type: 'image', is: 'jpeg', ending: 'jpg' }],
  ['still.gif', photographIn('gif'), { type: 'image', is: 'gif', ending: 'gif' }],
  [
    'moving.gif',
    async (path) => writeFile(path, await movingGif(4)),
    { type: 'gifv', is: 'h264', ending: 'mp4' },
  ],
]

const FILMS: [string, string[], Expected][] = [
  ['film.mp4', [...FILM, ...SOUND, ...H264], { type: 'video', is: 'h264 aac', ending: 'mp4' }],
  ['mute.mp4', [...FILM, ...H264], { type: 'gifv', is: 'h264', ending: 'mp4' }],
  ['film.mov', [...FILM, ...SOUND, ...H264], { type: 'video', is: 'h264 aac', ending: 'mp4' }],
  ['film.m4v', [...FILM, ...SOUND, ...H264], { type: 'video', is: 'h264 aac', ending: 'mp4' }],
  [
    'film.webm',
    [...FILM, ...SOUND, '-c:v', 'libvpx', '-c:a', 'libvorbis', '-shortest'],
    { type: 'video', is: 'h264 aac', ending: 'mp4' },
  ],
  ['sound.mp3', SOUND, { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.ogg', [...SOUND, '-c:a', 'libvorbis'], { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.opus', [...SOUND, '-c:a', 'libopus'], { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.flac', SOUND, { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.m4a', [...SOUND, '-c:a', 'aac'], { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.wav', SOUND, { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.aac', [...SOUND, '-c:a', 'aac'], { type: 'audio', is: 'mp3', ending: 'mp3' }],
  ['sound.3gp', [...SOUND, '-c:a', 'aac'], { type: 'audio', is: 'mp3', ending: 'mp3' }],
]

let s3: FauxqsServer
let inputs: string
let folder: string
const outerTmp = process.env.TMPDIR

registerHandlers({ 'media.process': processMedia })
beforeAll(async () => {
  inputs = await mkdtemp(join(tmpdir(), 'anancus-api-kinds-'))
  folder = await mkdtemp(join(tmpdir(), 'anancus-api-kinds-tmp-'))
  s3 = await startFauxqs({ port: 0, logger: false })
  s3.createBucket('files')
  for (const [name, make] of PICTURES) await make(join(inputs, name))
  for (const [name, args] of FILMS)
    await run('ffmpeg', ['-loglevel', 'error', ...args, ...PLACE, join(inputs, name)])
  process.env.TMPDIR = folder
}, 120_000)
afterEach(async () => expect(await readdir(folder)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await s3.stop()
  await rm(inputs, { recursive: true })
  await rm(folder, { recursive: true })
})

async function heic(path: string): Promise<void> {
  await photographIn('jpeg')(`${path}.jpg`)
  await run('heif-enc', ['-o', path, `${path}.jpg`])
}

describe.each([
  ['local disk', () => ({})],
  ['S3', () => s3Settings(s3.address)],
])('on %s', (_name, settings) => {
  let ctx: TestContext
  let web: TestWeb
  let alice: TestClient
  beforeAll(async () => {
    ctx = await testContext({ env: settings() })
    web = await startWeb(ctx)
    const make = factories(ctx.db)
    alice = web.as(await make.token({ user: (await make.viewer({})).user }))
  })
  afterAll(async () => {
    await web.close()
    await closeTestContext(ctx)
  })

  /** What the API answers at last, as an app asks: the upload, then again until it is ready. */
  async function uploaded(name: string, isLater: boolean) {
    const body = new FormData()
    // A lying name and type: only the content counts.
    body.append('file', new Blob([await readFile(join(inputs, name))], { type: 'image/png' }), 'x.png')
    body.append('description', name)
    const sent = await alice.post('/api/v2/media', { body })
    expect([name, sent.status]).toEqual([name, isLater ? 202 : 200])
    if (!isLater) return sent.body
    expect(sent.body.url).toBeNull()
    expect((await alice.get(`/api/v1/media/${sent.body.id}`)).status).toBe(206)
    await drainQueues(ctx)
    const ready = await alice.get(`/api/v1/media/${sent.body.id}`)
    expect(ready.status).toBe(200)
    return ready.body
  }

  async function fetched(url: string): Promise<{ path: string; bytes: Buffer }> {
    const key = decodeURIComponent(url.slice(ctx.storage.url('').length))
    const bytes = await buffer((await ctx.storage.get(key)).body)
    const path = join(inputs, 'fetched')
    await writeFile(path, bytes)
    expect(['canary-place', '+48.2082', 'GPS'].filter((word) => bytes.includes(word))).toEqual([])
    return { path, bytes }
  }

  it.each(PICTURES)('SEC-MEDIA-08 the picture %s', async (name, _make, { type, is, ending }) => {
    const media = await uploaded(name, false)
    expect(media).toMatchObject({ type, description: name, blurhash: expect.stringMatching(/^U/) })
    expect(media.url).toMatch(new RegExp(`\\.${ending}$`))
    const { path } = await fetched(media.url)
    if (type === 'gifv') return expect((await probed(path)).codecs).toBe(is)
    const { format, width, height, exif, icc, orientation } = await openPicture(path)
    expect({ format, exif, orientation }).toEqual({ format: is, exif: undefined, orientation: undefined })
    // Turned upright; GIF knows no orientation.
    expect([width, height]).toEqual(name === 'still.gif' ? [120, 80] : [80, 120])
    expect(media.meta.original).toMatchObject({ width, height })
    expect(icc).toBeUndefined()
    const small = await openPicture((await fetched(media.preview_url)).path)
    expect(media.meta.small).toMatchObject({ width: small.width, height: small.height })
  })

  it.each(FILMS)('SEC-MEDIA-08 the film or sound %s', async (name, _args, { type, is, ending }) => {
    const media = await uploaded(name, true)
    expect(media).toMatchObject({ type, description: name })
    expect(media.url).toMatch(new RegExp(`\\.${ending}$`))
    expect(media.meta.original.duration).toBeCloseTo(1, 0)
    const { path } = await fetched(media.url)
    const { codecs, tags } = await probed(path)
    expect(codecs).toBe(is)
    expect(tags).not.toContain('canary')
    if (type === 'audio') return
    expect(media.blurhash).toMatch(/^U/)
    const small = await openPicture((await fetched(media.preview_url)).path)
    expect(media.meta.small).toMatchObject({ width: small.width, height: small.height })
  })
})

async function probed(path: string): Promise<{ codecs: string; tags: string }> {
  const show = ['-loglevel', 'error', '-of', 'json', '-show_streams', '-show_format', path]
  const { stdout } = await run('ffprobe', show)
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string }[] }
  return { codecs: streams.map((one) => one.codec_name).join(' '), tags: stdout }
}
