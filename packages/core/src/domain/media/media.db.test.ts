import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { MediaAttachmentRow } from '@anancus/db'
import { PROCESSING_STATES, stored } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import sharp from 'sharp'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { countStatements } from '../../../testing/count-statements.ts'
import { gifBomb, movingGif, picture, pictureWithExif, pngBomb } from '../../../testing/pictures.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { deleteUpload, processMedia, uploadMedia } from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>
let folder: string
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-media-test-'))
  ctx = await testContext()
  // From here on every temporary file of ours is in a folder of its own, to be counted.
  process.env.TMPDIR = folder
})
beforeEach(async () => {
  await resetDatabase(ctx)
  cast = await castOf(ctx)
  make = factories(ctx.db)
})
afterEach(async () => expect(await readdir(folder)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await rm(folder, { recursive: true })
  await closeTestContext(ctx)
})

/** Uploads bytes as the door does: from a temporary file that the door removes. */
async function upload(bytes: Buffer, options = {}, filename = 'photo.png'): Promise<MediaAttachmentRow> {
  return withFile(bytes, (path) =>
    uploadMedia(
      ctx,
      cast.alice.account,
      { path, filename, contentType: 'image/png', bytes: bytes.length },
      options,
    ),
  )
}

async function withFile<T>(bytes: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  const path = join(folder, 'upload')
  await writeFile(path, bytes)
  try {
    return await work(path)
  } finally {
    await rm(path)
  }
}

const fileOf = async (media: MediaAttachmentRow, style: 'original' | 'small') =>
  buffer((await ctx.storage.get(mediaKey(media, style) ?? '')).body)

describe('uploadMedia', () => {
  it.each([
    ['jpeg', 'image/jpeg', 'jpg'],
    ['png', 'image/png', 'png'],
    ['webp', 'image/webp', 'webp'],
    ['gif', 'image/gif', 'gif'],
    ['avif', 'image/jpeg', 'jpg'],
  ] as const)('a %s is stored as %s', async (format, contentType, extension) => {
    const media = await upload(await picture(format, 800, 600), {
      description: ' a red wall ',
      focus: '0.1,-0.2',
    })
    expect(media).toMatchObject({
      type: 0,
      processing: stored(PROCESSING_STATES, 'complete'),
      description: 'a red wall',
      file_content_type: contentType,
      status_id: null,
      shortcode: expect.stringMatching(/^[\w-]{19}$/),
      blurhash: expect.stringMatching(/^U/),
      file_meta: {
        focus: { x: 0.1, y: -0.2 },
        original: { width: 800, height: 600, size: '800x600', aspect: 800 / 600 },
        small: { width: 554, height: 416 },
      },
    })
    expect(media.file_file_name).toMatch(new RegExp(`^[0-9a-f]{32}\\.${extension}$`))
    const small = await sharp(await fileOf(media, 'small')).metadata()
    expect((small.width ?? 0) * (small.height ?? 0)).toBeLessThanOrEqual(231_000)
    expect((await fileOf(media, 'original')).length).toBe(media.file_file_size)
  })

  it('has no focus unless one was sent, and keeps it within bounds', async () => {
    expect((await upload(await picture('png'))).file_meta).not.toHaveProperty('focus')
    expect((await upload(await picture('png'), { focus: '7,x' })).file_meta).toMatchObject({
      focus: { x: 1, y: 0 },
    })
  })

  it('makes what is larger than 3840 × 2160 smaller', async () => {
    const media = await upload(await picture('jpeg', 5000, 3000))
    const { original } = media.file_meta as { original: { width: number; height: number } }
    expect(original.width * original.height).toBeLessThanOrEqual(8_300_000)
    expect(original.width / original.height).toBeCloseTo(5 / 3, 2)
  })

  it('makes a film of a moving picture, with a still preview', async () => {
    const media = await upload(await movingGif(4))
    expect(media).toMatchObject({ type: 1, file_content_type: 'video/mp4' })
    expect((await sharp(await fileOf(media, 'small'), { animated: true }).metadata()).pages ?? 1).toBe(1)
    expect(media.file_meta).toMatchObject({ original: { width: 20, height: 10 } })
  })

  it.each([['jpeg'], ['png'], ['webp']] as const)(
    'SEC-MEDIA-08 a %s keeps nothing of where and by whom it was taken',
    async (format) => {
      const bytes = await pictureWithExif(format)
      expect((await sharp(bytes).metadata()).exif).toBeDefined()
      const media = await upload(bytes)
      for (const style of ['original', 'small'] as const) {
        const file = await fileOf(media, style)
        const metadata = await sharp(file).metadata()
        expect([metadata.exif, metadata.xmp, metadata.iptc]).toEqual([undefined, undefined, undefined])
        expect(file.includes('Secret Photographer')).toBe(false)
      }
    },
  )

  it('turns upright what lies on its side', async () => {
    const media = await upload(await pictureWithExif('jpeg', { orientation: 6 }))
    expect(media.file_meta).toMatchObject({
      original: { width: 40, height: 80 },
      small: { width: 40, height: 80 },
    })
  })

  it('converts to sRGB rather than to lose the profile', async () => {
    const wide = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const media = await upload(wide)
    const metadata = await sharp(await fileOf(media, 'original')).metadata()
    expect(metadata.icc).toBeUndefined()
    expect(metadata.space).toBe('srgb')
  })

  it('SEC-MEDIA-09 gives names that nobody can guess', async () => {
    const [one, two] = [await upload(await picture('png')), await upload(await picture('png'))]
    expect(one.file_file_name).not.toBe(two.file_file_name)
    expect(one.file_file_name?.replace(/\..*/, '')).toHaveLength(32)
  })

  it('SEC-MEDIA-10 writes polyglots anew: what trails is gone', async () => {
    const hidden = Buffer.from('<script>alert(document.domain)</script>PK\u0003\u0004')
    for (const format of ['jpeg', 'png', 'gif'] as const) {
      const media = await upload(Buffer.concat([await picture(format), hidden]))
      expect((await fileOf(media, 'original')).includes('<script>')).toBe(false)
    }
  })

  it('takes two statements', async () => {
    const bytes = await picture('png')
    expect((await countStatements(() => upload(bytes))).count).toBe(2)
  })
})

