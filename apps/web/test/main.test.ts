import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  closeTestContext,
  type TestContext,
  testContext,
  testEnvironment,
} from '@anancus/core/testing/context'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let ctx: TestContext
let environment: Record<string, string>
const children: ChildProcess[] = []

beforeAll(async () => {
  ctx = await testContext()
  const { DATABASE_URL: url = '' } = ctx.config.env
  environment = testEnvironment(url, `${ctx.config.redis.prefix}main`, '/tmp/anancus-main-test')
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await closeTestContext(ctx)
})

/** Starts the door as production does: the sources, by plain Node. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH ?? '', ...environment, RAILS_LOG_LEVEL: 'info', ...env },
  })
  children.push(child)
  const output: string[] = []
  child.stdout.on('data', (chunk) => output.push(String(chunk)))
  child.stderr.on('data', (chunk) => output.push(String(chunk)))
  const says = async (text: string) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (output.join('').includes(text)) return
      if (child.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`Not said: ${text}. Said: ${output.join('')}`)
  }
  return { child, output, says }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

it('starts by plain Node, answers, and lets running requests end when it is stopped', async () => {
  const port = await freePort()
  const { child, says } = start({ PORT: String(port) })
  await says('web is listening')
  const health = await fetch(`http://127.0.0.1:${port}/health`)
  expect([health.status, await health.text()]).toEqual([200, 'OK'])
  const instance = await fetch(`http://127.0.0.1:${port}/api/v2/instance`)
  expect(((await instance.json()) as { domain: string }).domain).toBe('social.test')
  const { connect } = await import('node:net')
  const slow = connect(port, '127.0.0.1')
  let answer = ''
  slow.on('data', (chunk) => {
    answer += String(chunk)
  })
  slow.write(
    'POST /api/v1/apps HTTP/1.1\r\nHost: social.test\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{',
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  child.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 200))
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed')
  slow.write('}')
  const [code] = await once(child, 'exit')
  expect(answer).toContain('422')
  expect(code).toBe(0)
}, 60_000)

it('says in one sentence why it does not start', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const { child, output } = start({ PORT: String(port) })
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  const plain = output
    .join('')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'))
  expect(plain).toEqual([
    `Port ${port} is taken by another program. Set PORT to a free one, or end that program.`,
  ])
  taken.close()
}, 60_000)

it('SEC-DOS-20 lets go of connections that say their headers byte by byte, and serves the others meanwhile', async () => {
  const port = await freePort()
  const { child, says } = start({ PORT: String(port) })
  await says('web is listening')
  const { connect } = await import('node:net')
  let open = 0
  const sockets = Array.from({ length: 500 }, () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => open++)
    socket.on('error', () => {}) // cut off while writing
    socket.on('close', () => open--)
    socket.resume()
    socket.write('GET / HTTP/1.1\r\nX-A: ')
    return socket
  })
  const timer = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a')
  }, 500)
  await until(() => open === sockets.length, 30_000)
  const started = performance.now()
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(5_000)
  await until(() => open === 0, 30_000)
  clearInterval(timer)
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
  for (const end = Date.now() + patienceMs; !isSo(); ) {
    if (Date.now() > end) throw new Error('It did not come about.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
