import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { AccountRow, MediaAttachmentRow } from '@anancus/db'
import { factories } from '@anancus/db/testing/make'
import sharp from 'sharp'
import { type Cast, castOf } from '../../../testing/cast.ts'
import { closeTestContext, testContext } from '../../../testing/context.ts'
import { gifBomb, movingGif, picture, pictureWithExif, pngBomb } from '../../../testing/pictures.ts'
import { type Remotes, reply, silence, startRemotes } from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import type { Ctx } from '../../kernel/context.ts'
import { PermanentJobError, RemoteServerError, ValidationError } from '../../kernel/errors.ts'
import { mediaKey, profileImageKey } from '../../kernel/storage/keys.ts'
import { fetchProfileImages, fetchRemoteMedia, keepRemoteEmojis, storeProfileImage } from './index.ts'

let ctx: Ctx
let cast: Cast
let make: ReturnType<typeof factories>
let remotes: Remotes
let folder: string
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anancus-media-test-'))
  remotes = await startRemotes(['a'])
  ctx = await testContext({ env: remotes.env })
  // From here on every temporary file of ours is in a folder of its own, to be counted.
  process.env.TMPDIR = folder
})
beforeEach(async () => {
  remotes.reset()
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
  await remotes.close()
})

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

describe('fetchRemoteMedia', () => {
  const attachment = async (path: string, values: Partial<MediaAttachmentRow> = {}) => {
    const status = await make.status({ account: cast.carol })
    const url = remotes.host('a').url(path)
    return make.media({
      account: cast.carol,
      status,
      remote_url: url,
      blurhash: null,
      file_meta: null,
      ...(values as object),
    })
  }
  const fetch = (media: MediaAttachmentRow) => fetchRemoteMedia(ctx, { mediaAttachmentId: media.id })
  const reload = (media: MediaAttachmentRow) => ctx.db('media_attachments').where({ id: media.id }).first()

  it('stores a picture under cache/, made anew, unsigned and once', async () => {
    remotes.host('a').serve('/x.jpg', reply({ type: 'image/jpeg', body: await pictureWithExif('jpeg') }))
    const media = await attachment('/x.jpg')
    await fetch(media)
    await fetch(media)
    const row = await reload(media)
    expect(mediaKey(row, 'original')).toMatch(/^cache\/media_attachments\/files\//)
    expect((await sharp(await fileOf(row, 'original')).metadata()).exif).toBeUndefined()
    expect(row).toMatchObject({
      blurhash: expect.stringMatching(/^U/),
      file_meta: { original: { width: 80 } },
    })
    expect(remotes.host('a').requests).toHaveLength(1)
    expect(remotes.host('a').requests[0]?.headers.signature).toBeUndefined()
  })

  it('keeps the emojis of a server, but not where its media are refused', async () => {
    const emoji = { shortcode: 'hey', imageUrl: 'https://x.example/e.png', uri: null, updatedAt: null }
    await ctx.db('domain_blocks').insert({ domain: 'refused.example', severity: 2, reject_media: true })
    for (const domain of ['x.refused.example', 'kept.example']) await keepRemoteEmojis(ctx, domain, [emoji])
    expect(await ctx.db('custom_emojis').pluck('domain')).toEqual(['kept.example'])
  })

  it('asks for nothing from servers whose media a moderator refuses', async () => {
    await ctx.db('domain_blocks').insert({ domain: 'mastodon.example', severity: 2, reject_media: true })
    await fetch(await attachment('/x.jpg'))
    expect(remotes.host('a').requests).toHaveLength(0)
  })

  it('leaves films where they are', async () => {
    await fetch(await attachment('/x.mp4', { type: 'video' as never }))
    expect(remotes.host('a').requests).toHaveLength(0)
  })

  it.each([
    ['is gone', { status: 404 }],
    ['is no picture', { body: '<html></html>', type: 'image/png' }],
    ['is a bomb', { body: gifBomb(60_000), type: 'image/gif' }],
  ])('gives up on what %s', async (_name, answer) => {
    remotes.host('a').serve('/x.jpg', reply(answer))
    const media = await attachment('/x.jpg')
    await expect(fetch(media)).rejects.toThrow(PermanentJobError)
    expect((await reload(media)).file_file_name).toBeNull()
  })

  it('tries again what may come later', async () => {
    remotes.host('a').serve('/x.jpg', reply({ status: 503 }))
    await expect(fetch(await attachment('/x.jpg'))).rejects.toThrow(RemoteServerError)
  })

  it('SEC-MEDIA-15 stops at the limit of size and of time', async () => {
    remotes.host('a').serve('/big', (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' })
      const chunk = Buffer.alloc(1024 * 1024)
      const pump = () => {
        while (!response.destroyed && response.write(chunk)) continue
        if (!response.destroyed) response.once('drain', pump)
      }
      pump()
      return undefined
    })
    await expect(fetch(await attachment('/big'))).rejects.toThrow('Remote data could not be fetched')
    remotes.host('a').serve('/slow', silence())
    const impatient: Ctx = {
      ...ctx,
      http: { ...ctx.http, request: (request) => ctx.http.request({ ...request, deadlineMs: 300 }) },
    }
    const media = await attachment('/slow')
    await expect(fetchRemoteMedia(impatient, { mediaAttachmentId: media.id })).rejects.toThrow(
      RemoteServerError,
    )
  })
})

describe('profile pictures', () => {
  const store = async (kind: 'avatar' | 'header', bytes: Buffer, account: AccountRow = cast.alice.account) =>
    withFile(bytes, (path) => storeProfileImage(ctx, account, kind, { path }))
  const sizeOf = async (key: string | null) => {
    const { width, height } = await sharp(await buffer((await ctx.storage.get(key ?? '')).body)).metadata()
    return [width, height]
  }

  it('are cropped to their place, without what they knew', async () => {
    const account = await store('avatar', await pictureWithExif('jpeg'))
    expect(account).toMatchObject({ avatar_content_type: 'image/jpeg', avatar_updated_at: expect.any(Date) })
    expect(await sizeOf(profileImageKey(account, 'avatar', 'original'))).toEqual([400, 400])
    const both = await store('header', await picture('png', 3000, 400), account)
    expect(await sizeOf(profileImageKey(both, 'header', 'original'))).toEqual([1500, 500])
    const file = await buffer(
      (await ctx.storage.get(profileImageKey(account, 'avatar', 'original') ?? '')).body,
    )
    expect((await sharp(file).metadata()).exif).toBeUndefined()
  })

  it.each(['jpeg', 'png', 'webp'] as const)(
    'SEC-MEDIA-08 SEC-MEDIA-14 a %s is written anew, whoever uploads it and whichever server it comes from',
    async (format) => {
      const bytes = await pictureWithExif(format)
      remotes.host('a').serve('/me', reply({ type: `image/${format}`, body: bytes }))
      const remote = await make.remoteAccount({
        domain: 'mastodon.example',
        avatar_remote_url: remotes.host('a').url('/me'),
        header_remote_url: remotes.host('a').url('/me'),
      })
      await fetchProfileImages(ctx, { accountId: remote.id })
      const accounts = [
        await store('header', bytes, await store('avatar', bytes)),
        await ctx.db('accounts').where({ id: remote.id }).first(),
      ]
      for (const account of accounts)
        for (const kind of ['avatar', 'header'] as const) {
          const key = profileImageKey(account, kind, 'original') ?? ''
          const file = await buffer((await ctx.storage.get(key)).body)
          const { exif, xmp, iptc, width, height } = await sharp(file).metadata()
          expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined])
          expect(file.includes('Secret Photographer')).toBe(false)
          expect([width, height]).toEqual(kind === 'avatar' ? [400, 400] : [1500, 500])
        }
    },
  )

  it('moving ones have a still beside them; the old one goes', async () => {
    const first = await store('avatar', await movingGif(3))
    expect(await sizeOf(profileImageKey(first, 'avatar', 'static'))).toEqual([400, 400])
    const moving = await buffer(
      (await ctx.storage.get(profileImageKey(first, 'avatar', 'original') ?? '')).body,
    )
    expect((await sharp(moving, { animated: true }).metadata()).pages).toBe(3)
    await store('avatar', await picture('png'), first)
    for (const style of ['original', 'static'] as const)
      await expect(ctx.storage.get(profileImageKey(first, 'avatar', style) ?? '')).rejects.toThrow(
        'Record not found',
      )
  })

  it('refuses what is no picture and what is too large', async () => {
    await expect(store('avatar', Buffer.from('%PDF-1.7'))).rejects.toThrow(ValidationError)
    const large = Buffer.concat([await picture('png'), Buffer.alloc(9 * 1024 * 1024)])
    await expect(store('header', large)).rejects.toThrow('File must be less than 8 MB')
    await expect(store('header', pngBomb(20_000, 20_000))).rejects.toThrow(
      '20000x20000 images are not supported',
    )
  })

  it('of remote accounts come into our store, one failing without the other', async () => {
    remotes.host('a').serve('/h.png', reply({ type: 'image/png', body: await picture('png', 1600, 600) }))
    const remote = await make.remoteAccount({
      domain: 'mastodon.example',
      avatar_remote_url: remotes.host('a').url('/missing.png'),
      header_remote_url: remotes.host('a').url('/h.png'),
    })
    await fetchProfileImages(ctx, { accountId: remote.id })
    const row = await ctx.db('accounts').where({ id: remote.id }).first()
    expect(row.avatar_file_name).toBeNull()
    expect(await sizeOf(profileImageKey(row, 'header', 'original'))).toEqual([1500, 500])
    expect(profileImageKey(row, 'header', 'original')).toMatch(/^cache\//)
  })
})
