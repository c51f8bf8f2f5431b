import { runAsync } from './process.mjs'

const TIERS = ['web', 'streaming', 'worker']

/**
 * Fills Node's compile cache (NODE_COMPILE_CACHE of `env`) with the stripped sources of every tier. A process that finds
 * all of its sources there never loads the type stripper, which would hold 15 MB for as long as it lives.
 *
 * Each tier is started with an environment it has to refuse (production without a domain): by then all is loaded.
 */
export async function warmSources(node, root, env) {
  const refused = { PATH: env.PATH, NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE, NODE_ENV: 'production' }
  await Promise.all(
    TIERS.map((tier) => runAsync(node, [`apps/${tier}/src/main.ts`], { cwd: root, env: refused })),
  )
}
