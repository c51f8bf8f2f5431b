import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { MediaAttachmentRow } from '@anancus/db'
import { mediaById } from '@anancus/db/queries/media-attachments'
import sharp from 'sharp'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { photograph } from '../../../testing/pictures.ts'
import type { Ctx } from '../../kernel/context.ts'
import { mediaKey, mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import { coloursOf, contrast } from './colours.ts'
import {
  deleteUpload,
  describeUpload,
  processMedia,
  setMediaPublic,
  uploadMedia,
  type UploadOptions,
} from './index.ts'
import { ownersOf } from './storage-owners.ts'

const run = promisify(execFile)
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']
const RED_ON_BLUE = { background: '#0000c8', create: { width: 300, height: 300, channels: 3 as const } }

let ctx: Ctx
let cast: Cast
let inputs: string
let folder: string
const outerTmp = process.env.TMPDIR
const at = (name: string) => join(inputs, name)

beforeAll(async () => {
  inputs = await mkdtemp(join(tmpdir(), 'anancus-thumbnails-'))
  folder = await mkdtemp(join(tmpdir(), 'anancus-thumbnails-tmp-'))
  ctx = await testContext()
  cast = await castOf(ctx)
  await writeFile(at('cover.png'), await twoColours())
  await writeFile(at('other.jpg'), await photograph('jpeg'))
  await writeFile(at('text.png'), 'hello')
  await run('ffmpeg', ['-loglevel', 'error', ...SOUND, at('plain.mp3')])
  const cover = ['-i', at('cover.png'), '-map', '0:a', '-map', '1:v', '-disposition:v', 'attached_pic']
  await run('ffmpeg', ['-loglevel', 'error', ...SOUND, ...cover, '-c:v', 'copy', at('song.mp3')])
  await run('ffmpeg', ['-loglevel', 'error', ...SOUND, ...cover, '-c:v', 'copy', at('song.flac')])
  await run('ffmpeg', [
    '-loglevel',
    'error',
    ...SOUND,
    ...cover,
    '-c:v',
    'copy',
    '-c:a',
    'aac',
    at('song.m4a'),
  ])
  process.env.TMPDIR = folder
}, 60_000)
afterEach(async () => expect(await readdir(folder)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await rm(folder, { recursive: true })
  await rm(inputs, { recursive: true })
  await closeTestContext(ctx)
})

/** Blue, with a red square in the middle. */
async function twoColours(): Promise<Buffer> {
  const { create, background } = RED_ON_BLUE
  const square = await sharp({ create: { ...create, width: 150, height: 150, background: '#ff9090' } })
    .png()
    .toBuffer()
  return sharp({ create: { ...create, background } })
    .composite([{ input: square }])
    .png()
    .toBuffer()
}

async function upload(name: string, options: UploadOptions): Promise<MediaAttachmentRow> {
  const media = await uploadMedia(
    ctx,
    cast.alice.account,
    { path: at(name), filename: 'x', contentType: 'x', bytes: 0 },
    options,
  )
  if (!options.isLater) return media
  await processMedia(ctx, { mediaAttachmentId: media.id })
  return (await mediaById(ctx.db, media.id)) as MediaAttachmentRow
}

const fileAt = async (key: string | null) => buffer((await ctx.storage.get(key ?? '')).body)
const thumbnailOf = (media: MediaAttachmentRow) => fileAt(mediaThumbnailKey(media))

describe.each([{ isLater: false }, { isLater: true }])('with %j', (when) => {
  it.each(['song.mp3', 'song.flac', 'song.m4a'])('the cover of %s is its thumbnail', async (name) => {
    const media = await upload(name, when)
    const { width, height, format } = await sharp(await thumbnailOf(media)).metadata()
    expect({ width, height, format }).toEqual({ width: 300, height: 300, format: 'png' })
    expect(media.file_meta).toMatchObject({
      original: { duration: expect.any(Number) },
      small: { width: 300, height: 300, size: '300x300', aspect: 1 },
      colors: { background: '#0000c8', foreground: '#ff9090', accent: '#ff9090' },
    })
    expect(media).toMatchObject({
      thumbnail_content_type: 'image/png',
      blurhash: expect.stringMatching(/^U/),
    })
  })

  it('the picture that an author chose stays, whatever the cover is', async () => {
    const media = await upload('song.mp3', { ...when, thumbnail: { path: at('other.jpg') } })
    const bytes = await thumbnailOf(media)
    expect(bytes.includes('Exif')).toBe(false)
    expect((await sharp(bytes).metadata()).format).toBe('jpeg')
    expect(media.thumbnail_file_size).toBe(bytes.length)
  })

  it('a sound without a cover has none', async () => {
    const media = await upload('plain.mp3', when)
    expect([mediaThumbnailKey(media), media.blurhash]).toEqual([null, null])
    expect(media.file_meta).not.toHaveProperty('colors')
  })

  it('one that is no picture refuses the upload, and nothing of it stays', async () => {
    const before = await countFiles()
    await expect(upload('plain.mp3', { ...when, thumbnail: { path: at('plain.mp3') } })).rejects.toThrow(
      'Validation failed: Thumbnail content type is invalid, Thumbnail is invalid',
    )
    await expect(upload('plain.mp3', { ...when, thumbnail: { path: at('text.png') } })).rejects.toThrow(
      'File type of uploaded media could not be verified',
    )
    expect(await countFiles()).toBe(before)
  })
})

async function countFiles(): Promise<number> {
  let count = 0
  for await (const page of ctx.storage.list()) count += page.length
  return count
}

it('a thumbnail is changed, and goes with its upload', async () => {
  const media = await upload('song.mp3', { isLater: true })
  const changed = await describeUpload(ctx, cast.alice, media.id, { thumbnail: { path: at('other.jpg') } })
  expect(changed.thumbnail_file_name).not.toBe(media.thumbnail_file_name)
  expect(changed.blurhash).not.toBe(media.blurhash)
  expect(changed.file_meta).toMatchObject({ original: { duration: expect.any(Number) } })
  await expect(thumbnailOf(media)).rejects.toMatchObject({ status: 404 })
  await thumbnailOf(changed)
  await deleteUpload(ctx, cast.alice, media.id)
  await expect(thumbnailOf(changed)).rejects.toMatchObject({ status: 404 })
})

it('one that is set while the sound is in work stays', async () => {
  const { id } = await uploadMedia(
    ctx,
    cast.alice.account,
    { path: at('song.mp3'), filename: 'x', contentType: 'x', bytes: 0 },
    { isLater: true },
  )
  const changed = await describeUpload(ctx, cast.alice, id, { thumbnail: { path: at('other.jpg') } })
  await processMedia(ctx, { mediaAttachmentId: id })
  const done = await mediaById(ctx.db, id)
  expect(done?.thumbnail_file_name).toBe(changed.thumbnail_file_name)
  expect(done?.file_meta).toMatchObject(changed.file_meta as object)
})

it('SEC-MEDIA-08 what was sent is hidden until something was made of it, also from those who unhide', async () => {
  const queued = await uploadMedia(
    ctx,
    cast.alice.account,
    { path: at('song.mp3'), filename: 'x', contentType: 'x', bytes: 0 },
    { isLater: true },
  )
  const key = mediaKey(queued, 'original') as string
  const setPublic = jest.spyOn(ctx.storage, 'setPublic')
  await setMediaPublic(ctx, cast.alice.account.id, true)
  expect(setPublic.mock.calls.flatMap(([keys]) => keys)).not.toContain(key)
  setPublic.mockRestore()
  expect((await ownersOf(ctx, [key])).get(key)).toEqual({ kind: 'owned', isHidden: true })
  await processMedia(ctx, { mediaAttachmentId: queued.id })
  const done = (await mediaById(ctx.db, queued.id)) as MediaAttachmentRow
  const doneKey = mediaKey(done, 'original') as string
  expect((await ownersOf(ctx, [doneKey])).get(doneKey)).toEqual({ kind: 'owned', isHidden: false })
})

it.each(['#ffffff', '#000000', '#777777', '#123456'])(
  'on nothing but %s there is something to read',
  async (one) => {
    const { create } = RED_ON_BLUE
    const { background, foreground } = await coloursOf(
      await sharp({ create: { ...create, background: one } })
        .png()
        .toBuffer(),
    )
    expect(background).toBe(one)
    const [a, b] = [background, foreground].map((colour) =>
      [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16)),
    ) as [[number, number, number], [number, number, number]]
    expect(contrast(a, b)).toBeGreaterThanOrEqual(4.4)
  },
)
