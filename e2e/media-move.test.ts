import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@anancus/core/kernel/config'
import { createStore, type StoreName } from '@anancus/core/kernel/storage/index'
import { connect, type Db, disconnect } from '@anancus/db'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import { NODE, ROOT } from '../scripts/lib/paths.mjs'
import { createInstance, type Instance, pickPorts } from './support/instance.ts'
import { resolveLocalhostNames } from './support/names.ts'
import { createPerson, type Person } from './support/people.ts'
import { rest } from './support/rest.ts'
import { eventually } from './support/wait.ts'

/**
 * All files of an instance move from disk to S3 and back while people read, upload and delete, and the mover is killed in
 * the middle of it. Whatever was there is there afterwards, byte for byte, and was there at every moment between.
 */

const ATTACHMENTS = 1_000
const UPLOADS = 8
const DELETIONS = 20
/** Whole files that the target has when the mover is killed. */
const KILLED_AFTER = 500
const DEADLINE_MS = 240_000
const PICTURE = readFileSync(join(import.meta.dirname, 'support/picture.png'))

let store: FauxqsServer
let instance: Instance
let db: Db
let alice: Person
/** What each file holds, by its key. */
const contents = new Map<string, string>()
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  resolveLocalhostNames()
  store = await startFauxqs({ port: 0, logger: false })
  store.createBucket('files')
  instance = await createInstance({ name: 'movers', ports: await pickPorts(), neighbours: [] })
  Object.assign(instance.env, {
    S3_BUCKET: 'files',
    S3_ENDPOINT: store.address,
    S3_PROTOCOL: 'http',
    S3_RETRY_LIMIT: '2',
    S3_OPEN_TIMEOUT: '60',
    S3_READ_TIMEOUT: '60',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  })
  db = connect({ url: instance.databaseUrl, poolSize: 2 })
  alice = await createPerson(instance, 'alice')
  await fill()
}, DEADLINE_MS)
afterAll(async () => {
  await disconnect(db)
  await instance.close()
  await store.stop()
}, DEADLINE_MS)

const storeOf = (name: StoreName) => createStore(loadConfig(instance.env), name)

/** Attachments of alice, two files each, on local disk. */
async function fill(): Promise<void> {
  const { id: account_id } = await db('accounts').where({ username: 'alice', domain: null }).first('id')
  const local = storeOf('local')
  for (let count = 0; count < ATTACHMENTS; count += 1) {
    const name = `${randomBytes(16).toString('hex')}.png`
    const [{ id }] = await db('media_attachments')
      .insert({ account_id, type: 0, processing: 2, file_file_name: name, file_content_type: 'image/png' })
      .returning('id')
    const folder = `media_attachments/files/${(id as string).padStart(18, '0').replace(/(\d{3})(?=\d)/g, '$1/')}`
    for (const style of ['original', 'small']) {
      const body = randomBytes(randomInt(1_000, 20_000))
      await local.put(`${folder}/${style}/${name}`, body, { contentType: 'image/png' })
      contents.set(`${folder}/${style}/${name}`, digest(body))
    }
  }
}

async function serve(from: StoreName, to: StoreName): Promise<void> {
  await instance.stop()
  Object.assign(instance.env, { S3_ENABLED: String(to === 's3'), MEDIA_MOVING_FROM: from })
  await instance.start('web', 'worker')
}

function startMove(from: StoreName, to: StoreName): { child: ChildProcess; printed: () => string } {
  const args = ['apps/cli/src/main.ts', 'media', 'move', '--from', from, '--to', to, '-c', '4']
  const child = spawn(NODE, args, { cwd: ROOT, env: instance.env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => {
      printed += data.toString()
    })
  return { child, printed: () => printed }
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))

async function keysIn(name: StoreName): Promise<string[]> {
  const keys: string[] = []
  for await (const page of storeOf(name).list()) keys.push(...page.map(({ key }) => key))
  return keys
}

async function readOnce(key: string): Promise<string | null> {
  const answer = await fetch(`${instance.baseUrl}/system/${key}`)
  if (!answer.ok) return `${key}: ${answer.status}`
  const seen = digest(new Uint8Array(await answer.arrayBuffer()))
  return seen === contents.get(key) ? null : `${key}: other bytes`
}

