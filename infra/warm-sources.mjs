// Fills Node's compile cache (NODE_COMPILE_CACHE) with the stripped sources of the tiers that are named: `web worker`.
// A process that finds all of its sources there never loads the type stripper, which would hold 15 MB for as long as it
// lives. Run at the top of the repository, or of an image.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const tiers = process.argv.slice(2)
const folders = ['packages/db/src', 'packages/core/src', ...tiers.map((tier) => `apps/${tier}/src`)]
const isModule = (file) => !/(\.test\.ts|\.d\.ts|\/main\.ts)$/.test(file)
const files = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`)).filter(isModule)

// The cache is kept apart by V8's settings, so NODE_OPTIONS has to be that of the tiers.
// What cannot be loaded here will say so where it is needed.
await Promise.allSettled(files.map((file) => import(pathToFileURL(file).href)))

// The entry points would start: without settings they load everything else and refuse.
const { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS = '' } = process.env
for (const tier of tiers) {
  const env = { PATH, NODE_COMPILE_CACHE, NODE_OPTIONS, NODE_ENV: 'production' }
  spawnSync(process.execPath, [`apps/${tier}/src/main.ts`], { env, stdio: 'ignore' })
}
process.exit(0)
