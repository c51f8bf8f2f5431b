import { spawnSync } from 'node:child_process'
import { freePort } from '../lib/ports.mjs'
import { type Built, imageBuilder, imageEnvironment } from './build.ts'
import { type Ask, type Outcome, startImage } from './run.ts'
import { productionSettings } from './settings.ts'

export const TIERS = ['web', 'streaming', 'worker'] as const
export type Tier = (typeof TIERS)[number]

interface Request {
  /** Empty: the images are made in it. */
  folder: string
  /** An empty database. */
  databaseUrl: string
  redisUrl: string
  redisPrefix: string
  tell?: (line: string) => void
}

/**
 * Makes the images, prepares the database from the web image, and starts every tier from its own.
 *
 * @throws Error an image cannot be made, or a tier does not become healthy; its output is in the message
 */
export async function smokeProduction(request: Request): Promise<Record<Tier, Outcome>> {
  const { tell = () => {} } = request
  const build = imageBuilder(request.folder)
  const settings = productionSettings(request)
  tell(`anancus db migrate: ${operate(build('web'), settings, 'db', 'migrate').split('\n').at(-1)}`)
  const outcomes = {} as Record<Tier, Outcome>
  for (const tier of TIERS) {
    const port = await freePort()
    const outcome = await startImage(
      build(tier),
      { ...settings, PORT: String(port), WORKER_PORT: String(port) },
      port,
      tier === 'web' ? visitPage : undefined,
    )
    tell(
      `${tier}: healthy after ${outcome.healthyAfterMs} ms, ${outcome.residentMegabytes} MB, exit code ${outcome.exitCode}`,
    )
    outcomes[tier] = outcome
  }
  return outcomes
}

/** A page, and what it needs to work: what the client's build and the public folder brought into the image. */
async function visitPage(ask: Ask): Promise<void> {
  await ask('/robots.txt')
  const page = await ask('/about')
  for (const [, path] of page.text.matchAll(
    /<(?:script|link)[^>]* (?:src|href)="(\/(?:assets|packs)\/[^"]+)"/g,
  )) {
    if (path) await ask(path)
  }
}

/** Runs the command line of an image. */
export function operate(built: Built, settings: Record<string, string>, ...args: string[]): string {
  const result = spawnSync('bin/anancus', args, {
    cwd: built.folder,
    env: imageEnvironment(built, settings),
    encoding: 'utf8',
  })
  if (result.status !== 0)
    throw new Error(`bin/anancus ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`)
  return result.stdout.trim()
}
