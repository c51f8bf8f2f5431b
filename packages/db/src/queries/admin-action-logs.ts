import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

export interface NewActionLog {
  accountId: string
  action: string
  targetType: string
  targetId: string | null
  humanIdentifier: string | null
  routeParam: string | null
  permalink: string | null
}

const insert = statement<never>(
  'admin_action_log_insert',
  `insert into admin_action_logs
     (account_id, action, target_type, target_id, human_identifier, route_param, permalink)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)

/** Writes down what a moderator did. */
export async function insertActionLog(db: Db, entry: NewActionLog): Promise<void> {
  await insert(db, [
    entry.accountId,
    entry.action,
    entry.targetType,
    entry.targetId,
    entry.humanIdentifier,
    entry.routeParam,
    entry.permalink,
  ])
}
