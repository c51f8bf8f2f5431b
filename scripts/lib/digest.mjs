import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

const NOT_SOURCES = new Set(['node_modules', 'dist', 'data'])
const CACHE = join(ROOT, '.cache')

/** Runs `work` unless it already ran for these very sources (files or folders below the repository's top). */
export async function whenChanged(name, sources, work) {
  const stamp = join(CACHE, `${name}.digest`)
  const digest = digestOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  await work()
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(stamp, digest)
}

/** By names, sizes and times: there are a thousand, and each start asks. */
function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesAt)) {
    const { mtimeMs, size } = statSync(join(ROOT, path))
    hash.update(`${path}\0${mtimeMs}\0${size}\0`)
  }
  return hash.digest('hex')
}

function filesAt(path) {
  if (!existsSync(join(ROOT, path))) return []
  if (statSync(join(ROOT, path)).isFile()) return [path]
  return readdirSync(join(ROOT, path))
    .filter((name) => !NOT_SOURCES.has(name))
    .sort()
    .flatMap((name) => filesAt(join(path, name)))
}
