import { factories } from '@anancus/db/testing/make'
import { castOf } from '../../../testing/cast.ts'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { movingGif, picture } from '../../../testing/pictures.ts'
import { type Remotes, reply, startRemotes } from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { loadConfig } from '../../kernel/config.ts'
import type { Ctx } from '../../kernel/context.ts'
import { fetchEmoji, fetchProfileImages, fetchRemoteMedia, hasRoom, refetchRemoteMedia } from './index.ts'

let ctx: TestContext
let full: Ctx
let remotes: Remotes
let make: ReturnType<typeof factories>

beforeAll(async () => {
  remotes = await startRemotes(['a'])
  ctx = await testContext({ env: remotes.env })
  full = { ...ctx, config: { ...ctx.config, env: { ...ctx.config.env, MEDIA_DISK_FLOOR: 1024 ** 5 } } }
})
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  make = factories(ctx.db)
  const host = remotes.host('a')
  host.serve('/x.png', reply({ type: 'image/png', body: await picture('png', 1200, 900) }))
  host.serve('/x.gif', reply({ type: 'image/gif', body: await movingGif(3) }))
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})

/** One of each kind that is only an address yet, and what brings it here. */
async function strangers() {
  const { carol } = await castOf(ctx)
  const url = (path: string) => remotes.host('a').url(path)
  const pictures = { avatar_remote_url: url('/x.gif'), header_remote_url: url('/x.png') }
  await ctx.db('accounts').where({ id: carol.id }).update(pictures)
  const status = await make.status({ account: carol })
  const media = await make.media({ account: carol, status, remote_url: url('/x.png') })
  const emoji = await make.customEmoji({
    shortcode: 'cat',
    domain: carol.domain,
    image_file_name: null,
    image_remote_url: url('/x.gif'),
  })
  const fetchAll = async (on: Ctx) => {
    await fetchRemoteMedia(on, { mediaAttachmentId: media.id })
    await fetchProfileImages(on, { accountId: carol.id })
    await fetchEmoji(on, { customEmojiId: emoji.id })
  }
  return { media, fetchAll }
}

const books = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await ctx.db('media_cache_files')).map((row) => [row.kind, Number(row.bytes) + Number(row.extra_bytes)]),
  )
const storedBytes = async () => {
  let bytes = 0
  for await (const page of ctx.storage.list({ prefix: 'cache/' }))
    for (const file of page) bytes += file.bytes
  return bytes
}

it('copies of remote files are stored while there is room, and all of their versions are in the books', async () => {
  const { fetchAll } = await strangers()
  await fetchAll(ctx)
  const sizes = await books()
  expect(Object.keys(sizes).toSorted()).toEqual(['attachment', 'avatar', 'emoji', 'header'])
  expect(Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0)).toBe(await storedBytes())
})

it('nothing is fetched while less of the disk is free than should be', async () => {
  const { media, fetchAll } = await strangers()
  await fetchAll(full)
  expect(await refetchRemoteMedia(full, media)).toBeNull()
  expect(remotes.host('a').requests).toEqual([])
  expect(await books()).toEqual({})
})

it('a store without an end has no floor', async () => {
  expect(await hasRoom(full)).toBe(false)
  const env = { ...full.config.env, S3_ENABLED: true }
  expect(await hasRoom({ ...full, config: { ...full.config, env } })).toBe(true)
})

it('a folder that is not there yet is measured where it will be', async () => {
  const env = { ...ctx.config.env, PAPERCLIP_ROOT_PATH: '/tmp/nowhere/to/be/seen', MEDIA_DISK_FLOOR: 1 }
  expect(await hasRoom({ ...ctx, config: { ...loadConfig({}), env } })).toBe(true)
})
