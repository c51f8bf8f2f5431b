import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { NODE, ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'
import { sleep, stop, tiedToParent } from './process.mjs'

const READY_DEADLINE_MS = 60_000
const TAIL_LINES = 15

/**
 * Starts one tier (`web`, `streaming`, `worker`) on our Node, its output going to its log.
 *
 * @returns {{ name: string, child: import('node:child_process').ChildProcess, tail: () => string, stop: () => Promise<void> }}
 */
export function startTier({ name, env, logFile, outlives }) {
  const log = openSync(logFile, 'a')
  const before = statSync(logFile).size
  const [program, args] = tiedToParent(NODE, [join('apps', name, 'src/main.ts')], {
    signal: 'TERM',
    outlives,
  })
  // Its own process group: Ctrl-C must reach the launcher alone, which then ends the tiers in order.
  const child = spawn(program, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  const tail = () =>
    readFileSync(logFile).subarray(before).toString().trim().split('\n').slice(-TAIL_LINES).join('\n')
  return { name, child, logFile, tail, stop: () => stop(child, 'SIGTERM', 20_000) }
}

/** Waits until a tier answers its health check. */
export async function untilHealthy(tier, url) {
  for (const started = Date.now(); Date.now() - started < READY_DEADLINE_MS; await sleep(100)) {
    if (tier.child.exitCode !== null || tier.child.signalCode !== null) throw endedProblem(tier)
    if (await isHealthy(url)) return
  }
  throw new Problem(
    `The ${tier.name} process did not answer ${url}; its log ${tier.logFile} ends so:\n${tier.tail()}`,
  )
}

/** What to tell when a tier ended that should run. */
export function endedProblem(tier) {
  const how = tier.child.signalCode ? `by ${tier.child.signalCode}` : `with exit code ${tier.child.exitCode}`
  const tail = tier.tail?.()
  return new Problem(`The ${tier.name} process ended ${how}.${tail ? ` Its log ends so:\n${tail}` : ''}`)
}

/** By a bare socket: this runs ten times a second while the tiers load, and must not get in their way. */
function isHealthy(url) {
  const { hostname, port, pathname } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${pathname} HTTP/1.0\r\nHost: ${hostname}\r\n\r\n`),
    )
    const finish = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2000, () => finish(false))
    socket.once('data', (data) => finish(/^HTTP\/1\.\d 200 /.test(String(data))))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
  })
}
