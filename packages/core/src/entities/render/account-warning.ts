import { nameOf, WARNING_ACTIONS } from '@anancus/db'
import type { WarningFacts } from '@anancus/db/queries/account-warnings'
import { type Graph, accountIn } from '../../graph/index.ts'
import type { AccountWarning, Appeal } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'

/**
 * What moderators did to an account, as its owner is told. The graph holds the account.
 *
 * @see https://docs.joinmastodon.org/entities/AccountWarning/
 */
export function accountWarningJson(graph: Graph, warning: WarningFacts): AccountWarning {
  return {
    id: warning.id,
    action: nameOf(WARNING_ACTIONS, warning.action),
    text: warning.text,
    status_ids: warning.status_ids,
    created_at: toIso(warning.created_at),
    target_account: accountJson(graph, accountIn(graph, warning.target_account_id ?? '').id),
    appeal: appealJson(warning),
  }
}

function appealJson({ appeal_text, appeal_approved_at, appeal_rejected_at }: WarningFacts): Appeal | null {
  if (appeal_text === null) return null
  if (appeal_approved_at !== null) return { text: appeal_text, state: 'approved' }
  return { text: appeal_text, state: appeal_rejected_at === null ? 'pending' : 'rejected' }
}
