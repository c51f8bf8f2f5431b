import type { MediaAttachmentRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import type { Ctx } from '../../kernel/context.ts'
import { backupKey, emojiKey, mediaKey, profileImageKey, siteUploadKey } from '../../kernel/storage/keys.ts'
import { type OrphanOptions, removeOrphans } from './index.ts'

let s3: FauxqsServer
let ctx: TestContext
let make: Factories

beforeAll(async () => {
  s3 = await startFauxqs({ port: 0, logger: false })
  s3.createBucket('files')
})
afterAll(() => s3.stop())

describe.each([
  ['local disk', () => ({})],
  [
    'S3',
    () => ({
      S3_ENABLED: 'true',
      S3_BUCKET: 'files',
      S3_ENDPOINT: s3.address,
      S3_KEY_PREFIX: 'deep/down',
      S3_PERMISSION: '',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }),
  ],
])('removeOrphans on %s', (_store, environment) => {
  beforeAll(async () => {
    ctx = await testContext({ env: environment() })
    make = factories(ctx.db)
  })
  afterAll(() => closeTestContext(ctx))

  const put = async (key: string | null) => {
    await ctx.storage.put(key ?? '', Buffer.from('x'), { contentType: 'image/png' })
    return key ?? ''
  }
  const sweep = async (options: Partial<OrphanOptions> = {}, hours = 2) => {
    const clock = { now: () => new Date(Date.now() + hours * 3_600_000) }
    const later: Ctx = { ...ctx, clock }
    const removed: string[] = []
    for await (const page of removeOrphans(later, { fixPermissions: false, isDryRun: false, ...options }))
      removed.push(...page.removed.map(({ key }) => key))
    return removed
  }

  it('leaves every kind of file that a row has, in every version, and takes the rest once it is old', async () => {
    const { account } = await make.user({ account: { avatar_file_name: 'a.gif', header_file_name: 'h.png' } })
    const media: MediaAttachmentRow = await make.media({ account, type: 'video', file_file_name: 'f.mp4' })
    const emoji = await make.customEmoji({ shortcode: 'blob', domain: 'far.example' })
    const [site] = await ctx
      .db('site_uploads')
      .insert({ var: 'thumbnail', file_file_name: 's.png' })
      .returning('*')
    const [backup] = await ctx.db('backups').insert({ dump_file_name: 'b.zip' }).returning('*')
    const kept = [
      mediaKey(media, 'original'),
      mediaKey(media, 'small'),
      profileImageKey(account, 'avatar', 'original'),
      profileImageKey(account, 'avatar', 'static'),
      profileImageKey(account, 'header', 'original'),
      emojiKey(emoji, 'original'),
      emojiKey(emoji, 'static'),
      siteUploadKey(site, '@1x'),
      backupKey(backup),
    ]
    for (const key of kept) await put(key)
    const lost = [
      await put('accounts/avatars/000/000/001/original/a.gif'),
      await put((mediaKey(media, 'original') ?? '').replace('f.mp4', 'g.mp4')),
      await put('media_attachments/thumbnails/000/000/001/original/t.png'),
    ]
    expect(await sweep({}, 0.5)).toEqual([])
    expect(await sweep({ isDryRun: true })).toEqual(lost.toSorted())
    expect(await sweep()).toEqual(lost.toSorted())
    expect(await sweep()).toEqual([])
    const left: string[] = []
    for await (const page of ctx.storage.list()) left.push(...page.map(({ key }) => key))
    expect(left).toEqual(kept.toSorted())
  })

  it('more than a page of them, with one statement a page', async () => {
    const keys = Array.from({ length: 1_050 }, (_, id) => {
      const part = String(id + 1)
        .padStart(9, '0')
        .replace(/(\d{3})(?=\d)/g, '$1/')
      return `preview_cards/images/${part}/original/c.png`
    })
    for (let from = 0; from < keys.length; from += 50) await Promise.all(keys.slice(from, from + 50).map(put))
    expect(await sweep({ prefix: 'preview_cards/' })).toEqual(keys)
    expect(await sweep({ prefix: 'preview_cards/' })).toEqual([])
  })
})
