import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import ts from 'typescript'

/*
 * Looks for regular expressions that take much longer for a longer text. Each one of the server's sources is tried on
 * texts made to torture it: what it matches, with a piece of it repeated thousands of times and an end that does not fit.
 */

const ROOT = join(import.meta.dirname, '..')
/** Longer and longer, so that an exponential one gives itself away before it takes for ever. */
const LENGTHS = [24, 28, 400, 4_000, 24_000]
/** A linear one takes a millisecond for this; a quadratic one hundreds. */
const PATIENCE_MS = 120
const SAMPLES = 60
const ENDS = ['\0\n', '', '\u2028x', '!', '  ']

interface Found {
  source: string
  flags: string
  where: string[]
}

const expressions = new Map<string, Found>()
for (const file of globSync('{packages,apps}/**/*.ts', {
  cwd: ROOT,
  exclude: (path) => /(^|\/)(node_modules|dist|client|test|testing)$/.test(path),
}).filter((file) => !file.endsWith('.test.ts')))
  collect(file)

function collect(file: string): void {
  const tree = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const known = expressions.get(node.text)
      const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
      if (known) known.where.push(`${file}:${line}`)
      else
        expressions.set(node.text, {
          source: node.text.slice(1, end),
          flags: node.text.slice(end + 1),
          where: [`${file}:${line}`],
        })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
}

/** Texts the expression likes; of one with look-behind, which cannot be turned round, its letters. */
function liked({ source, flags }: Found): string[] {
  const plain = source.replace(/\(\?<?[!=](?:[^()\\]|\\.|\[[^\]]*\])*\)/g, '')
  const letters = [...new Set(source.replace(/\\[a-zA-Z]/g, ''))].join('') + 'a0 \t\n-._/@#:<>"\'='
  const any = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 })
  const made = attempt(() => fc.stringMatching(new RegExp(plain, flags.replace(/[^iu]/g, ''))))
  const options = { numRuns: SAMPLES, seed: 7 }
  return [...(made ? fc.sample(made, options) : []), ...fc.sample(any, options)].filter(Boolean)
}

function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null // a kind of expression the generator does not know
  }
}

/** Up to this an exponential expression comes back in seconds; a few letters more and it never does. */
const SHORT = 28

function* tortures(found: Found, length: number): Generator<string> {
  const most = length <= SHORT ? length : Number.POSITIVE_INFINITY
  for (const text of longTortures(found, length)) yield text.slice(-most)
}

function* longTortures(found: Found, length: number): Generator<string> {
  const texts = liked(found)
  for (const [index, text] of texts.entries()) {
    const at = (index * 7) % text.length
    const size = 1 + (index % 3)
    const piece = text.slice(at, at + size)
    const body = piece.repeat(Math.ceil(length / piece.length))
    const end = ENDS[index % ENDS.length]
    yield text.slice(0, at) + body + end
    yield text + body + end
    yield text.slice(0, at) + body + text.slice(at + size) + end
  }
}

/** The longest an expression took, in milliseconds, measured twice so that a busy machine is not taken for a slow one. */
function slowest(found: Found): number {
  let worst = 0
  for (const text of LENGTHS.flatMap((length) => [...tortures(found, length)])) {
    const took = () => {
      const expression = new RegExp(found.source, found.flags.replace('g', ''))
      const started = performance.now()
      expression.exec(text)
      return performance.now() - started
    }
    const first = took()
    if (first <= PATIENCE_MS) continue
    worst = Math.max(worst, Math.min(first, took()))
    if (worst > PATIENCE_MS) return worst
  }
  return worst
}

describe('SEC-DOS-02 regular expressions', () => {
  it('that are slow are found', () => {
    const find = (text: string) => slowest({ source: text, flags: 'u', where: [] })
    for (const bad of ['\\/+$', '^(a+)+$', '.*Anancus ([\\d.]+).*', '<[^>]*>'])
      expect([bad, find(bad) > PATIENCE_MS]).toEqual([bad, true])
    expect(find('^[a-z]+$')).toBeLessThan(PATIENCE_MS)
  }, 60_000)

  it('of the server are linear', () => {
    expect(expressions.size).toBeGreaterThan(100)
    const slow = [...expressions.values()]
      .filter((found) => slowest(found) > PATIENCE_MS)
      .map(({ source, where }) => `/${source}/ ${where.join(' ')}`)
    expect(slow).toEqual([])
  }, 120_000)
})
