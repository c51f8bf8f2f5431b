import type { AccountWarningRow, Db, ReportRow } from '../../src/index.ts'
import { insertRow } from './insert.ts'

type Ref = { id: string }

export type ReportValues = Partial<ReportRow> & {
  /** Who reports. */
  account: Ref
  target: Ref
  statuses?: readonly Ref[]
}

/** A report that waits. */
export async function makeReport(db: Db, values: ReportValues): Promise<ReportRow> {
  const { account, target, statuses = [], ...columns } = values
  return insertRow(db, 'reports', {
    account_id: account.id,
    target_account_id: target.id,
    comment: 'They are rude.',
    status_ids: statuses.map((status) => status.id),
    ...columns,
  })
}

export type WarningValues = Partial<AccountWarningRow> & {
  /** The moderator. */
  account: Ref
  target: Ref
}

/** A strike; by default a warning. */
export async function makeWarning(db: Db, values: WarningValues): Promise<AccountWarningRow> {
  const { account, target, ...columns } = values
  return insertRow(db, 'account_warnings', {
    account_id: account.id,
    target_account_id: target.id,
    ...columns,
  })
}
