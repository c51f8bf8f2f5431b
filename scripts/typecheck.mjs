// Checks the types of the whole tree, and of the web client, which has settings of its own.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'

const tsc = join(ROOT, 'node_modules/@typescript/native/bin/tsc')
const projects = ['tsconfig.json', 'apps/web/client/tsconfig.json'].filter((file) =>
  existsSync(join(ROOT, file)),
)
const codes = projects.map(
  (file) =>
    spawnSync(process.execPath, [tsc, '-p', file, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' })
      .status,
)
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
