import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { MEDIA_TYPES, type MediaAttachmentRow, named, PROCESSING_STATES, stored } from '@anancus/db'
import { mediaById } from '@anancus/db/queries/media-attachments'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import sharp from 'sharp'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { movingGif } from '../../../testing/pictures.ts'
import { loadConfig } from '../../kernel/config.ts'
import type { Ctx } from '../../kernel/context.ts'
import { createStorage } from '../../kernel/storage/index.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { mediaState, processMedia, uploadMedia } from './index.ts'

const run = promisify(execFile)
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=161x90:rate=10:duration=1']
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']
const PLACE = ['-metadata', 'location=+48.2082+016.3738/', '-metadata', 'comment=canary-place']
const H264 = ['-vf', 'crop=160:90', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest']

/** Name of the file, how ffmpeg makes it, what it becomes. */
const KINDS: [string, string[], 'video' | 'gifv' | 'audio'][] = [
  ['a.mp4', [...PICTURE, ...SOUND, ...H264, ...PLACE], 'video'],
  ['a.mov', [...PICTURE, ...SOUND, ...H264, ...PLACE], 'video'],
  ['a.m4v', [...PICTURE, ...SOUND, ...H264, ...PLACE], 'video'],
  ['mute.mp4', [...PICTURE, ...H264], 'gifv'],
  ['a.webm', [...PICTURE, ...SOUND, '-c:v', 'libvpx', '-c:a', 'libvorbis', '-shortest', ...PLACE], 'video'],
  ['a.mp3', [...SOUND, ...PLACE], 'audio'],
  ['a.ogg', [...SOUND, '-c:a', 'libvorbis'], 'audio'],
  ['a.opus', [...SOUND, '-c:a', 'libopus'], 'audio'],
  ['a.flac', [...SOUND], 'audio'],
  ['a.m4a', [...SOUND, '-c:a', 'aac'], 'audio'],
  ['a.wav', [...SOUND], 'audio'],
  ['a.aac', [...SOUND, '-c:a', 'aac'], 'audio'],
  ['a.3gp', [...SOUND, '-c:a', 'aac'], 'audio'],
]

let base: Ctx
let cast: Cast
let folder: string
let inputs: string
let store: FauxqsServer
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  inputs = await mkdtemp(join(tmpdir(), 'anancus-kinds-'))
  folder = await mkdtemp(join(tmpdir(), 'anancus-kinds-tmp-'))
  base = await testContext()
  cast = await castOf(base)
  store = await startFauxqs({ port: 0, logger: false })
  store.createBucket('files')
  for (const [name, args] of KINDS) await run('ffmpeg', ['-loglevel', 'error', ...args, join(inputs, name)])
  process.env.TMPDIR = folder
}, 60_000)
afterEach(async () => expect(await readdir(folder)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await store.stop()
  await rm(folder, { recursive: true })
  await rm(inputs, { recursive: true })
  await closeTestContext(base)
})

const onS3 = () =>
  createStorage(
    loadConfig({
      NODE_ENV: 'test',
      LOCAL_DOMAIN: 'social.test',
      S3_ENABLED: 'true',
      S3_BUCKET: 'files',
      S3_ENDPOINT: store.address,
      S3_PROTOCOL: 'http',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }),
  )

async function upload(ctx: Ctx, path: string, isLater = false): Promise<MediaAttachmentRow> {
  const file = { path, filename: 'x', contentType: 'text/plain', bytes: 0 }
  return uploadMedia(ctx, cast.alice.account, file, { isLater })
}

async function reopened(ctx: Ctx, media: MediaAttachmentRow) {
  const bytes = await buffer((await ctx.storage.get(mediaKey(media, 'original') ?? '')).body)
  const path = join(inputs, 'result')
  await writeFile(path, bytes)
  const { stdout } = await run('ffprobe', [
    '-loglevel',
    'error',
    '-of',
    'json',
    '-show_streams',
    '-show_format',
    path,
  ])
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string; pix_fmt?: string }[] }
  return { bytes, codecs: streams.map((one) => one.codec_name), pixels: streams[0]?.pix_fmt }
}

describe.each([
  ['local disk', (): Ctx => base],
  ['S3', (): Ctx => ({ ...base, storage: onS3() })],
])('on %s', (_name, contextOf) => {
  it.each(KINDS)(
    'SEC-MEDIA-08 %s becomes playable, later, without where it was taken',
    async (name, _args, type) => {
      const ctx = contextOf()
      const queued = await upload(ctx, join(inputs, name), true)
      expect(mediaState(queued)).toBe('processing')
      await processMedia(ctx, { mediaAttachmentId: queued.id })
      const media = (await mediaById(ctx.db, queued.id)) as MediaAttachmentRow
      expect([mediaState(media), named(MEDIA_TYPES, media.type)]).toEqual(['complete', type])
      const { bytes, codecs, pixels } = await reopened(ctx, media)
      expect(bytes.length).toBe(media.file_file_size)
      expect(bytes.includes('canary-place') || bytes.includes('+48.2082')).toBe(false)
      const { original, small } = media.file_meta as Record<string, Record<string, unknown>>
      expect(original?.duration).toBeCloseTo(1, 0)
      expect(original?.bitrate).toBeGreaterThan(0)
      // What was sent is gone.
      await expect(ctx.storage.get(mediaKey(queued, 'original') ?? '')).rejects.toMatchObject({ status: 404 })
      if (type === 'audio') return expect([codecs, media.file_content_type]).toEqual([['mp3'], 'audio/mpeg'])
      expect(codecs).toEqual(type === 'video' ? ['h264', 'aac'] : ['h264'])
      expect(pixels).toBe('yuv420p')
      expect(original).toMatchObject({ width: 160, height: 90, frame_rate: '10/1' })
      const still = await sharp(
        await buffer((await ctx.storage.get(mediaKey(media, 'small') ?? '')).body),
      ).metadata()
      expect(small).toMatchObject({ width: still.width, height: still.height })
      expect(media.blurhash).toMatch(/^U/)
    },
  )

  it('a moving GIF is a film at once', async () => {
    const ctx = contextOf()
    const path = join(inputs, 'a.gif')
    await writeFile(path, await movingGif(4))
    const media = await upload(ctx, path, true)
    expect([mediaState(media), named(MEDIA_TYPES, media.type)]).toEqual(['complete', 'gifv'])
    expect((await reopened(ctx, media)).codecs).toEqual(['h264'])
  })
})

describe('what is no film', () => {
  const refused = async (bytes: Buffer | string) => {
    const path = join(inputs, 'bad')
    await writeFile(path, bytes)
    await expect(upload(base, path, true)).rejects.toMatchObject({ status: 422 })
  }

  it('SEC-MEDIA-03 a playlist is refused, whatever its name', async () => {
    await refused('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')
    await refused("ffconcat version 1.0\nfile '/etc/passwd'\n")
    await refused('v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n')
  })

  it('refuses nothing, and a film that is cut off before its index', async () => {
    await refused('')
    await refused((await readFile(join(inputs, 'a.mp4'))).subarray(0, 2_000))
  })

  it('a job that can make nothing of it says so for good', async () => {
    const media = await upload(base, join(inputs, 'a.mp3'), true)
    await base.storage.put(mediaKey(media, 'original') ?? '', Buffer.from('#EXTM3U\n'), {
      contentType: 'audio/mpeg',
    })
    await expect(processMedia(base, { mediaAttachmentId: media.id })).rejects.toMatchObject({
      name: 'PermanentJobError',
    })
    expect((await mediaById(base.db, media.id))?.processing).toBe(stored(PROCESSING_STATES, 'failed'))
  })
})
