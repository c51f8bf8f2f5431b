import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { whenChanged } from './digest.mjs'
import { PNPM_FOLDER, ROOT } from './paths.mjs'
import { Problem } from './problem.mjs'
import { runAsync } from './process.mjs'
import { step } from './progress.mjs'
import { toolEnvironment } from './toolchain.mjs'

/** Everything the bundle is made from: the client, the types it shares with the server, the versions of its packages. */
const SOURCES = ['apps/web/client', 'packages/core/src/entities/types', 'pnpm-lock.yaml']

/** Builds the web client when its sources changed since the last build. */
export async function buildClient() {
  if (!existsSync(join(ROOT, 'apps/web/client/dist')))
    rmSync(join(ROOT, '.cache/client-build.digest'), { force: true })
  await whenChanged('client-build', SOURCES, () => step('Building the web client', build))
}

async function build() {
  const options = { cwd: ROOT, env: toolEnvironment() }
  const result = await runAsync(join(PNPM_FOLDER, 'pnpm'), ['--filter', '@anancus/client', 'build'], options)
  if (result.status !== 0) throw new Problem(`The web client could not be built:\n${result.output.trim()}`)
}
