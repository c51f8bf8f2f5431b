import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNPM_FOLDER, ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'
import { runAsync } from './process.mjs'
import { step } from './progress.mjs'
import { toolEnvironment } from './toolchain.mjs'

const CLIENT = 'apps/web/client'
/** Everything the bundle is made from: the client, the types it shares with the server, the versions of its packages. */
const SOURCES = [CLIENT, 'packages/core/src/entities/types', 'pnpm-lock.yaml']
const NOT_SOURCES = new Set(['node_modules', 'dist'])
const STAMP = join(ROOT, '.cache/client-build')

/** Builds the web client when its sources changed since the last build. */
export async function buildClient() {
  const digest = digestOf(SOURCES)
  const isBuilt =
    existsSync(join(ROOT, CLIENT, 'dist')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest
  if (isBuilt) return
  const result = await step('Building the web client', () =>
    runAsync(join(PNPM_FOLDER, 'pnpm'), ['--filter', '@anancus/client', 'build'], {
      cwd: ROOT,
      env: toolEnvironment(),
    }),
  )
  if (result.status !== 0) throw new Problem(`The web client could not be built:\n${result.output.trim()}`)
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  writeFileSync(STAMP, digest)
}

function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow))
    hash.update(`${path}\0`).update(readFileSync(join(ROOT, path)))
  return hash.digest('hex')
}

function filesBelow(path) {
  if (path.endsWith('.yaml')) return [path]
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
}
