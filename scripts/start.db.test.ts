import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './lib/ports.mjs'

const ROOT = join(import.meta.dirname, '..')
const SCRIPT: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.start
const MAX_RESIDENT_MB = 350
/** Each tier gives back what its start took two seconds after it. */
const SETTLE_MS = 6_000
const STARTED_DEADLINE_MS = 180_000

interface Launch {
  child: ChildProcess
  ports: { PORT: string; STREAMING_PORT: string; WORKER_PORT: string }
  output(): string
  /** Exit code. */
  ended: Promise<number | null>
}

let folder: string
let launches: Launch[] = []

afterEach(async () => {
  for (const { child, ended } of launches) {
    child.kill('SIGINT')
    await ended
  }
  launches = []
})

function useFolder(before: typeof beforeAll, after: typeof afterAll): void {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'anancus-start-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
}

async function launch(more: Record<string, string> = {}): Promise<Launch> {
  const ports = {
    PORT: String(await freePort()),
    STREAMING_PORT: String(await freePort()),
    WORKER_PORT: String(await freePort()),
  }
  const { TEST_DATABASE_URL, TEST_REDIS_URL, NODE_ENV, ...environment } = process.env
  const env = {
    ...environment,
    PATH: `${dirname(process.execPath)}:${environment.PATH}`,
    ANANCUS_DATA: join(folder, 'data'),
    // As npm says it: whoever is started so ends when npm does.
    npm_lifecycle_event: 'start',
    ...ports,
    ...more,
  }
  const child = spawn('sh', ['-c', SCRIPT], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const launched = { child, ports, output: () => output, ended }
  launches.push(launched)
  return launched
}

async function untilStarted(launched: Launch): Promise<void> {
  const hasEnded = launched.ended.then(() => true)
  for (const started = Date.now(); Date.now() - started < STARTED_DEADLINE_MS; ) {
    if (launched.output().includes('Ctrl-C stops it.')) return
    if (await Promise.race([hasEnded, sleep(100, false)])) break
  }
  throw new Error(`It did not start:\n${launched.output()}`)
}

/** The watcher and what it watches: number, arguments, resident megabytes. */
function familyOf(launched: Launch): { pid: number; args: string; megabytes: number }[] {
  const run = join(folder, 'data/run')
  const pids = readdirSync(run).map((file) => Number(readFileSync(join(run, file), 'utf8')))
  return [Number(launched.child.pid), ...pids].map((pid) => {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1]
    return { pid, args, megabytes: Number(kilobytes ?? 0) / 1024 }
  })
}

/** Also of a process whose new parent does not fetch it. */
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}

