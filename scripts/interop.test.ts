import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const ROW = /^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm

const page = readFileSync(join(ROOT, 'docs/interop.md'), 'utf8')
const rows = [...page.matchAll(ROW)].map(([, number = '', , , , shown = '']) => ({
  number: Number(number),
  files: [...shown.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? ''),
  isToCome: /^not yet: ./.test(shown.trim()),
}))

/** The rows each test of the tree names, as `interop 16` or `interop 16, 17`. */
const named = new Map<string, Set<number>>()
for (const file of globSync('{packages,apps,e2e}/**/*.test.ts', {
  cwd: ROOT,
  exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
}))
  for (const [, numbers = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(/interop ((?:\d+, )*\d+)/g))
    named.set(file, new Set([...(named.get(file) ?? []), ...numbers.split(', ').map(Number)]))

describe('docs/interop.md', () => {
  it('has its rows once, in order', () => {
    expect(rows.length).toBeGreaterThanOrEqual(106)
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, index) => index + 1))
    expect(page.match(/^\| \d/gm)).toHaveLength(rows.length)
  })

  it('names a test for each row, or why there is none', () => {
    const empty = rows.filter(({ files, isToCome }) => (files.length === 0) !== isToCome)
    expect(empty.map(({ number }) => number)).toEqual([])
  })

  it('claims only files that name the row', () => {
    const claims = rows.flatMap(({ number, files }) => files.map((file) => ({ number, file })))
    expect(claims.filter(({ number, file }) => !named.get(file)?.has(number))).toEqual([])
  })
})
