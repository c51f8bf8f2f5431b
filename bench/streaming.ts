// `pnpm bench:streaming`: lets 5,000 clients listen to the public stream of a large database (`pnpm seed:large`), publishes
// one status, and prints how long it took to reach them all, what memory they take, and how many statements were sent to
// PostgreSQL meanwhile, which must be none. The clients live in a process of their own.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createApplication, issueNewToken } from '@anancus/core/domain/oauth'
import { renderStatus } from '@anancus/core/entities'
import { buildContext, closeContext } from '@anancus/core/kernel/build-context'
import { loadConfig } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { publicChannel, publish } from '@anancus/core/streaming'
import { onStatement } from '@anancus/db'
import { createStreamingServer } from '../apps/streaming/src/server.ts'
import type { FromListeners, ToListeners } from './streaming-listeners.ts'

const CLIENTS = Number(process.argv[2] ?? 5_000)
/** Each listens with some of the clients, as a user with several open pages does. */
const MOST_USERS = 1_000
const EVENTS = 5
const SETTLE_MS = 500
const MEGABYTE = 1024 * 1024

const ctx = await buildContext(loadConfig({ ...process.env, RAILS_LOG_LEVEL: 'warn' }), { name: 'bench' })
const server = createStreamingServer(ctx)
server.http.listen(0, '127.0.0.1')
await once(server.http, 'listening')
const { port } = server.http.address() as AddressInfo
const listeners = fork(new URL('./streaming-listeners.ts', import.meta.url))
const told = <Kind extends FromListeners['kind']>(kind: Kind) =>
  new Promise<Extract<FromListeners, { kind: Kind }>>((resolve, reject) => {
    listeners.on('message', (message: FromListeners) => {
      if (message.kind === 'failed') reject(new Error(message.error))
      else if (message.kind === kind) resolve(message as Extract<FromListeners, { kind: Kind }>)
    })
  })
const tell = (message: ToListeners) => listeners.send(message)
let failed = false
try {
  const tokens = await tokensOf(ctx)
  const payload = await someStatus(ctx)
  const before = process.memoryUsage().rss
  const opened = told('open')
  const started = performance.now()
  tell({ url: `ws://127.0.0.1:${port}/api/v1/streaming`, stream: 'public', tokens, clients: CLIENTS })
  await opened
  const seconds = (performance.now() - started) / 1000
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const grown = (process.memoryUsage().rss - before) / MEGABYTE
  say(`${CLIENTS} clients of ${tokens.length} users opened in ${seconds.toFixed(1)} s`)
  say(`memory: ${grown.toFixed(0)} MB more, ${((grown * 1024) / CLIENTS).toFixed(1)} KB a client`)
  say(`channels subscribed to in Redis: ${server.hub.channels.length}`)
  for (let round = 0; round < EVENTS; round++) failed = (await measure(payload)) || failed
} finally {
  tell('end')
  await server.stop()
  await closeContext(ctx)
}
process.exitCode = failed ? 1 : 0

/** One event to everybody. @returns whether it took a statement */
async function measure(payload: Awaited<ReturnType<typeof someStatus>>): Promise<boolean> {
  let statements = 0
  const stop = onStatement(() => {
    statements += 1
  })
  const everywhere = told('heard')
  const started = Date.now()
  await publish(ctx, publicChannel(), { event: 'update', payload })
  const { first, last, bytes } = await everywhere
  stop()
  say(
    `one event of ${bytes} bytes: first after ${first - started} ms, all ${CLIENTS} after ${last - started} ms, ${statements} statements`,
  )
  return statements > 0
}

async function tokensOf(ctx: Ctx): Promise<string[]> {
  const users = await ctx
    .db('users')
    .join('accounts', 'accounts.id', 'users.account_id')
    .whereNull('accounts.suspended_at')
    .where({ disabled: false })
    .orderBy('users.id')
    .limit(MOST_USERS)
    .select('users.id')
  if (users.length === 0) throw new Error('Run this on a database made by pnpm seed:large.')
  const app = await createApplication(ctx, {
    name: 'Benchmark',
    redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
    scopes: 'read',
    website: undefined,
  })
  const tokens = []
  for (const { id } of users) tokens.push((await issueNewToken(ctx, app, id, ['read'])).token)
  return tokens
}

async function someStatus(ctx: Ctx) {
  const [row] = await ctx
    .db('statuses')
    .where({ visibility: 0, reblog_of_id: null })
    .whereNull('deleted_at')
    .orderBy('id', 'desc')
    .limit(1)
    .select('id')
  return renderStatus(ctx, null, row.id)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
