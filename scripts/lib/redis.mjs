import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { freePort, isPortFree } from './ports.mjs'
import { Problem } from './problem.mjs'
import { findProgram, sleep, stop, tiedToParent } from './process.mjs'

const START_DEADLINE_MS = 20_000

/** The Redis server of this machine: `redis-server` or `valkey-server`. */
export function findRedisServer() {
  return findProgram('redis-server') ?? findProgram('valkey-server')
}

export function noRedisProblem() {
  return new Problem(
    'Redis is missing: type "sudo apt-get install redis-server", or set REDIS_URL to a Redis 7 or Valkey that runs already (REDIS_URL=redis://127.0.0.1:6379).',
  )
}

/**
 * Starts a Redis of our own on a port of 127.0.0.1. It ends with this process, however this process ends.
 *
 * @param {object} options
 * @param {string} options.folder where it keeps its data
 * @param {number} [options.port] taken when it is free, else another
 * @param {string} [options.logFile] where the server writes; nowhere when left out
 * @param {boolean} [options.save] whether the data outlives a restart
 * @param {boolean} [options.outlives] goes on when this process ends
 * @returns {Promise<{ url: string, port: number, child: import('node:child_process').ChildProcess, stop: () => Promise<void> }>}
 */
export async function startRedis({ folder, port, logFile, save = false, outlives = false }) {
  const program = findRedisServer()
  if (!program) throw noRedisProblem()
  mkdirSync(folder, { recursive: true })
  const usedPort = port && (await isPortFree(port)) ? port : await freePort()
  const settings = {
    bind: '127.0.0.1',
    port: String(usedPort),
    dir: folder,
    daemonize: 'no',
    save: save ? '300 1' : '',
    appendonly: save ? 'yes' : 'no',
    // Queues live in it: what is pushed out for want of memory would be lost work.
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  const log = logFile ? openSync(logFile, 'a') : 'ignore'
  const [tied, tiedArgs] = tiedToParent(program, args, { signal: 'TERM', outlives })
  const child = spawn(tied, tiedArgs, { detached: true, stdio: ['ignore', log, log] })
  if (logFile) closeSync(log)
  await untilReady(child, usedPort, logFile)
  return { port: usedPort, url: `redis://127.0.0.1:${usedPort}`, child, stop: () => stop(child) }
}

async function untilReady(child, port, logFile) {
  for (let waited = 0; waited < START_DEADLINE_MS; waited += 50) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if ((await ping(port)).startsWith('+PONG')) return
    await sleep(50)
  }
  const said =
    logFile && existsSync(logFile)
      ? ` It said: ${readFileSync(logFile, 'utf8').trim().split('\n').at(-1)}`
      : ''
  await stop(child, 'SIGKILL')
  throw new Problem(`Redis did not start on port ${port}.${said}`)
}

function ping(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const finish = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1000, () => finish(''))
    socket.once('data', (data) => finish(String(data)))
    socket.once('error', () => finish(''))
  })
}
