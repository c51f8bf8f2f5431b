import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { NODE_FOLDER, PLATFORM, PNPM_FOLDER, ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'
import { runAsync } from './process.mjs'
import { step } from './progress.mjs'

const PLATFORMS = ['linux-x64', 'linux-arm64']
const OLDEST_NODE = 20

/**
 * Makes the machine ready to run this repository: Node and pnpm of our choosing into `toolchain/`, then the dependencies.
 * Takes half a minute the first time and a fraction of a second afterwards. Nothing outside the folder is changed.
 */
export async function prepareToolchain() {
  refuseForeignGround()
  if (!isToolchainThere()) {
    refuseReadOnlyClone()
    await step('Fetching Node 24 and pnpm', installToolchain)
  }
  await step('Installing dependencies', installDependencies)
}

/** This process's environment without npm's own settings, which pnpm would take for its own. */
export function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
}

/** The environment of every program we start: as given, with our Node and pnpm first on the PATH. */
export function toolEnvironment(environment = cleanEnvironment()) {
  return {
    ...environment,
    PATH: [NODE_FOLDER, PNPM_FOLDER, process.env.PATH].filter(Boolean).join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(ROOT, '.cache/compile'),
  }
}

function refuseForeignGround() {
  if (!PLATFORMS.includes(PLATFORM))
    throw new Problem(
      `Anancus starts itself on ${PLATFORMS.join(' and ')} only, and this is ${PLATFORM}: use docker compose here.`,
    )
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    throw new Problem(
      `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or later and start again.`,
    )
}

function refuseReadOnlyClone() {
  try {
    accessSync(join(ROOT, 'toolchain'), constants.W_OK)
  } catch {
    throw new Problem(
      `${ROOT} cannot be written, and Node and pnpm have to be installed in it: clone the repository as the user who starts it.`,
    )
  }
}

function isToolchainThere() {
  const wanted = readJson(join(ROOT, 'toolchain/package.json')).optionalDependencies
  return [join(NODE_FOLDER, '..'), PNPM_FOLDER].every((folder) => {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) return false
    const { name, version } = readJson(file)
    return wanted[name] === version
  })
}

async function installToolchain() {
  const args = [
    'ci',
    '--prefix',
    join(ROOT, 'toolchain'),
    '--ignore-scripts',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
  ]
  const { npm_execpath: npm } = process.env
  const isNpm = npm && /npm-cli\.[cm]?js$/.test(npm)
  const result = isNpm
    ? await runAsync(process.execPath, [npm, ...args], { cwd: ROOT })
    : await runAsync('npm', args, { cwd: ROOT })
  if (result.status === 0 && isToolchainThere()) return
  if (result.error)
    throw new Problem(
      'npm is missing: install it beside Node (Debian: "apt-get install npm") and start again.',
    )
  throw new Problem(
    `npm could not fetch Node 24 and pnpm (${lastLine(result.output)}): see that the npm registry can be reached (npm config get registry) and start again.`,
  )
}

async function installDependencies() {
  const result = await runAsync(
    join(PNPM_FOLDER, 'pnpm'),
    ['install', '--frozen-lockfile', '--reporter=append-only'],
    {
      cwd: ROOT,
      env: toolEnvironment({ ...cleanEnvironment(), CI: 'true' }),
    },
  )
  if (result.status === 0) return
  throw new Problem(
    `pnpm could not install the dependencies (${lastLine(result.output)}): see that the npm registry can be reached and ${ROOT} can be written, and start again.`,
  )
}

function lastLine(text) {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines.findLast((line) => /err/i.test(line)) ?? lines.at(-1) ?? 'it said nothing'
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
