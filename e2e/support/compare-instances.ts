import { differencesAmong } from './compare/differences.ts'
import { takeSnapshot } from './compare/snapshot.ts'

/** An instance to be compared: where its addresses begin, and where its rows are. */
export interface Compared {
  baseUrl: string
  databaseUrl: string
}

/**
 * Says in which rows instances that federate disagree although ActivityPub lets them know better: one line each, empty
 * when they agree. Reads only. Also a command:
 *
 *     node e2e/support/compare-command.ts https://a.test=postgres://…/a https://b.test=postgres://…/b
 */
export async function compareInstances(instances: readonly Compared[]): Promise<string[]> {
  return differencesAmong(
    await Promise.all(instances.map(({ baseUrl, databaseUrl }) => takeSnapshot(baseUrl, databaseUrl))),
  )
}

/** Reads `https://a.test=postgres://…`. */
export function comparedIn(argument: string): Compared {
  const [baseUrl = '', ...rest] = argument.split('=')
  const databaseUrl = rest.join('=')
  if (!URL.canParse(baseUrl) || !URL.canParse(databaseUrl))
    throw new Error(`"${argument}" is not of the form https://a.test=postgres://…`)
  return { baseUrl: new URL(baseUrl).origin, databaseUrl }
}
