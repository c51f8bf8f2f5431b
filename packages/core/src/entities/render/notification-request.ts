import type { NotificationRequestRow } from '@anancus/db'
import { type Graph, isComplete } from '../../graph/index.ts'
import type { NotificationRequest } from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'
import { statusJson } from './status.ts'

/** @see https://docs.joinmastodon.org/entities/NotificationRequest/ */
export function notificationRequestJson(graph: Graph, row: NotificationRequestRow): NotificationRequest {
  const statusId = row.last_status_id
  return {
    id: row.id,
    created_at: toIso(row.created_at),
    updated_at: toIso(row.updated_at),
    notifications_count: row.notifications_count,
    account: accountJson(graph, row.from_account_id),
    last_status: statusId !== null && isComplete(graph, statusId) ? statusJson(graph, statusId) : null,
  }
}
