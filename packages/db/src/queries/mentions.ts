import type { Db } from '../connection.ts'
import { type AccountRow, accountColumns, type MentionRow, mentionColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

export interface MentionCandidate extends AccountRow {
  /** The author blocks the account or hides its server. */
  is_blocked: boolean
}

const candidates = statement<MentionCandidate>(
  'mention_candidates',
  `select ${columns(accountColumns, 'a')},
     exists (select from blocks where account_id = $1 and target_account_id = a.id)
       or exists (select from account_domain_blocks where account_id = $1 and domain = a.domain) as is_blocked
   from unnest($2::text[], $3::text[]) as handle (username, domain)
   join accounts a on lower(a.username) = lower(handle.username)
     and coalesce(lower(a.domain), '') = coalesce(lower(handle.domain), '')`,
)

/** The accounts behind handles, whatever their case, and whether the author wants to reach them. One statement. */
export async function mentionCandidates(
  db: Db,
  authorId: string,
  handles: readonly { username: string; domain: string | null }[],
): Promise<MentionCandidate[]> {
  if (handles.length === 0) return []
  return candidates(db, [
    authorId,
    handles.map((handle) => handle.username),
    handles.map((handle) => handle.domain),
  ])
}

const ofStatus = statement<MentionRow>(
  'mentions_of_status',
  `select ${columns(mentionColumns)} from mentions where status_id = $1 order by id`,
)

/** Whom a status addresses, the silent ones included. */
export async function mentionsOfStatus(db: Db, statusId: string): Promise<MentionRow[]> {
  return ofStatus(db, [statusId])
}

const insert = statement<never>(
  'mentions_insert',
  `insert into mentions (status_id, account_id, silent)
   select $1, account_id, $3 from unnest($2::bigint[]) with ordinality as named (account_id, place) order by place
   on conflict (account_id, status_id) do update set silent = mentions.silent and excluded.silent, updated_at = now()`,
)

/** Adds mentions in the order given; one that was silent and is named now is silent no longer. */
export async function insertMentions(
  db: Db,
  statusId: string,
  accountIds: readonly string[],
  options: { silent?: boolean } = {},
): Promise<void> {
  if (accountIds.length > 0) await insert(db, [statusId, accountIds, options.silent ?? false])
}

const silence = statement<never>(
  'mentions_silence',
  `update mentions set silent = true, updated_at = now()
   where status_id = $1 and not silent and account_id <> all($2::bigint[])`,
)

/** Makes every mention but those of `accountIds` silent: who was once addressed keeps access. */
export async function silenceMentionsExcept(
  db: Db,
  statusId: string,
  accountIds: readonly string[],
): Promise<void> {
  await silence(db, [statusId, accountIds])
}
