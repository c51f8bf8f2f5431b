// Adds up the gzipped JavaScript a first visit loads (the entry and all it imports statically) and holds it to the budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET_BYTES = 150_000
const dist = join(import.meta.dirname, '../dist')

/** @type {Record<string, { file: string, isEntry?: boolean, imports?: string[], css?: string[] }>} */
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const entry = Object.keys(manifest).find((name) => manifest[name].isEntry)
if (!entry) throw new Error('The manifest names no entry')

const reached = new Set()
const visit = (name) => {
  if (reached.has(name)) return
  reached.add(name)
  for (const next of manifest[name].imports ?? []) visit(next)
}
visit(entry)

const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
const scripts = [...reached].map((name) => manifest[name].file).filter((file) => file.endsWith('.js'))
const styles = new Set([...reached].flatMap((name) => manifest[name].css ?? []))

let total = 0
for (const file of scripts) {
  const bytes = size(file)
  total += bytes
  process.stdout.write(`${String(bytes).padStart(8)}  ${file}\n`)
}
for (const file of styles) process.stdout.write(`${String(size(file)).padStart(8)}  ${file} (not counted)\n`)
process.stdout.write(
  `${String(total).padStart(8)}  first-load JavaScript, gzipped; the budget is ${BUDGET_BYTES}\n`,
)
if (total > BUDGET_BYTES) process.exitCode = 1
