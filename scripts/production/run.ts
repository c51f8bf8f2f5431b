import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Built, imageEnvironment } from './build.ts'

const HEALTHY_DEADLINE_MS = 60_000
const STOP_DEADLINE_MS = 20_000

/** What became of one start of an image. */
export interface Outcome {
  /** From start to the first passing health check. */
  healthyAfterMs: number
  /** Resident memory when it was healthy. */
  residentMegabytes: number
  /** Status and text of each address that was asked for. */
  answers: Record<string, { status: number; text: string }>
  /** After SIGTERM. */
  exitCode: number | null
  output: string
}

export type Ask = (path: string) => Promise<{ status: number; text: string }>

/** Starts an image's command, waits for its health check to pass, and stops it as an engine would. */
export async function startImage(
  built: Built,
  settings: Record<string, string>,
  port: number,
  visit: (ask: Ask) => Promise<void> = async () => {},
): Promise<Outcome> {
  const env = imageEnvironment(built, settings)
  const [program = '', ...args] = built.command
  const started = Date.now()
  const child = spawn(program, args, { cwd: built.folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  try {
    await untilHealthy(built, env, port, child, () => output)
    const healthyAfterMs = Date.now() - started
    const residentMegabytes = residentMemory(child.pid)
    const answers: Outcome['answers'] = {}
    await visit(async (path) => {
      const answer = await get(port, path, settings.LOCAL_DOMAIN ?? '')
      answers[path] = answer
      return answer
    })
    return { healthyAfterMs, residentMegabytes, answers, exitCode: await stop(child), output }
  } finally {
    child.kill('SIGKILL')
  }
}

async function untilHealthy(
  built: Built,
  env: Record<string, string>,
  port: number,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const [program = '', ...args] = built.healthCheck.with(-1, String(port))
  for (const started = Date.now(); Date.now() - started < HEALTHY_DEADLINE_MS; await sleep(300)) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (spawnSync(program, args, { cwd: built.folder, env }).status === 0) return
  }
  throw new Error(
    `${built.command.join(' ')} did not become healthy (exit code ${child.exitCode}):\n${output()}`,
  )
}

/** Asks as a proxy in front would: by the public name, and saying that the visitor came by https. */
function get(port: number, path: string, host: string): Promise<{ status: number; text: string }> {
  const headers = {
    Host: host,
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-For': '192.0.2.1',
    Accept: 'text/html',
  }
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .once('error', reject)
      .end()
  })
}

function residentMemory(pid: number | undefined): number {
  const kilobytes = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1]
  return Math.round(Number(kilobytes) / 1024)
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return await Promise.race([ended, sleep(STOP_DEADLINE_MS, null, { ref: false })])
}
