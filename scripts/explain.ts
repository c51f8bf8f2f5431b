// `pnpm explain`: plans every statement of packages/db on the database of DATABASE_URL, best one made by
// `npm run seed:large`, and names those that read a large table from beginning to end. Fails when there is one that
// scripts/explain/scans.ts does not excuse.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '@anancus/db'
import { definedStatements } from '@anancus/db/statement'
import { type PlanNode, scannedTables } from './explain/plan.ts'
import { MAY_SCAN } from './explain/scans.ts'
import { ROOT } from './lib/paths.mjs'

/** A table of fewer rows is read whole in a millisecond or so, and PostgreSQL rightly prefers that. */
const LARGE_ROWS = 10_000
/** Has no plan, and no limit of time. */
const UPKEEP = /^\s*(analyze|vacuum|reindex)\b/i

const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } })
const url = process.env.DATABASE_URL
if (!url) {
  process.stderr.write('Set DATABASE_URL to a database made by npm run seed:large.\n')
  process.exit(2)
}

await loadStatements()
const db = connect({ url, poolSize: 1 })
try {
  const large = await largeTables()
  if (large.size === 0)
    process.stdout.write('No table is large here: nothing can be told. Run npm run seed:large.\n')
  const offenders: string[] = []
  const unplanned: string[] = []
  for (const { label, text } of definedStatements().values()) {
    if (UPKEEP.test(text)) continue
    const plan = await planOf(text)
    if (typeof plan === 'string') unplanned.push(`${label}: ${plan}`)
    else {
      const scanned = [...new Set(scannedTables(plan))].filter((table) => large.has(table))
      if (values.verbose) process.stdout.write(`${label}: ${scanned.join(', ') || 'no scan'}\n`)
      if (scanned.length > 0 && !(label in MAY_SCAN)) offenders.push(`${label}: ${scanned.join(', ')}`)
    }
  }
  for (const line of unplanned) process.stdout.write(`not planned: ${line}\n`)
  for (const line of offenders) process.stdout.write(`scans: ${line}\n`)
  const excused = Object.keys(MAY_SCAN).length
  process.stdout.write(
    `${definedStatements().size} statements, ${large.size} large tables, ${offenders.length} offenders, ${excused} excused\n`,
  )
  process.exitCode = offenders.length + unplanned.length > 0 ? 1 : 0
} finally {
  await db.destroy()
}

/** Statements are defined when their file is loaded. */
async function loadStatements(): Promise<void> {
  const folder = join(ROOT, 'packages/db/src/queries')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')))
    await import(join(folder, file))
}

async function largeTables(): Promise<ReadonlySet<string>> {
  const { rows } = await db.raw(
    `select relname as name from pg_class where relkind = 'r' and reltuples >= ?`,
    [LARGE_ROWS],
  )
  return new Set(rows.map(({ name }: { name: string }) => name))
}

/** The plan for unknown parameters; a text when there is none. Needs PostgreSQL 16. */
async function planOf(text: string): Promise<PlanNode | string> {
  try {
    const { rows } = await db.raw(`explain (generic_plan, format json) ${text}`)
    // What needs no plan (`lock table`) has none.
    return rows[0]['QUERY PLAN'][0].Plan ?? { 'Node Type': 'Utility' }
  } catch (error) {
    return (error as Error).message
  }
}
