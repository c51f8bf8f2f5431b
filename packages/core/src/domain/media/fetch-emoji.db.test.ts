import { factories } from '@anancus/db/testing/make'
import sharp from 'sharp'
import { buffer } from 'node:stream/consumers'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { movingGif, picture } from '../../../testing/pictures.ts'
import { type Remotes, reply, startRemotes } from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { fetchEmojiJob } from '../../jobs/index.ts'
import { PermanentJobError, RemoteServerError } from '../../kernel/errors.ts'
import { emojiKey } from '../../kernel/storage/keys.ts'
import { fetchEmoji, keepRemoteEmojis } from './index.ts'

let ctx: TestContext
let remotes: Remotes
beforeAll(async () => {
  remotes = await startRemotes(['a'])
  ctx = await testContext({ env: remotes.env })
})
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  for await (const page of ctx.storage.list()) await ctx.storage.delete(page.map(({ key }) => key))
})
afterAll(async () => {
  await closeTestContext(ctx)
  await remotes.close()
})

const keep = (path: string, more: object = {}) =>
  keepRemoteEmojis(ctx, 'far.example', [
    { shortcode: 'cat', imageUrl: remotes.host('a').url(path), uri: null, updatedAt: null, ...more },
  ])
const row = () => ctx.db('custom_emojis').first()
const waiting = async () => (await peekQueues(ctx)).filter(({ name }) => name === fetchEmojiJob.name)
const fetch = async () => fetchEmoji(ctx, { customEmojiId: (await row()).id })
const keys = async () => {
  const found: string[] = []
  for await (const page of ctx.storage.list()) found.push(...page.map(({ key }) => key))
  return found
}

it('an emoji that is met comes into our store, moving and still, made anew and unsigned', async () => {
  remotes.host('a').serve('/cat', reply({ type: 'image/gif', body: await movingGif(3) }))
  await keep('/cat')
  expect(await waiting()).toHaveLength(1)
  await fetch()
  const emoji = await row()
  expect(emoji).toMatchObject({ image_content_type: 'image/gif', image_file_size: expect.any(Number) })
  const read = async (style: 'original' | 'static') =>
    buffer((await ctx.storage.get(emojiKey(emoji, style) ?? '')).body)
  expect(emojiKey(emoji, 'original')).toMatch(/^cache\/custom_emojis\/images\//)
  expect((await sharp(await read('original'), { animated: true }).metadata()).pages).toBe(3)
  expect((await sharp(await read('static')).metadata()).format).toBe('png')
  expect(remotes.host('a').requests[0]?.headers.signature).toBeUndefined()
})

it('one that is here is not fetched again, and one that never came not before a day', async () => {
  await keep('/cat')
  await keep('/cat')
  expect(await waiting()).toHaveLength(1)
  await ctx.db('custom_emojis').update({ image_updated_at: new Date(Date.now() - 2 * 86_400_000) })
  await keep('/cat')
  expect(await waiting()).toHaveLength(2)
  await ctx.db('custom_emojis').update({ image_file_name: 'x.png', image_updated_at: new Date(0) })
  await keep('/cat')
  expect(await waiting()).toHaveLength(2)
})

it('one that its server changed under the same address is fetched again, and only then', async () => {
  await keep('/cat', { updatedAt: new Date('2026-01-01') })
  await keep('/cat', { updatedAt: new Date('2026-01-01') })
  expect(await waiting()).toHaveLength(1)
  await keep('/cat', { updatedAt: new Date('2026-02-01') })
  expect(await waiting()).toHaveLength(2)
  await keep('/cat', { updatedAt: new Date('2026-01-15') })
  expect(await waiting()).toHaveLength(2)
})

it('another picture takes the place of the one that is here, which stays until then', async () => {
  remotes.host('a').serve('/one', reply({ type: 'image/png', body: await picture('png') }))
  await keep('/one')
  await fetch()
  const before = await row()
  await keep('/two')
  expect(await row()).toMatchObject({ image_file_name: before.image_file_name })
  await expect(fetch()).rejects.toThrow(PermanentJobError)
  remotes.host('a').serve('/two', reply({ type: 'image/png', body: await picture('png') }))
  await fetch()
  const after = await row()
  expect(after.image_file_name).not.toBe(before.image_file_name)
  expect((await keys()).sort()).toEqual([emojiKey(after, 'original'), emojiKey(after, 'static')].sort())
  // Word of before the change comes late.
  await keep('/one', { updatedAt: new Date(0) })
  expect((await row()).image_remote_url).toContain('/two')
})

it.each([
  ['is no picture', { body: '<html></html>', type: 'image/png' }, PermanentJobError],
  [
    'is an SVG',
    { body: '<svg xmlns="http://www.w3.org/2000/svg"/>', type: 'image/svg+xml' },
    PermanentJobError,
  ],
  ['is too large', { body: Buffer.alloc(300 * 1024), type: 'image/png' }, RemoteServerError],
  ['does not come', { status: 503 }, RemoteServerError],
])('what %s leaves nothing', async (_name, answer, error) => {
  remotes.host('a').serve('/cat', reply(answer))
  await keep('/cat')
  await expect(fetch()).rejects.toThrow(error)
  expect([(await row()).image_file_name, await keys()]).toEqual([null, []])
})

it('nothing is asked of servers whose media are refused, nor for emojis of ours', async () => {
  await keep('/cat')
  await ctx.db('domain_blocks').insert({ domain: 'far.example', severity: 2, reject_media: true })
  await fetch()
  const own = await factories(ctx.db).customEmoji({ shortcode: 'own' })
  await fetchEmoji(ctx, { customEmojiId: own.id })
  await fetchEmoji(ctx, { customEmojiId: '0' })
  expect(remotes.host('a').requests).toHaveLength(0)
})
