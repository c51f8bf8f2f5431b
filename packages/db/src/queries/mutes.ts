import type { Db } from '../connection.ts'
import { type PagedStatement, pagedStatement, type Window } from '../pagination.ts'
import { type MuteRow, muteColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import type { RelationEntry } from './follows.ts'

const MUTE = columns(muteColumns)

const upsert = statement<MuteRow>(
  'mute_upsert',
  `insert into mutes (account_id, target_account_id, hide_notifications, expires_at) values ($1, $2, $3, $4)
   on conflict (account_id, target_account_id) do update set
     hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at, updated_at = now()
   returning ${MUTE}`,
)

/** Mutes, or changes the options of a mute. */
export async function upsertMute(
  db: Db,
  accountId: string,
  targetId: string,
  options: { hideNotifications: boolean; expiresAt: Date | null },
): Promise<MuteRow> {
  const [row] = await upsert(db, [accountId, targetId, options.hideNotifications, options.expiresAt])
  return row as MuteRow
}

const remove = statement<MuteRow>(
  'mute_delete',
  `delete from mutes where account_id = $1 and target_account_id = $2 returning ${MUTE}`,
)

/** Deletes a mute; null when there was none. */
export async function deleteMute(db: Db, accountId: string, targetId: string): Promise<MuteRow | null> {
  return (await remove(db, [accountId, targetId]))[0] ?? null
}

const byId = statement<MuteRow>('mute_by_id', `select ${MUTE} from mutes where id = $1`)

export async function muteById(db: Db, id: string): Promise<MuteRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

export interface MuteEntry extends RelationEntry {
  expires_at: Date | null
}

const page: PagedStatement<MuteEntry> = pagedStatement(
  'mute_page',
  (order) => `select m.id as row_id, m.target_account_id as account_id, m.expires_at from mutes m
   join accounts a on a.id = m.target_account_id and a.suspended_at is null
   where m.account_id = $4 and m.id < $1 and m.id > $2 and (m.expires_at is null or m.expires_at > now())
   order by m.id ${order} limit $3`,
)

/** Lists whom an account mutes, newest first; mutes that have run out are gone. */
export function mutePage(db: Db, window: Window, accountId: string): Promise<MuteEntry[]> {
  return page(db, window, [accountId])
}