describe('refusals leave no row and no file', () => {
  const invalidType = 'Validation failed: File content type is invalid, File is invalid'
  const unverified = 'File type of uploaded media could not be verified'
  afterEach(async () => {
    expect(await ctx.db('media_attachments')).toHaveLength(0)
    const stored = await readdir(ctx.config.env.PAPERCLIP_ROOT_PATH, { recursive: true }).catch(() => [])
    expect(stored.filter((name) => name.includes('media_attachments') && name.endsWith('.png'))).toEqual([])
  })

  beforeEach(() => rm(ctx.config.env.PAPERCLIP_ROOT_PATH, { recursive: true, force: true }))

  it.each([
    [
      'SVG',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      /content type is invalid|not be verified/,
    ],
    ['XML', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', invalidType],
    ['PDF', '%PDF-1.7\n', invalidType],
    ['PostScript', '%!PS-Adobe-3.0\n', invalidType],
    ['MVG', "push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://e.test/)'\n", unverified],
    ['MSL', '<image><read filename="ephemeral:/etc/passwd"/></image>', unverified],
    ['HTML', '<html><body>x</body></html>', unverified],
    ['a playlist (SEC-MEDIA-03)', '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n', unverified],
    ['nothing', '', unverified],
  ])('SEC-MEDIA-01 %s named .png', async (_name, text, message) => {
    await expect(upload(Buffer.from(text))).rejects.toThrow(message)
  })

  it.each([
    [
      'a cut HEIC',
      Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0heicmif1', 'latin1'),
      /content type is invalid|not be verified/,
    ],
    ['a cut AVIF', Buffer.from('\0\0\0\u001cftypavif\0\0\0\0avifmif1miaf', 'latin1'), unverified],
    ['a cut film', Buffer.from('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom', 'latin1'), unverified],
    ['a cut sound', Buffer.from('RIFF\u0024\0\0\0WAVEfmt \u0010\0\0\0', 'latin1'), unverified],
  ])('SEC-MEDIA-05 %s', async (_name, bytes, message) => {
    await expect(upload(bytes)).rejects.toThrow(message)
  })

  it.each(['webp', 'image/avif'])('SEC-MEDIA-05 %s, where the operator switched it off', async (name) => {
    const format = name === 'webp' ? 'webp' : 'avif'
    const bytes = await picture(format)
    const env = { ...ctx.config.env, REFUSED_IMAGE_TYPES: [name] }
    const cautious = { ...ctx, config: { ...ctx.config, env } }
    const file = (path: string) => ({ path, filename: 'x', contentType: 'x', bytes: bytes.length })
    await expect(
      withFile(bytes, (path) => uploadMedia(cautious, cast.alice.account, file(path))),
    ).rejects.toThrow(invalidType)
  })

  it('a picture that is cut off', async () => {
    const bytes = await picture('jpeg', 600, 400)
    await expect(upload(bytes.subarray(0, bytes.length / 2))).rejects.toThrow(ValidationError)
    const png = await picture('png', 600, 400)
    await expect(upload(png.subarray(0, 60))).rejects.toThrow(ValidationError)
  })

  it('a description of a megabyte (SEC-DOS-04)', async () => {
    const bytes = await picture('png')
    await expect(upload(bytes, { description: 'x'.repeat(10_001) })).rejects.toThrow(
      'Validation failed: Description is too long (maximum is 10000 characters)',
    )
  })

  it('more than 16 MB', async () => {
    const bytes = Buffer.concat([await picture('png'), Buffer.alloc(17 * 1024 * 1024)])
    await expect(upload(bytes)).rejects.toThrow('File must be less than 16 MB')
  })

  describe('SEC-MEDIA-06 bombs are refused by their header', () => {
    it.each([
      ['20,000 × 20,000 PNG', () => pngBomb(20_000, 20_000), '20000x20000 images are not supported'],
      ['PNG beyond the limit by a row', () => pngBomb(7680, 4321, 10), '7680x4321 images are not supported'],
      ['PNG of one pixel by a billion', () => pngBomb(1, 1_000_000_000, 10), ''],
      ['GIF of 60,000 frames', () => gifBomb(60_000), 'Files of 60000 frames are not supported'],
      ['GIF larger than 1280 × 720', () => gifBomb(1, 2000), '2000x2000 GIF files are not supported'],
    ])('%s', async (_name, bomb, message) => {
      const bytes = bomb()
      const before = process.memoryUsage().rss
      const started = performance.now()
      await expect(upload(bytes)).rejects.toThrow(message)
      expect(performance.now() - started).toBeLessThan(15_000)
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
    })
  })

  it('a store that fails', async () => {
    const bytes = await picture('png')
    const put = async () => {
      throw new Error('the disk is full')
    }
    const broken = { ...ctx, storage: { ...ctx.storage, put } }
    const attempt = withFile(bytes, (path) =>
      uploadMedia(broken, cast.alice.account, { path, filename: 'x', contentType: 'x', bytes: 1 }),
    )
    await expect(attempt).rejects.toThrow('the disk is full')
  })
})

describe('deleteUpload', () => {
  it("deletes row and files; not others', not attached ones", async () => {
    const media = await upload(await picture('png'))
    await expect(deleteUpload(ctx, cast.bob, media.id)).rejects.toThrow('Record not found')
    await ctx
      .db('media_attachments')
      .where({ id: media.id })
      .update({ status_id: (await make.status()).id })
    await expect(deleteUpload(ctx, cast.alice, media.id)).rejects.toThrow(
      'Media attachment is currently used by a status',
    )
    await ctx.db('media_attachments').where({ id: media.id }).update({ status_id: null })
    await deleteUpload(ctx, cast.alice, media.id)
    expect(await ctx.db('media_attachments')).toHaveLength(0)
    await expect(fileOf(media, 'original')).rejects.toThrow('Record not found')
    await expect(fileOf(media, 'small')).rejects.toThrow('Record not found')
  })
})

it('processMedia finishes an upload that was left half done', async () => {
  const media = await make.media({
    account: cast.alice.account,
    processing: stored(PROCESSING_STATES, 'queued'),
    blurhash: null,
    file_meta: null,
  })
  await ctx.storage.put(mediaKey(media, 'original') ?? '', await picture('png', 100, 50), {
    contentType: 'image/png',
  })
  await processMedia(ctx, { mediaAttachmentId: media.id })
  await processMedia(ctx, { mediaAttachmentId: media.id })
  const row = await ctx.db('media_attachments').where({ id: media.id }).first()
  expect(row).toMatchObject({
    processing: stored(PROCESSING_STATES, 'complete'),
    file_meta: { original: { width: 100, height: 50 }, small: { width: 100 } },
  })
  expect((await fileOf(row, 'small')).length).toBeGreaterThan(0)
})