/** Reads, uploads and deletes until told to stop. */
function load() {
  const api = rest(instance.baseUrl, alice.token)
  const problems: string[] = []
  const counts = { reads: 0, uploads: 0, deletions: 0 }
  let isOver = false
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const reader = async () => {
    while (!isOver) {
      const keys = [...contents.keys()]
      const key = keys[randomInt(keys.length)] ?? ''
      const problem = await readOnce(key)
      // A file that was deleted while it was asked for was no file any more.
      if (problem && contents.has(key)) problems.push(problem)
      counts.reads += 1
      await pause(10)
    }
  }
  const uploader = async () => {
    while (!isOver && counts.uploads < UPLOADS) {
      const form = new FormData()
      form.set('file', new Blob([PICTURE], { type: 'image/png' }), 'picture.png')
      const answer = await fetch(`${instance.baseUrl}/api/v2/media`, {
        method: 'POST',
        headers: { authorization: `Bearer ${alice.token}` },
        body: form,
      })
      const media = (await answer.json()) as { url: string; preview_url: string }
      for (const url of [media.url, media.preview_url]) {
        const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
        contents.set(new URL(url).pathname.slice('/system/'.length), digest(bytes))
      }
      counts.uploads += 1
      await pause(200)
    }
  }
  const deleter = async () => {
    const ids = await db('media_attachments').orderByRaw('random()').limit(DELETIONS).pluck('id')
    for (const id of ids) {
      if (isOver) return
      const part = `/${(id as string).padStart(18, '0').replace(/(\d{3})(?=\d)/g, '$1/')}/`
      for (const key of contents.keys()) if (key.includes(part)) contents.delete(key)
      await api.delete(`/api/v1/media/${id}`)
      counts.deletions += 1
      await pause(100)
    }
  }
  const work = [reader(), reader(), uploader(), deleter()]
  return {
    counts,
    problems,
    stop: async () => {
      isOver = true
      await Promise.all(work)
    },
  }
}

it.each([
  ['local', 's3'],
  ['s3', 'local'],
] as const)(
  '2,000 files move from %s to %s under load, killed once, and none is missing at any moment',
  async (from, to) => {
    await serve(from, to)
    const busy = load()
    const first = startMove(from, to)
    const firstEnd = ended(first.child)
    await eventually(
      `${KILLED_AFTER} files in ${to}; ${first.printed()}`,
      async () => (await keysIn(to)).length >= KILLED_AFTER || first.child.exitCode !== null,
      DEADLINE_MS,
    )
    first.child.kill('SIGKILL')
    await firstEnd
    expect((await keysIn(from)).length + (await keysIn(to)).length).toBeGreaterThan(contents.size - 4)

    const second = startMove(from, to)
    const timer = setTimeout(() => second.child.kill('SIGKILL'), DEADLINE_MS)
    const exitCode = await ended(second.child)
    clearTimeout(timer)
    await busy.stop()
    expect({ exitCode, problems: busy.problems, printed: exitCode === 0 ? '' : second.printed() }).toEqual({
      exitCode: 0,
      problems: [],
      printed: '',
    })
    expect(second.printed()).toMatch(
      /Copied \d+ files \(approx\. .*\), \d+ were there, removed \d+, failed 0/,
    )
    expect(busy.counts.reads).toBeGreaterThan(50)
    expect(busy.counts.uploads).toBeGreaterThan(0)
    expect(busy.counts.deletions).toBeGreaterThan(0)
    expect(await keysIn(from)).toEqual([])
    expect((await keysIn(to)).sort()).toEqual([...contents.keys()].sort())
    const target = storeOf(to)
    for (const [key, expected] of contents) {
      const chunks: Uint8Array[] = []
      for await (const chunk of (await target.get(key)).body) chunks.push(chunk)
      expect([key, digest(Buffer.concat(chunks))]).toEqual([key, expected])
    }
    process.stdout.write(
      `${from} → ${to}: ${JSON.stringify({ ...busy.counts, files: contents.size })}; ${second.printed().trim().split('\n').at(-1)}\n`,
    )
  },
  2 * DEADLINE_MS,
)