describe('what keeps it from starting is one sentence, naming the setting and the remedy', () => {
  useFolder(beforeEach, afterEach)

  async function refusal(env: Record<string, string>): Promise<string> {
    const launched = await launch(env)
    const code = await launched.ended
    expect(code).toBe(1)
    expect(launched.output()).not.toMatch(/^\s+at /m)
    return launched.output().split('Anancus stops.')[1]?.trim() ?? launched.output()
  }

  it.each(['PORT', 'STREAMING_PORT', 'WORKER_PORT'])('%s is taken', async (name) => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    expect(await refusal({ [name]: String(port) })).toMatch(
      new RegExp(`^Port ${port} \\(${name}\\) .* stop the program`),
    )
    server.close()
  })

  it('a port that is none', async () => {
    expect(await refusal({ PORT: '30x' })).toMatch(/^PORT must be a port number .*"30x"/)
  })

  it('a wrong environment value', async () => {
    expect(await refusal({ S3_ENABLED: 'maybe' })).toMatch(/S3_ENABLED/)
  })

  it('a wrong DB_HOST', async () => {
    expect(await refusal({ DB_HOST: 'nowhere.invalid' })).toMatch(
      /^PostgreSQL cannot be reached at nowhere\.invalid:5432 .*DB_HOST/,
    )
  })

  it('a database that does not answer', async () => {
    const url = `postgres://u:secret@127.0.0.1:${await freePort()}/d`
    const said = await refusal({ DATABASE_URL: url })
    expect(said).toMatch(/^PostgreSQL cannot be reached .*DATABASE_URL/)
    expect(said).not.toContain('secret')
  })

  it('a Redis that does not answer', async () => {
    expect(await refusal({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` })).toMatch(
      /^Redis cannot be reached .*REDIS_URL/,
    )
  })

  it('no Redis, and no leave to install it', async () => {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    for (const name of ['sh', 'env', 'unshare', 'setpriv']) symlinkSync(`/usr/bin/${name}`, join(bin, name))
    expect(await refusal({ PATH: `${dirname(process.execPath)}:${bin}`, ANANCUS_NO_APT: '1' })).toMatch(
      /^Redis is missing: type "sudo apt-get install redis-server"/,
    )
  })

  it('a data folder that cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await refusal({ ANANCUS_DATA: join(folder, 'file/data') })).toMatch(
      /^The data folder .* ANANCUS_DATA/,
    )
  })
})

describe('npm start', () => {
  // One data folder for all: only the first start has to make it.
  useFolder(beforeAll, afterAll)

  it('reaches a running instance, small, ends cleanly, and starts again in seconds', async () => {
    const first = await launch()
    await untilStarted(first)
    const { PORT, STREAMING_PORT, WORKER_PORT } = first.ports
    for (const port of [PORT, STREAMING_PORT, WORKER_PORT])
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
    expect(first.output()).toContain(`http://localhost:${PORT}`)
    expect(first.output()).toMatch(/admin@localhost with password mastodonadmin/)
    expect(first.output()).toContain(join(folder, 'data/logs'))

    await sleep(SETTLE_MS)
    const family = familyOf(first)
    const ours = family.filter(({ args }) => !/postgres|redis-server/.test(args))
    expect(ours).toHaveLength(4)
    const parts = ours.map(
      ({ args, megabytes }) => `${Math.round(megabytes)} MB ${args.split('/').slice(-3).join('/')}`,
    )
    const total = ours.reduce((sum, { megabytes }) => sum + megabytes, 0)
    expect({ parts, isSmall: total <= MAX_RESIDENT_MB }).toEqual({ parts, isSmall: true })

    // Twice, as Ctrl-C does under npm.
    first.child.kill('SIGINT')
    first.child.kill('SIGINT')
    expect(await first.ended).toBe(0)
    expect(first.output().match(/Stopping/g)).toHaveLength(1)
    expect(readFileSync(join(folder, 'data/logs/postgres.log'), 'utf8').trim()).toMatch(
      /database system is shut down$/,
    )
    expect(family.filter(({ pid }) => isAlive(pid))).toEqual([])

    const started = Date.now()
    const second = await launch()
    await untilStarted(second)
    expect(Date.now() - started).toBeLessThan(15_000)
  }, 240_000)

  it('refuses the data folder of an instance that runs', async () => {
    const first = await launch()
    await untilStarted(first)
    const second = await launch()
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(/Anancus already runs from .* set ANANCUS_DATA/)
  }, 240_000)

  it('tells which process ended unexpectedly, with the end of its log, and ends the rest', async () => {
    const launched = await launch()
    await untilStarted(launched)
    const family = familyOf(launched)
    process.kill(family.find(({ args }) => args.includes('apps/worker/'))?.pid ?? 0, 'SIGKILL')
    expect(await launched.ended).toBe(1)
    expect(launched.output()).toMatch(/The worker process ended unexpectedly\. Its log ends so:\n.+/)
    expect(family.filter(({ pid }) => isAlive(pid))).toEqual([])
  }, 240_000)

  it('ends what a killed watcher left running, and starts anew', async () => {
    const first = await launch()
    await untilStarted(first)
    const [, ...left] = familyOf(first)
    first.child.kill('SIGKILL')
    await first.ended
    expect(left.filter(({ pid }) => !isAlive(pid))).toEqual([])
    const second = await launch(first.ports)
    await untilStarted(second)
    expect(left.filter(({ pid }) => isAlive(pid))).toEqual([])
  }, 240_000)
})
