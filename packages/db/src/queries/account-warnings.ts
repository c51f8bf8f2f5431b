import type { Db } from '../connection.ts'
import { type AccountWarningRow, type AppealRow, accountWarningColumns, appealColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** A strike with what its target said against it. */
export type WarningFacts = AccountWarningRow & {
  appeal_text: string | null
  appeal_created_at: Date | null
  appeal_approved_at: Date | null
  appeal_rejected_at: Date | null
}

const facts = statement<WarningFacts>(
  'account_warnings.facts',
  `select ${columns(accountWarningColumns, 'w')}, a.text as appeal_text, a.created_at as appeal_created_at,
     a.approved_at as appeal_approved_at,
     a.rejected_at as appeal_rejected_at
   from account_warnings w left join appeals a on a.account_warning_id = w.id
   where w.id = any($1::bigint[])`,
)

/** Strikes by their ids, with their appeals; missing ones are absent. No statement without ids. */
export async function warningFactsByIds(db: Db, ids: readonly string[]): Promise<WarningFacts[]> {
  return ids.length === 0 ? [] : facts(db, [ids])
}

export interface NewWarning {
  accountId: string
  targetAccountId: string
  reportId: string | null
  action: number
  text: string
  statusIds: readonly string[] | null
}

const insert = statement<AccountWarningRow>(
  'account_warnings.insert',
  `insert into account_warnings (account_id, target_account_id, report_id, action, text, status_ids)
   values ($1, $2, $3, $4, $5, $6::text[]) returning ${columns(accountWarningColumns)}`,
)

export async function insertWarning(db: Db, warning: NewWarning): Promise<AccountWarningRow> {
  const { accountId, targetAccountId, reportId, action, text, statusIds } = warning
  const [row] = await insert(db, [accountId, targetAccountId, reportId, action, text, statusIds])
  if (!row) throw new Error('The warning was not inserted.')
  return row
}

const overrule = statement<{ id: string }>(
  'account_warnings.overrule',
  `update account_warnings set overruled_at = $2, updated_at = $2
   where id = $1 and overruled_at is null returning id`,
)

/** Takes a strike back; false when that was done already. */
export async function overruleWarning(db: Db, id: string, at: Date): Promise<boolean> {
  return (await overrule(db, [id, at])).length > 0
}

const preset = statement<{ text: string }>(
  'account_warnings.preset',
  'select text from account_warning_presets where id = $1',
)

/** The text of a canned warning; null when there is none. */
export async function warningPresetText(db: Db, id: string): Promise<string | null> {
  return (await preset(db, [id]))[0]?.text ?? null
}

const APPEAL = columns(appealColumns)

const insertRow = statement<AppealRow>(
  'appeals.insert',
  `insert into appeals (account_warning_id, account_id, text) values ($1, $2, $3)
   on conflict (account_warning_id) do nothing returning ${APPEAL}`,
)

/** Stores an appeal; null when there is one already. */
export async function insertAppeal(
  db: Db,
  warningId: string,
  accountId: string,
  text: string,
): Promise<AppealRow | null> {
  return (await insertRow(db, [warningId, accountId, text]))[0] ?? null
}

const appeal = statement<AppealRow>('appeals.by_id', `select ${APPEAL} from appeals where id = $1`)

export async function appealById(db: Db, id: string): Promise<AppealRow | null> {
  return (await appeal(db, [id]))[0] ?? null
}

const decide = statement<{ id: string }>(
  'appeals.decide',
  `update appeals set
     approved_at = case when $3 then $4::timestamptz end, approved_by_account_id = case when $3 then $2::bigint end,
     rejected_at = case when $3 then null else $4::timestamptz end,
     rejected_by_account_id = case when $3 then null else $2::bigint end, updated_at = $4
   where id = $1 and approved_at is null and rejected_at is null returning id`,
)

/** Decides an appeal that waits; false when somebody was faster. */
export async function decideAppeal(
  db: Db,
  id: string,
  decision: { byAccountId: string; approved: boolean; at: Date },
): Promise<boolean> {
  return (await decide(db, [id, decision.byAccountId, decision.approved, decision.at])).length > 0
}
