import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What remote accounts do again under a new activity id while the old one still stands. */

export type ReplaceableKind = 'reblog' | 'favourite' | 'follow' | 'block'

/** One row an account and what it was done to; where there is one under another id, it gets the new id. */
const rename = (table: string, other: string, condition = '') =>
  `update ${table} row set uri = $3, updated_at = now() from (
     select id, uri from ${table} where account_id = $1 and ${other} = $2 and uri <> $3 ${condition} for update
   ) old where row.id = old.id returning old.uri`

const statements = {
  // The address of a reblog is unique, and may be held by a reblog that is gone.
  reblog: statement<{ uri: string }>(
    'replaced_activities.reblog',
    rename(
      'statuses',
      'reblog_of_id',
      'and deleted_at is null and not local and not exists (select 1 from statuses taken where taken.uri = $3)',
    ),
  ),
  favourite: statement<{ uri: string }>('replaced_activities.favourite', rename('favourites', 'status_id')),
  follow: statement<{ uri: string }>('replaced_activities.follow', rename('follows', 'target_account_id')),
  block: statement<{ uri: string }>('replaced_activities.block', rename('blocks', 'target_account_id')),
} as const

/**
 * Gives what an account has done already, to a status or an account, the id of the activity that does it again.
 *
 * @returns the id it had, or null when there is nothing, or nothing under another id
 */
export async function replaceActivityUri(
  db: Db,
  kind: ReplaceableKind,
  accountId: string,
  otherId: string,
  uri: string,
): Promise<string | null> {
  return (await statements[kind](db, [accountId, otherId, uri]))[0]?.uri ?? null
}
