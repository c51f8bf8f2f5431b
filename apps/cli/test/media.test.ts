import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { cardKey, mediaKey, profileImageKey } from '@anancus/core/kernel/storage/keys'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { picture } from '@anancus/core/testing/pictures'
import { type Remotes, reply, startRemotes } from '@anancus/core/testing/remote'
import { resetDatabase } from '@anancus/core/testing/reset'
import type { MediaAttachmentRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { run } from './support/run.ts'

const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)
const PNG = { contentType: 'image/png' }

let s3: FauxqsServer
let remotes: Remotes
let ctx: TestContext
let make: Factories

beforeAll(async () => {
  s3 = await startFauxqs({ port: 0, logger: false })
  remotes = await startRemotes(['far'])
})
afterAll(async () => {
  await remotes.close()
  await s3.stop()
})

describe.each([
  ['local disk', () => ({})],
  [
    'S3',
    () => ({
      S3_ENABLED: 'true',
      S3_BUCKET: 'files',
      S3_ENDPOINT: s3.address,
      S3_PROTOCOL: 'http',
      S3_PERMISSION: '',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }),
  ],
])('on %s', (store, environment) => {
  beforeAll(async () => {
    ctx = await testContext({ env: { ...remotes.env, ...environment() } })
  })
  afterAll(() => closeTestContext(ctx))
  beforeEach(async () => {
    await resetDatabase(ctx)
    s3.createBucket('files')
    s3.emptyBucket('files')
    for await (const page of ctx.storage.list()) await ctx.storage.delete(page.map(({ key }) => key))
    remotes.reset()
    make = factories(ctx.db)
  })

  const keys = async () => {
    const found: string[] = []
    for await (const page of ctx.storage.list()) found.push(...page.map(({ key }) => key))
    return found
  }
  const put = async (key: string | null, body: string | Buffer = 'x'.repeat(1024)) => {
    await ctx.storage.put(key ?? '', Buffer.from(body as string), PNG)
    return key ?? ''
  }
  const carol = () => make.remoteAccount({ username: 'carol', domain: 'far.example' })
  const reload = async (media: MediaAttachmentRow) =>
    ctx.db('media_attachments').where({ id: media.id }).first()

  /** An attachment from elsewhere of which we hold a copy of 2 KB. */
  const cached = async (values: Record<string, unknown> = {}) => {
    const account = (values.account as never) ?? (await carol())
    const status = (values.status as { id: string }) ?? (await make.status({ account }))
    const media = await make.media({
      file_file_name: 'a.png',
      file_file_size: 2048,
      created_at: daysAgo(10),
      ...(values as object),
      account,
      status,
    })
    for (const style of ['original', 'small'] as const) await put(mediaKey(media, style))
    return media
  }

  describe('media remove', () => {
    it('removes old copies, which are addresses again then', async () => {
      const { account: alice } = await make.user()
      const own = await make.media({ account: alice, created_at: daysAgo(100) })
      await put(mediaKey(own, 'original'))
      const old = await cached()
      const young = await cached({ account: await make.remoteAccount(), created_at: daysAgo(3) })
      const dry = await run(ctx, 'media remove --dry-run -v')
      expect(dry.said).toEqual([old.id, 'Removed 1 media attachments (approx. 2 KB) (DRY RUN)'])
      expect(await keys()).toHaveLength(5)
      const ran = await run(ctx, 'media remove -c 2')
      expect(ran).toMatchObject({
        exitCode: 0,
        said: ['Removed 1 media attachments (approx. 2 KB)'],
        steps: ['media attachments (1/1)'],
      })
      expect((await keys()).sort()).toEqual(
        [mediaKey(own, 'original'), mediaKey(young, 'original'), mediaKey(young, 'small')].sort(),
      )
      expect(await reload(old)).toMatchObject({
        file_file_name: null,
        file_file_size: null,
        remote_url: old.remote_url,
        type: 0,
      })
      expect((await run(ctx, 'media remove --days 2')).said).toEqual([
        'Removed 1 media attachments (approx. 2 KB)',
      ])
      expect(await keys()).toEqual([mediaKey(own, 'original')])
    })

    it('--keep-interacted keeps what somebody here did something with', async () => {
      const { account: alice } = await make.user()
      const author = await carol()
      const status = () => make.status({ account: author })
      const [liked, marked, answered, boosted, quoted, plain, likedElsewhere] = [
        await status(),
        await status(),
        await status(),
        await status(),
        await status(),
        await status(),
        await status(),
      ]
      for (const one of [liked, marked, answered, boosted, quoted, plain, likedElsewhere])
        await cached({ account: author, status: one })
      await make.favourite({ account: alice, status: liked })
      await make.favourite({ account: author, status: likedElsewhere })
      await make.bookmark({ account: alice, status: marked })
      await make.status({ account: alice, in_reply_to_id: answered.id })
      await make.status({ account: alice, reblog_of_id: boosted.id })
      await ctx.db('quotes').insert({
        account_id: alice.id,
        status_id: (await make.status({ account: alice })).id,
        quoted_status_id: quoted.id,
        quoted_account_id: author.id,
        state: 1,
        created_at: new Date(),
        updated_at: new Date(),
      })
      expect((await run(ctx, 'media remove --keep-interacted')).said).toEqual([
        'Removed 2 media attachments (approx. 4 KB)',
      ])
      expect(await keys()).toHaveLength(10)
    })

    const profile = async (values: object = {}) => {
      const account = await make.remoteAccount({
        domain: 'far.example',
        avatar_file_name: 'a.gif',
        avatar_file_size: 1024,
        avatar_storage_schema_version: 1,
        header_file_name: 'h.png',
        header_file_size: 2048,
        header_storage_schema_version: 1,
        last_webfingered_at: daysAgo(9),
        updated_at: daysAgo(9),
        ...values,
      })
      for (const style of ['original', 'static'] as const)
        await put(profileImageKey(account, 'avatar', style))
      await put(profileImageKey(account, 'header', 'original'))
      return account
    }

    it('--prune-profiles and --remove-headers take pictures of those not heard of, whom nobody follows', async () => {
      const { account: alice } = await make.user()
      const [idle, followed] = [await profile(), await profile()]
      await profile({ last_webfingered_at: new Date() })
      await make.follow({ account: alice, target: followed })
      expect((await run(ctx, 'media remove --remove-headers')).said).toEqual([
        'Visited 1 accounts and removed profile media totaling 2 KB',
      ])
      expect(await ctx.db('accounts').where({ id: idle.id }).first()).toMatchObject({
        header_file_name: null,
        avatar_file_name: 'a.gif',
      })
      expect(await keys()).toHaveLength(8)
      expect((await run(ctx, 'media remove --prune-profiles --include-follows --dry-run')).said).toEqual([
        // The touched one was heard of just now, as far as its row says.
        'Visited 1 accounts and removed profile media totaling 3 KB (DRY RUN)',
      ])
      expect((await run(ctx, 'media remove --prune-profiles --include-follows --days 0')).said).toEqual([
        'Visited 3 accounts and removed profile media totaling 7 KB',
      ])
      expect(await keys()).toEqual([])
    })

    it.each([
      [
        '--prune-profiles --remove-headers',
        '--prune-profiles and --remove-headers should not be specified simultaneously',
      ],
      ['--include-follows', '--include-follows can only be used with --prune-profiles or --remove-headers'],
      ['--days x', '--days must be a whole number from 0 to 36500.'],
      ['-c 0', '--concurrency must be a whole number from 1 to 100.'],
    ])('refuses %s', async (options, message) => {
      expect(await run(ctx, `media remove ${options}`)).toMatchObject({ exitCode: 1, failed: [message] })
    })
  })

  describe('media remove-orphans', () => {
    it('names and removes what belongs to nothing, and nothing else', async () => {
      const media = await cached()
      const gone = await put('cache/media_attachments/files/000/000/009/original/gone.png')
      const renamed = (mediaKey(media, 'original') ?? '').replace('a.png', 'other.png')
      await put(renamed)
      const strange = await put('notes/readme.txt')
      // Too young, all of them: their rows might be on the way.
      expect((await run(ctx, 'media remove-orphans')).said).toEqual([
        `Unrecognized file found: ${strange}`,
        'Removed 0 orphans (approx. 0 Bytes)',
      ])
      if (store === 'S3') return
      const { PAPERCLIP_ROOT_PATH: root } = ctx.config.env
      for (const key of await keys()) await utimes(join(root, key), daysAgo(1), daysAgo(1))
      const found = [gone, renamed].sort().map((key) => `Found and removed orphan: ${key}`)
      expect((await run(ctx, 'media remove-orphans --prefix cache/ --dry-run')).said).toEqual([
        ...found,
        'Removed 2 orphans (approx. 2 KB) (DRY RUN)',
      ])
      const later = (await run(ctx, `media remove-orphans --start-after ${gone}`)).said
      expect(later.filter((line) => line.startsWith('Found'))).toEqual(found.slice(1))
      await run(ctx, 'media remove-orphans --fix-permissions')
      expect((await keys()).sort()).toEqual(
        [mediaKey(media, 'original'), mediaKey(media, 'small'), strange].sort(),
      )
    })
  })

  it('media usage tells how much room each kind takes', async () => {
    const { account: alice } = await make.user()
    await make.media({ account: alice, file_file_size: 1_234_567 })
    await cached()
    await ctx.db('accounts').where({ id: alice.id }).update({ avatar_file_size: 1024 })
    await make.card({ image_file_size: 500 })
    expect((await run(ctx, 'media usage')).said).toEqual([
      'Object         Total      Local',
      'Attachments    1.18 MB    1.18 MB',
      'Custom Emoji   0 Bytes    0 Bytes',
      'Avatars        1 KB       1 KB',
      'Headers        0 Bytes    0 Bytes',
      'Preview Cards  500 Bytes',
      'Backups        0 Bytes',
      'Settings       0 Bytes',
    ])
  })

  describe('media refresh', () => {
    it('fetches what is not here, and with --force also what is', async () => {
      remotes.host('far').serve('/a.png', reply({ type: 'image/png', body: await picture('png') }))
      const remote_url = remotes.host('far').url('/a.png')
      const here = await cached({ remote_url })
      const author = await make.remoteAccount({ username: 'dan', domain: 'sub.far.example' })
      const absent = await make.media({
        account: author,
        status: await make.status({ account: author }),
        remote_url,
      })
      expect((await run(ctx, 'media refresh')).failed).toEqual(['Specify the source of media attachments'])
      expect((await run(ctx, 'media refresh --account nobody@far.example')).failed).toEqual([
        'No such account',
      ])
      expect((await run(ctx, 'media refresh --domain far.example --dry-run')).said).toEqual([
        'Downloaded 1 media attachments (approx. 0 Bytes) (DRY RUN)',
      ])
      const ran = await run(ctx, 'media refresh --domain far.example -v')
      expect(ran.said[0]).toBe(absent.id)
      expect(ran.said[1]).toMatch(/^Downloaded 1 media attachments \(approx\. \d.*\)$/)
      expect((await reload(absent)).file_file_name).toMatch(/\.png$/)
      const before = await keys()
      await run(ctx, `media refresh --status ${here.status_id}`)
      expect(remotes.host('far').requests).toHaveLength(1)
      await run(ctx, `media refresh --status ${here.status_id} --force`)
      await run(ctx, 'media refresh --account carol@far.example --force')
      await run(ctx, 'media refresh --days 2 --force')
      expect(remotes.host('far').requests).toHaveLength(4)
      const row = await reload(here)
      expect(row.file_file_name).not.toBe('a.png')
      // The copies of before are gone.
      expect(await keys()).toHaveLength(before.length)
      expect(await keys()).toContain(mediaKey(row, 'original'))
    })

    it('goes on after what is not to be had, and takes nothing from servers whose media are refused', async () => {
      remotes.host('far').serve('/a.png', reply({ status: 404 }))
      const media = await cached({ remote_url: remotes.host('far').url('/a.png') })
      const ran = await run(ctx, 'media refresh --domain far.example --force')
      expect(ran).toMatchObject({ exitCode: 0 })
      expect(ran.said[0]).toMatch(new RegExp(`^Error processing ${media.id}: `))
      expect(await keys()).toHaveLength(2)
      await ctx.db('domain_blocks').insert({ domain: 'far.example', severity: 2, reject_media: true })
      await run(ctx, 'media refresh --domain far.example --force')
      expect(remotes.host('far').requests).toHaveLength(1)
    })
  })

  it('media lookup says where a file is shown', async () => {
    const { account: alice } = await make.user({ account: { username: 'alice' } })
    const status = await make.status({ account: alice })
    const media = await make.media({ account: alice, status })
    const unused = await make.media({ account: alice })
    const url = (key: string | null) => ctx.storage.url(key ?? '')
    const lookup = async (address: string) => {
      const { said, failed } = await run(ctx, `media lookup ${address}`)
      return [...said, ...failed]
    }
    const { baseUrl } = ctx.config
    expect(await lookup(url(mediaKey(media, 'small')))).toEqual([`${baseUrl}/@alice/${status.id}`])
    expect(await lookup(url('accounts/avatars/000/000/007/original/a.png'))).toEqual([
      'Cannot find corresponding model: Account',
    ])
    const { id } = alice
    const avatar = { ...alice, avatar_file_name: 'a.png' }
    expect(await lookup(`${url(profileImageKey(avatar, 'avatar', 'original'))}?x=${id}`)).toEqual([
      `${baseUrl}/@alice`,
    ])
    expect(await lookup(url(mediaKey(unused, 'original')))).toEqual(['No public URL for this type of record'])
    expect(await lookup(url('notes/files/000/000/007/original/a.png'))).toEqual([
      'Cannot find corresponding model: notes',
    ])
    expect(await lookup(`${baseUrl}/about`)).toEqual(['Not a media URL'])
    expect(await lookup('nonsense')).toEqual(['Invalid URL'])
  })

  it('preview_cards remove takes the pictures of old cards, and leaves the cards', async () => {
    const card = async (values: object) => {
      const row = await make.card({
        image_file_name: 'c.png',
        image_file_size: 1024,
        image_storage_schema_version: 1,
        updated_at: daysAgo(200),
        ...values,
      })
      await put(cardKey(row))
      return row
    }
    const [link, film] = [await card({ type: 0 }), await card({ type: 2 })]
    await card({ type: 0, updated_at: daysAgo(100) })
    expect((await run(ctx, 'preview_cards remove --dry-run')).said).toEqual([
      'Removed 2 preview cards (approx. 2 KB) (DRY RUN)',
    ])
    expect((await run(ctx, 'preview_cards remove --link')).said).toEqual([
      'Removed 1 link-type preview cards (approx. 1 KB)',
    ])
    expect(await ctx.db('preview_cards').where({ id: link.id }).first()).toMatchObject({
      image_file_name: null,
    })
    expect(await ctx.db('preview_cards').where({ id: film.id }).first()).toMatchObject({
      image_file_name: 'c.png',
    })
    expect((await run(ctx, 'preview_cards remove --days 50')).said).toEqual([
      'Removed 2 preview cards (approx. 2 KB)',
    ])
    expect(await keys()).toEqual([])
    expect(await ctx.db('preview_cards')).toHaveLength(3)
  })
})

describe('media move', () => {
  beforeAll(async () => {
    ctx = await testContext({ env: { S3_BUCKET: 'files', S3_ENDPOINT: s3.address } })
  })
  afterAll(() => closeTestContext(ctx))

  it.each([
    ['--from local --to local', 'Files cannot move to where they are.'],
    ['--from disk --to s3', 'A store is local or s3.'],
    ['--from local --to s3', expect.stringContaining('Set S3_ENABLED=true and MEDIA_MOVING_FROM=local')],
  ])('refuses %s', async (options, message) => {
    expect(await run(ctx, `media move ${options}`)).toMatchObject({ exitCode: 1, failed: [message] })
  })
})
