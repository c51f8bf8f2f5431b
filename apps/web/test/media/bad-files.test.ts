import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { closeTestContext, type TestContext, testContext } from '@anancus/core/testing/context'
import { gifBomb, picture, pngBomb } from '@anancus/core/testing/pictures'
import { factories } from '@anancus/db/testing/make'
import { startWeb, type TestClient, type TestWeb } from '../support/server.ts'

/** What nobody should send goes through the API as an app sends it: refused with words, and nothing of it stays. */
const run = promisify(execFile)

const FILM = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=2']
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2']
const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-preset', 'ultrafast']
const UNVERIFIED = 'File type of uploaded media could not be verified'
const INVALID = 'Validation failed: File content type is invalid, File is invalid'

let ctx: TestContext
let web: TestWeb
let alice: TestClient
let inputs: string
let folder: string
/** Requests that a player of playlists would make. */
const met: string[] = []
const stranger = createServer((req, res) => {
  met.push(req.url ?? '')
  res.end()
})
const outerTmp = process.env.TMPDIR

beforeAll(async () => {
  inputs = await mkdtemp(join(tmpdir(), 'anancus-bad-'))
  folder = await mkdtemp(join(tmpdir(), 'anancus-bad-tmp-'))
  ctx = await testContext()
  web = await startWeb(ctx)
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  process.env.TMPDIR = folder
})
// Thirty uploads in half an hour are one person's.
beforeEach(async () => {
  const make = factories(ctx.db)
  alice = web.as(await make.token({ user: (await make.viewer({})).user }))
})
afterEach(async () => {
  expect(await readdir(folder)).toEqual([])
  expect(await ctx.db('media_attachments')).toHaveLength(0)
  for await (const page of ctx.storage.list()) expect(page).toEqual([])
  expect(met).toEqual([])
})
afterAll(async () => {
  if (outerTmp === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outerTmp
  await web.close()
  await closeTestContext(ctx)
  await new Promise((resolve) => stranger.close(resolve))
  await rm(inputs, { recursive: true })
  await rm(folder, { recursive: true })
})

const made = async (name: string, args: readonly string[]) => {
  await run('ffmpeg', ['-loglevel', 'error', '-y', ...args, join(inputs, name)])
  return readFile(join(inputs, name))
}
const cut = async (name: string, args: readonly string[], keep = 0.5) => {
  const whole = await made(name, args)
  return whole.subarray(0, Math.floor(whole.length * keep))
}
const strangerUrl = () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`
/** The beginning of an MP4 file, which is as far as a first look goes. */
const asMp4 = (text: string) =>
  Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\x02\0isom', 'latin1'), Buffer.from(text)])
const playlist = () => `#EXTM3U\n#EXTINF:1,\n${strangerUrl()}/segment.ts\n#EXTINF:1,\nfile:///etc/passwd\n`

async function refused(bytes: Buffer | string, error: string, fields: Record<string, string> = {}) {
  for (const path of ['/api/v1/media', '/api/v2/media']) {
    const body = new FormData()
    body.append('file', new Blob([bytes as never], { type: 'video/mp4' }), 'film.mp4')
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const answer = await alice.post(path, { body })
    expect([path, answer.status, answer.body]).toEqual([path, 422, { error }])
  }
}

type Case = [name: string, bytes: () => Promise<Buffer | string> | Buffer | string, error: string]

describe('SEC-MEDIA-03 playlists, which lead to other files and to other servers', () => {
  it.each<Case>([
    ['M3U8', playlist, UNVERIFIED],
    ['M3U8 behind the head of an MP4', () => asMp4(playlist()), UNVERIFIED],
    ['a list of files', () => "ffconcat version 1.0\nfile '/etc/passwd'\n", UNVERIFIED],
    [
      'the same behind the head of an MP4',
      () => asMp4("ffconcat version 1.0\nfile '/etc/passwd'\n"),
      UNVERIFIED,
    ],
    ['SDP', () => 'v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n', UNVERIFIED],
    ['DASH', () => `<?xml version="1.0"?><MPD><BaseURL>${strangerUrl()}</BaseURL></MPD>`, INVALID],
  ])('%s', async (_name, bytes, error) => refused(await bytes(), error))
})

describe('SEC-MEDIA-02 streams that only rare decoders open', () => {
  it.each<Case>([
    ['QuickTime animation', () => made('a.mov', [...FILM, '-c:v', 'qtrle']), UNVERIFIED],
    ['Cinepak', () => made('b.mov', [...FILM, '-c:v', 'cinepak']), UNVERIFIED],
    [
      'pixels as they are',
      () => made('c.mov', [...FILM, '-c:v', 'rawvideo', '-pix_fmt', 'uyvy422']),
      UNVERIFIED,
    ],
    ['a rare sound in WAV', () => made('d.wav', [...SOUND, '-c:a', 'adpcm_yamaha']), UNVERIFIED],
  ])('%s', async (_name, bytes, error) => refused(await bytes(), error))
})

describe('what is broken', () => {
  it.each<Case>([
    ['nothing', () => Buffer.alloc(0), UNVERIFIED],
    ['a megabyte of zeros', () => Buffer.alloc(1024 ** 2), UNVERIFIED],
    ['an MP4 without its index', () => cut('cut.mp4', [...FILM, ...H264]), UNVERIFIED],
    ['a head of WebM', () => cut('cut.webm', [...FILM, '-c:v', 'libvpx'], 0.001), UNVERIFIED],
    ['half a JPEG', async () => (await picture('jpeg', 600, 400)).subarray(0, 700), UNVERIFIED],
    ['half a PNG', async () => (await picture('png', 600, 400)).subarray(0, 60), UNVERIFIED],
    ['half a WebP', async () => (await picture('webp', 600, 400)).subarray(0, 40), UNVERIFIED],
  ])('%s', async (_name, bytes, error) => refused(await bytes(), error))
})

describe('SEC-MEDIA-06 what is too large', () => {
  it.each<Case>([
    [
      'a film of 4096 × 4096',
      () => made('large.mp4', ['-f', 'lavfi', '-i', 'color=size=4096x4096:rate=1:duration=1', ...H264]),
      '4096x4096 videos are not supported',
    ],
    [
      'a film of 240 frames a second',
      () => made('fast.mp4', ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=240:duration=1', ...H264]),
      '240fps videos are not supported',
    ],
    [
      'a picture of 400,000,000 pixels',
      () => pngBomb(20_000, 20_000, 10),
      '20000x20000 images are not supported',
    ],
    ['a GIF of 50,000 frames', () => gifBomb(50_000), 'Files of 50000 frames are not supported'],
  ])('%s', async (_name, bytes, error) => refused(await bytes(), error))

  it('a description of 100,000 characters', async () =>
    refused(
      await picture('png'),
      'Validation failed: Description is too long (maximum is 10000 characters)',
      { description: 'x'.repeat(100_000) },
    ))
})

describe('SEC-MEDIA-01 SEC-MEDIA-10 what is something else', () => {
  it.each<Case>([
    [
      'SVG that loads',
      () => `<svg xmlns="http://www.w3.org/2000/svg"><image href="${strangerUrl()}/x.png"/></svg>`,
      UNVERIFIED,
    ],
    [
      'SVG that explodes',
      () => `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>`,
      UNVERIFIED,
    ],
    [
      'MVG',
      () => `push graphic-context\nviewbox 0 0 9 9\nfill 'url(${strangerUrl()}/x)'\npop graphic-context`,
      UNVERIFIED,
    ],
    ['an archive', () => Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64'), INVALID],
    ['HTML', () => '<!DOCTYPE html><script>alert(1)</script>', UNVERIFIED],
    ['a program', () => readFile('/bin/true'), INVALID],
  ])('%s', async (_name, bytes, error) => refused(await bytes(), error))
})
