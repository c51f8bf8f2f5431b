// `npm test`: sets everything up, then types, format, lint, floors, generated files, the client's build, and every test.
// `npm test -- packages/core/src/policies` runs those tests alone. The last line is `N passed, N failed[, N skipped]`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall, mayInstall } from './lib/apt.mjs'
import { NODE, PNPM_FOLDER, ROOT } from './lib/paths.mjs'
import { Problem } from './lib/problem.mjs'
import { findProgram, runAsync } from './lib/process.mjs'
import { bold, step } from './lib/progress.mjs'
import { findRedisServer } from './lib/redis.mjs'
import { prepareToolchain, toolEnvironment } from './lib/toolchain.mjs'

const RESULTS = join(ROOT, '.cache/test-results.json')
const pnpm = (...args) => [join(PNPM_FOLDER, 'pnpm'), args]

const CHECKS = [
  ['types', NODE, ['scripts/typecheck.mjs']],
  ['format', ...pnpm('exec', 'biome', 'format')],
  ['lint', ...pnpm('exec', 'oxlint', '--type-aware')],
  ['floors', NODE, ['scripts/floors.ts']],
  ['generated files', NODE, ['scripts/gen.ts', '--check']],
  ['build of the web client', ...pnpm('--filter', '@anancus/client', 'build')],
]

/** What tests need besides npm packages: what to look for, and the Debian packages that bring it. */
const NEEDS = [
  {
    name: 'Redis',
    find: () => process.env.TEST_REDIS_URL || findRedisServer(),
    packages: ['redis-server'],
  },
  {
    name: 'Chromium',
    find: () => findProgram('chromium') ?? findProgram('chromium-browser'),
    packages: ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
  },
  {
    name: 'ffmpeg',
    find: () => findProgram('ffmpeg'),
    packages: ['ffmpeg'],
  },
  {
    name: 'heif-convert',
    find: () => findProgram('heif-convert'),
    packages: ['libheif-examples'],
  },
  {
    name: 'toot',
    find: () => existsSync('/usr/bin/toot'),
    packages: ['toot'],
  },
  {
    name: 'Mastodon.py',
    find: () => existsSync('/usr/lib/python3/dist-packages/mastodon'),
    packages: ['python3-mastodon'],
  },
]

const totals = { passed: 0, failed: 0, skipped: 0 }

async function main() {
  const selected = process.argv.slice(2)
  console.log(bold('Preparing'))
  await prepareToolchain()
  await installNeeds()
  if (selected.length === 0) await runChecks()
  console.log(bold('Tests'))
  runJest(selected)
}

async function installNeeds() {
  for (const { name, find, packages } of NEEDS) {
    if (find()) continue
    if (mayInstall()) await step(`Installing ${name} by apt-get`, () => aptInstall(...packages))
    if (!find())
      console.log(
        `  ${name} is missing: the tests that need it are skipped (apt-get install ${packages.join(' ')}).`,
      )
  }
}

async function runChecks() {
  console.log(bold('Checks'))
  for (const [name, program, args] of CHECKS) {
    try {
      await step(name, () => check(program, args))
      totals.passed += 1
    } catch (error) {
      totals.failed += 1
      console.log(error.message)
    }
  }
}

async function check(program, args) {
  const { status, output } = await runAsync(program, args, { cwd: ROOT, env: toolEnvironment() })
  if (status !== 0) throw new Problem(output)
}

function runJest(selected) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  rmSync(RESULTS, { force: true })
  const args = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${RESULTS}`, ...selected]
  // Its results go to the file; what it would print as JSON is left out.
  const { status } = spawnSync(NODE, args, {
    cwd: ROOT,
    env: toolEnvironment(),
    stdio: ['inherit', 'ignore', 'inherit'],
  })
  const results = readResults()
  if (!results) {
    totals.failed += 1
    console.log('jest ended without results.')
    return
  }
  totals.passed += results.numPassedTests
  totals.failed += results.numFailedTests + results.numRuntimeErrorTestSuites
  totals.skipped += results.numPendingTests + results.numTodoTests
  if (status !== 0 && totals.failed === 0) totals.failed += 1
  tellSkipped(results)
}

function readResults() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8'))
  } catch {
    return undefined
  }
}

function tellSkipped(results) {
  const skipped = results.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => ['pending', 'todo', 'disabled'].includes(test.status))
      .map((test) => `  ${file.name.replace(`${ROOT}/`, '')}: ${test.fullName}`),
  )
  if (skipped.length > 0) console.log(`${bold('Skipped')}\n${skipped.join('\n')}`)
}

main()
  .catch((error) => {
    totals.failed += 1
    console.error(error instanceof Problem ? error.message : error)
  })
  .finally(() => {
    const { passed, failed, skipped } = totals
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
    process.exitCode = failed > 0 ? 1 : 0
  })
