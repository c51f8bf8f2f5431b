import type { Db } from '../../connection.ts'
import type { AccountRow } from '../../rows.gen.ts'
import { statement } from '../../statement.ts'

export type HandledAccount = Pick<AccountRow, 'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url'>

const handled = statement<HandledAccount>(
  'graph_handles',
  `select a.id, a.username, a.domain, a.id_scheme, a.uri, a.url
   from unnest($1::text[], $2::text[]) as named (username, domain)
   join accounts a on lower(a.username) = lower(named.username)
     and coalesce(lower(a.domain), '') = coalesce(lower(named.domain), '')`,
)

/** Finds the accounts of handles, whatever the case; `domain` null is ours. One statement, none for no handles. */
export async function accountsByHandles(
  db: Db,
  handles: readonly { username: string; domain: string | null }[],
): Promise<HandledAccount[]> {
  if (handles.length === 0) return []
  return handled(db, [handles.map((handle) => handle.username), handles.map((handle) => handle.domain)])
}
