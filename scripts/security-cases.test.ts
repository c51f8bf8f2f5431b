import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const ROW = /^\| (SEC-[A-Z]+-\d+) \| ([^|]+) \| ([^|]+) \|$/

interface Case {
  number: string
  files: string[]
  isToCome: boolean
}

const page = readFileSync(join(ROOT, 'docs/security-cases.md'), 'utf8')
const cases = page.split('\n').flatMap((line): Case[] => {
  const [, number, , shown] = ROW.exec(line) ?? []
  if (!number || !shown) return []
  const files = [...shown.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '')
  return [{ number, files, isToCome: /^not yet: ./.test(shown.trim()) }]
})

/** The numbers in the tests of the tree. */
const named = new Map<string, Set<string>>()
for (const file of globSync('{packages,apps,e2e,scripts}/**/*.test.{ts,tsx}', {
  cwd: ROOT,
  exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
}))
  for (const [number] of readFileSync(join(ROOT, file), 'utf8').matchAll(/SEC-[A-Z]+-\d+/g))
    named.set(number, (named.get(number) ?? new Set()).add(file))

describe('docs/security-cases.md', () => {
  it('names every case of a section once, in order', () => {
    const sections = Map.groupBy(cases, ({ number }) => number.replace(/-\d+$/, ''))
    expect(sections.size).toBeGreaterThanOrEqual(6)
    for (const [section, rows] of sections)
      expect(rows.map(({ number }) => number)).toEqual(
        rows.map((_row, index) => `${section}-${String(index + 1).padStart(2, '0')}`),
      )
    expect(page.match(/^\| SEC-/gm)).toHaveLength(cases.length)
  })

  it('names a test for each case, or what is still to be built', () => {
    const empty = cases.filter(({ files, isToCome }) => (files.length === 0) !== isToCome)
    expect(empty.map(({ number }) => number)).toEqual([])
  })

  it('claims only files that name the case', () => {
    const claims = cases.flatMap(({ number, files }) => files.map((file) => `${number} ${file}`))
    expect(claims.filter((claim) => !isNamed(claim))).toEqual([])
  })

  it('calls nothing missing that has a test', () => {
    const wrong = cases.filter(({ number, isToCome }) => isToCome && named.has(number))
    expect(wrong.map(({ number }) => number)).toEqual([])
  })
})

function isNamed(claim: string): boolean {
  const [number = '', file = ''] = claim.split(' ')
  return named.get(number)?.has(file) ?? false
}
