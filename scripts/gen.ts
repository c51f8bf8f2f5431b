// `pnpm gen`: rebuilds every file that follows from the code. `--check` writes nothing and fails when one is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { renderApi } from './gen/api.ts'
import { renderConfiguration, renderSampleEnvironment } from './gen/configuration.ts'
import { withThrowAwayDatabase } from './gen/database.ts'
import { renderJobs } from './gen/jobs.ts'
import { renderOpenApi } from './gen/openapi.ts'
import { renderRows } from './gen/rows.ts'
import { ROOT } from './lib/paths.mjs'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })

const files: Record<string, string> = {
  'packages/db/src/rows.gen.ts': await withThrowAwayDatabase(renderRows),
  'docs/configuration.md': renderConfiguration(),
  '.env.production.sample': renderSampleEnvironment(),
  'docs/jobs.md': renderJobs(),
  'docs/api.md': renderApi(),
  'apps/web/src/api/openapi/openapi.gen.json': renderOpenApi(),
}

const stale = Object.entries(files).filter(([file, text]) => read(file) !== text)
for (const [file, text] of stale) {
  process.stdout.write(values.check ? `${file} is out of date: run pnpm gen\n` : `${file} written\n`)
  if (!values.check) write(file, text)
}
process.exitCode = values.check && stale.length > 0 ? 1 : 0

function read(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), 'utf8')
  } catch {
    return undefined
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(ROOT, file)), { recursive: true })
  writeFileSync(join(ROOT, file), text)
}
