import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { MediaAttachmentRow } from '@anancus/db'
import { type Factories, factories } from '@anancus/db/testing/make'
import { closeTestContext, type TestContext, testContext } from '../../../testing/context.ts'
import { peekQueues } from '../../../testing/drain-queues.ts'
import { type Remotes, reply, startRemotes } from '../../../testing/remote.ts'
import { resetDatabase } from '../../../testing/reset.ts'
import { fetchFilmJob } from '../../jobs/index.ts'
import { PermanentJobError, RaceError, RemoteServerError } from '../../kernel/errors.ts'
import { mediaKey } from '../../kernel/storage/keys.ts'
import { fetchAttachment, fetchFilm, refetchRemoteMedia } from './index.ts'

const run = promisify(execFile)
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=10:duration=1']
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1']
const KINDS = [
  [
    'a.mp4',
    'video',
    [...PICTURE, ...SOUND, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'],
  ],
  ['a.webm', 'video', [...PICTURE, ...SOUND, '-c:v', 'libvpx', '-c:a', 'libvorbis', '-shortest']],
  ['mute.mp4', 'gifv', [...PICTURE, '-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
  ['a.ogg', 'audio', [...SOUND, '-c:a', 'libvorbis']],
] as const

let ctx: TestContext
let make: Factories
let remotes: Remotes
let inputs: string
let temporary: string
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  inputs = await mkdtemp(join(tmpdir(), 'anancus-films-'))
  temporary = await mkdtemp(join(tmpdir(), 'anancus-films-tmp-'))
  remotes = await startRemotes(['a'])
  ctx = await testContext({ env: remotes.env })
  for (const [name, , args] of KINDS) await run('ffmpeg', ['-loglevel', 'error', ...args, join(inputs, name)])
  process.env.TMPDIR = temporary
}, 60_000)
beforeEach(async () => {
  remotes.reset()
  await resetDatabase(ctx)
  make = factories(ctx.db)
})
afterEach(async () => expect(await readdir(temporary)).toEqual([]))
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await closeTestContext(ctx)
  await remotes.close()
  for (const folder of [inputs, temporary]) await rm(folder, { recursive: true })
})

const attachment = async (name: string, type = 'video') => {
  const account = await make.remoteAccount({ domain: 'far.example' })
  return make.media({
    account,
    status: await make.status({ account }),
    type: type as 'video',
    remote_url: remotes.host('a').url(`/${name}`),
  })
}
const serve = async (name: string) =>
  remotes.host('a').serve(`/${name}`, reply({ type: 'text/plain', body: await readFile(join(inputs, name)) }))
const fetch = ({ id }: MediaAttachmentRow) => fetchFilm(ctx, { mediaAttachmentId: id })
const reload = ({ id }: MediaAttachmentRow) => ctx.db('media_attachments').where({ id }).first()
const keys = async () => {
  const found: string[] = []
  for await (const page of ctx.storage.list()) found.push(...page.map(({ key }) => key))
  return found
}

it.each(KINDS.map(([name, becomes]) => [name, becomes] as const))(
  '%s from another server comes into our store as %s, whatever its server calls it',
  async (name, becomes) => {
    await serve(name)
    const media = await attachment(name, becomes === 'gifv' ? 'video' : becomes)
    await fetch(media)
    await fetch(media)
    expect(remotes.host('a').requests).toHaveLength(1)
    const row = await reload(media)
    expect(['image', 'gifv', 'video', 'unknown', 'audio'][row.type]).toBe(becomes)
    expect(row.file_content_type).toBe(becomes === 'audio' ? 'audio/mpeg' : 'video/mp4')
    expect(mediaKey(row, 'original')).toMatch(/^cache\/media_attachments\/files\//)
    for (const style of ['original', 'small'] as const) {
      const key = mediaKey(row, style)
      if (key !== null) expect(await ctx.storage.stat(key)).not.toBeNull()
    }
  },
  60_000,
)

it('the job of an attachment hands films on to their own queue, once while one waits', async () => {
  const media = await attachment('a.mp4')
  for (let count = 0; count < 2; count += 1) await fetchAttachment(ctx, { mediaAttachmentId: media.id })
  expect(remotes.host('a').requests).toHaveLength(0)
  const waiting = (await peekQueues(ctx)).filter(({ name }) => name === fetchFilmJob.name)
  expect(waiting.map(({ payload }) => payload)).toEqual([{ mediaAttachmentId: media.id }])
})

it('two processes bring one film once', async () => {
  await serve('a.mp4')
  const media = await attachment('a.mp4')
  const outcomes = await Promise.allSettled([fetch(media), fetch(media)])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: expect.any(RaceError),
  })
  expect(remotes.host('a').requests).toHaveLength(1)
}, 60_000)

it.each([
  ['is gone', { status: 404 }, PermanentJobError],
  [
    'is a playlist',
    { body: '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', type: 'video/mp4' },
    PermanentJobError,
  ],
  ['is no film', { body: '<html></html>', type: 'video/mp4' }, PermanentJobError],
  ['does not come now', { status: 503 }, RemoteServerError],
])('SEC-MEDIA-03 what %s leaves nothing', async (_name, answer, error) => {
  remotes.host('a').serve('/a.mp4', reply(answer))
  const media = await attachment('a.mp4')
  const before = await keys()
  await expect(fetch(media)).rejects.toThrow(error)
  expect([(await reload(media)).file_file_name, await keys()]).toEqual([null, before])
})

it('a refresh brings it anew, and the copy of before goes', async () => {
  await serve('a.mp4')
  const media = await attachment('a.mp4')
  await fetch(media)
  const first = await reload(media)
  expect(await refetchRemoteMedia(ctx, first)).toBeGreaterThan(0)
  const second = await reload(media)
  expect(second.file_file_name).not.toBe(first.file_file_name)
  expect(await ctx.storage.stat(mediaKey(first, 'original') ?? '')).toBeNull()
  expect(await ctx.storage.stat(mediaKey(second, 'small') ?? '')).not.toBeNull()
}, 60_000)

it('nothing comes from servers whose media are refused', async () => {
  await ctx.db('domain_blocks').insert({ domain: 'far.example', severity: 2, reject_media: true })
  await fetch(await attachment('a.mp4'))
  expect(remotes.host('a').requests).toHaveLength(0)
})
