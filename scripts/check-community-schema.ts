// `node scripts/check-community-schema.ts <schema> <folder>`: holds answers that a run of the tests recorded (RECORD_ANSWERS=<folder>)
// against the community's OpenAPI description of Mastodon (https://github.com/abraham/mastodon-openapi, GFDL: not copied here).
// Every difference must be explained in docs/openapi-differences.md; an unexplained one fails, an explanation of nothing is told.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { differencesIn, explanationsIn, type RecordedAnswer } from './community-schema/compare.ts'

const [schemaFile, folder] = process.argv.slice(2)
if (!schemaFile || !folder) {
  process.stderr.write(
    'Usage: node scripts/check-community-schema.ts <schema.json> <folder of recorded answers>\n',
  )
  process.exit(2)
}

const answers = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
  .map((line) => JSON.parse(line) as RecordedAnswer)
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'))
const explained = explanationsIn(readFileSync(join(ROOT, 'docs/openapi-differences.md'), 'utf8'))
const { checked, differences } = differencesIn(schema, answers)
const unexplained = [...differences].filter((difference) => !explained.has(difference)).sort()
const needless = [...explained].filter((difference) => !differences.has(difference)).sort()

const print = (line: string) => process.stdout.write(`${line}\n`)
print(
  `${answers.length} answers of ${new Set(answers.map(({ path }) => path)).size} routes, ${checked} held against the schema`,
)
for (const difference of needless) print(`explained, not seen: ${difference}`)
for (const difference of unexplained) print(`UNEXPLAINED: ${difference}`)
print(`${differences.size} differences, ${unexplained.length} unexplained`)
process.exitCode = unexplained.length > 0 ? 1 : 0
