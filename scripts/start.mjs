// `npm start`: from a fresh clone to a signed-in page. Plain JavaScript for Node 20; what it starts runs on our own Node.
// With --hand-over it ends once everything runs, and watch.sh keeps watch; without, it stays and does that itself.
import { rmSync } from 'node:fs'
import { buildClient } from './lib/client-build.mjs'
import { openDataFolder } from './lib/data-folder.mjs'
import { developmentPostgres, developmentRedis, ensureRedis } from './lib/databases.mjs'
import { whenChanged } from './lib/digest.mjs'
import { writeEnvFile } from './lib/env-file.mjs'
import { endLeftovers, notePid } from './lib/leftovers.mjs'
import { NODE, ROOT } from './lib/paths.mjs'
import { usablePort } from './lib/ports.mjs'
import { Problem } from './lib/problem.mjs'
import { runAsync } from './lib/process.mjs'
import { bold, dim, red, step } from './lib/progress.mjs'
import { showScreen } from './lib/screen.mjs'
import { developmentSecrets } from './lib/secrets.mjs'
import { endedProblem, startTier, untilHealthy } from './lib/tiers.mjs'
import { cleanEnvironment, prepareToolchain, toolEnvironment } from './lib/toolchain.mjs'

const WARMED = ['packages', 'apps/web/src', 'apps/streaming/src', 'apps/worker/src', 'pnpm-lock.yaml']

/** What runs, in starting order; ended in the opposite order. */
const running = []
const environment = cleanEnvironment()
const handsOver = process.argv.includes('--hand-over')
let data
let isStopping = false
let stoppingSince = 0

async function main() {
  console.log(bold('Starting Anancus'))
  data = openDataFolder()
  await endLeftovers(data)
  const ports = await choosePorts()
  await ensureRedis(environment)
  await prepareToolchain()
  const env = await prepareDatabases(ports)
  await buildClient()
  await startTiers(env, ports)
  showScreen({ env, ports, data })
  if (handsOver) {
    data.holdAs(process.ppid)
    process.exit(0)
  }
}

async function choosePorts() {
  return {
    web: await usablePort(environment, 'PORT', 3000),
    streaming: await usablePort(environment, 'STREAMING_PORT', 4000),
    worker: await usablePort(environment, 'WORKER_PORT', 3035),
  }
}

async function prepareDatabases(ports) {
  const secrets = developmentSecrets(data.folder)
  const own = { ...developmentSettings(ports), ...secrets }
  await step('Checking the settings', () => tool('scripts/check-settings.ts', [], { ...own, ...environment }))
  const postgres = keep(await developmentPostgres(data, secrets, environment, handsOver))
  const redis = keep(await developmentRedis(data, environment, handsOver))
  if (postgres) own.DATABASE_URL = postgres.databaseUrl
  if (redis) own.REDIS_URL = redis.url
  const settings = { ...own, ...environment, NODE_ENV: 'development', PORT: String(ports.web) }
  writeEnvFile(data.at('running.env'), own, 'Settings of the instance that runs now; bin/anancus reads them.')
  await step('Bringing the database up to date', () =>
    tool('apps/cli/src/main.ts', ['db', 'migrate'], settings),
  )
  await step('Sowing the development instance', () => tool('apps/cli/src/main.ts', ['db', 'seed'], settings))
  return settings
}

/** What a development instance has when the environment says nothing else. */
function developmentSettings(ports) {
  return {
    NODE_ENV: 'development',
    LOCAL_DOMAIN: `localhost:${ports.web}`,
    BIND: '127.0.0.1',
    STREAMING_API_BASE_URL: `ws://127.0.0.1:${ports.streaming}`,
    WORKER_PORT: String(ports.worker),
    OAUTH_PASSWORD_GRANT: 'true',
    PAPERCLIP_ROOT_PATH: data.at('system'),
    MAIL_FOLDER: data.at('mails'),
    // An idle instance is to be small: few arenas, and little room for what has just been made.
    MALLOC_ARENA_MAX: '2',
    NODE_OPTIONS: '--max-semi-space-size=2',
  }
}

async function startTiers(env, ports) {
  const settings = toolEnvironment(env)
  await whenChanged('warm', WARMED, () =>
    step('Compiling the sources', () => tool('infra/warm-sources.mjs', Object.keys(ports), env)),
  )
  await step('Starting web, streaming and worker', async () => {
    const start = (name, port) =>
      keep(
        startTier({
          name,
          env: { ...settings, PORT: String(port) },
          logFile: data.at(`logs/${name}.log`),
          outlives: handsOver,
        }),
      )
    const tiers = Object.entries(ports).map(([name, port]) => [start(name, port), port])
    await Promise.all(tiers.map(([tier, port]) => untilHealthy(tier, `http://127.0.0.1:${port}/health`)))
  })
  for (const part of running) watch(part)
}

/** Runs one of our TypeScript programs on our Node; what it says on failure is told as it is. */
async function tool(file, args, settings) {
  const result = await runAsync(NODE, [file, ...args], { cwd: ROOT, env: toolEnvironment(settings) })
  if (result.status !== 0)
    throw new Problem(result.output.trim() || `${file} ended with code ${result.status}.`)
}

function keep(part) {
  if (part) {
    running.push(part)
    notePid(data, part)
  }
  return part
}

function watch(part) {
  const tell = () => {
    if (!isStopping) void end(endedProblem(part))
  }
  if (part.child.exitCode !== null || part.child.signalCode !== null) tell()
  else part.child.once('exit', tell)
}

/** Ends everything, the databases last, and then this process. */
async function end(problem) {
  if (isStopping) return
  isStopping = true
  stoppingSince = Date.now()
  if (problem)
    console.error(
      `\n${red('Anancus stops.')} ${problem instanceof Problem ? problem.message : problem.stack}`,
    )
  const isTier = (part) => !['postgres', 'redis'].includes(part.name)
  await Promise.all(running.filter(isTier).map((part) => part.stop()))
  await Promise.all(running.filter((part) => !isTier(part)).map((part) => part.stop()))
  if (data) {
    for (const file of ['running.env', 'run']) rmSync(data.at(file), { recursive: true, force: true })
    data.release()
  }
  process.exit(problem ? 1 : 0)
}

/** Ctrl-C comes from the terminal and from npm as well: a second one within a second is the same wish. */
function onSignal() {
  if (isStopping) {
    if (Date.now() - stoppingSince < 1000) return
    for (const part of running) part.child.kill('SIGKILL')
    process.exit(1)
  }
  console.log(dim('\nStopping …'))
  void end()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)

// npm that is killed cannot tell us: then this process gets another parent.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && void end(), 2000).unref()

main().catch(end)
