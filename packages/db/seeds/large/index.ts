import type { Db } from '../../src/connection.ts'
import { copyFollows } from './follows.ts'
import { copyInteractions } from './interactions.ts'
import { copyPeople, type SharedSecrets } from './people.ts'
import { type LargeSize, makePlan } from './plan.ts'
import { copyStatuses } from './statuses.ts'

export { LARGE, type LargeSize } from './plan.ts'
export { wordOf } from './words.ts'

/** Tables whose ids were given, not drawn: their sequences go on after them. */
const NUMBERED = ['conversations', 'tags', 'favourites', 'bookmarks', 'mentions']

export interface LargeOptions {
  size: LargeSize
  baseUrl: string
  now: Date
  secrets: SharedSecrets
  /** Told what is being done, and how far it is (0 to 1). */
  progress(step: string, part: number): void
}

/** Whether nobody has written anything yet. */
export async function isWithoutStatuses(db: Db): Promise<boolean> {
  const { rows } = await db.raw('select not exists (select from statuses) as yes')
  return rows[0].yes
}

/**
 * Fills a migrated, empty instance with a large made-up one by COPY, for measuring: people `local0`… and `remote0`…,
 * statuses of a year, follows, favourites, mentions and notifications. The same size gives the same people and texts.
 *
 * @see https://www.postgresql.org/docs/current/populate.html
 */
export async function seedLarge(db: Db, options: LargeOptions): Promise<void> {
  const { progress } = options
  progress('planning', 0)
  const plan = makePlan(options.size, options.now)
  await db.transaction(async (tx) => {
    // One large load: the log need not reach the disk before the answer.
    await tx.raw('set local synchronous_commit = off')
    await tx.raw('set local statement_timeout = 0')
    progress('people', 0.05)
    await copyPeople(tx, plan, options.secrets)
    progress('follows', 0.1)
    await copyFollows(tx, plan)
    await copyStatuses(tx, plan, options.baseUrl, (part) => progress('statuses', 0.15 + part * 0.55))
    progress('interactions', 0.7)
    await copyInteractions(tx, plan)
    for (const table of NUMBERED) await goOnAfter(tx, table)
    progress('statistics', 0.95)
    await tx.raw('analyze')
  })
}

async function goOnAfter(db: Db, table: string): Promise<void> {
  const [row] = await db(table).max('id as last')
  await db.raw("select setval(pg_get_serial_sequence(?, 'id'), ?)", [table, row?.last ?? 1])
}
