import type { NotificationRow } from '@anancus/db'
import { activityKey, type Graph, isCollectionShown, isComplete } from '../../graph/index.ts'
import { InvariantError } from '../../kernel/errors.ts'
import {
  NOTIFICATION_TYPES,
  type Notification,
  type NotificationType,
  type RelationshipSeveranceEvent,
} from '../types/notification.ts'
import { accountJson } from './account.ts'
import { accountWarningJson } from './account-warning.ts'
import { collectionJson } from './collection.ts'
import { toIso } from './dates.ts'
import { fallbackPart } from './notification-fallback.ts'
import { reportJson } from './report.ts'
import { statusJson } from './status.ts'

const WITH_STATUS: ReadonlySet<NotificationType> = new Set([
  'favourite',
  'reblog',
  'status',
  'mention',
  'poll',
  'update',
  'quote',
  'quoted_update',
])

const WITH_COLLECTION: ReadonlySet<NotificationType> = new Set(['added_to_collection', 'collection_update'])

/**
 * @param supportedTypes which types the client knows, when it says so
 * @see https://docs.joinmastodon.org/entities/Notification/
 */
export function notificationJson(
  graph: Graph,
  row: NotificationRow,
  supportedTypes?: readonly string[],
): Notification {
  const notification = plainJson(graph, row)
  return { ...notification, ...fallbackPart(graph.uris, notification, supportedTypes) }
}

function plainJson(graph: Graph, row: NotificationRow): Notification {
  const type = typeOf(row)
  return {
    id: row.id,
    type,
    created_at: toIso(row.created_at),
    group_key: row.group_key ?? `ungrouped-${row.id}`,
    account: accountJson(graph, row.from_account_id),
    ...(WITH_STATUS.has(type) ? { status: statusOf(graph, row) } : {}),
    ...(type === 'severed_relationships' ? eventPart(graph, row) : {}),
    ...(type === 'admin.report' ? reportPart(graph, row) : {}),
    ...(type === 'moderation_warning' ? warningPart(graph, row) : {}),
    ...(WITH_COLLECTION.has(type) ? { collection: collectionOf(graph, row) } : {}),
    ...(row.filtered ? { filtered: true as const } : {}),
  }
}

function statusOf(graph: Graph, row: NotificationRow) {
  const statusId = graph.notifiedStatuses.get(activityKey(row.activity_type, row.activity_id))
  return statusId !== undefined && isComplete(graph, statusId) ? statusJson(graph, statusId) : null
}

function collectionOf(graph: Graph, row: NotificationRow) {
  const id = graph.notifiedCollections.get(activityKey(row.activity_type, row.activity_id))
  return id !== undefined && isCollectionShown(graph, graph.collections.get(id))
    ? collectionJson(graph, id)
    : null
}

/** Empty when the report is gone. */
function reportPart(graph: Graph, row: NotificationRow): Pick<Notification, 'report'> {
  const report = graph.reports.get(row.activity_id)
  return report && graph.accounts.get(report.target_account_id) ? { report: reportJson(graph, report) } : {}
}

/** Empty when the strike is gone. */
function warningPart(graph: Graph, row: NotificationRow): Pick<Notification, 'moderation_warning'> {
  const warning = graph.warnings.get(row.activity_id)
  return warning && graph.accounts.get(warning.target_account_id ?? '')
    ? { moderation_warning: accountWarningJson(graph, warning) }
    : {}
}

const SEVERANCE_TYPES = ['domain_block', 'user_domain_block', 'account_suspension'] as const

/** Empty when the event is gone. */
function eventPart(graph: Graph, row: NotificationRow): { event?: RelationshipSeveranceEvent } {
  const facts = graph.severances.get(row.activity_id)
  if (!facts) return {}
  const { id, purged, target_name, followers_count, following_count } = facts
  const type = SEVERANCE_TYPES[facts.type] ?? 'domain_block'
  const created_at = toIso(facts.created_at)
  return { event: { id, type, purged, target_name, followers_count, following_count, created_at } }
}

/** Rows of old databases have no type; the kind of activity tells it. */
const LEGACY_TYPES: Readonly<Record<string, NotificationType>> = {
  Mention: 'mention',
  Status: 'reblog',
  Follow: 'follow',
  FollowRequest: 'follow_request',
  Favourite: 'favourite',
  Poll: 'poll',
}

function typeOf(row: NotificationRow): NotificationType {
  const type = NOTIFICATION_TYPES.find((name) => name === row.type) ?? LEGACY_TYPES[row.activity_type]
  if (!type) throw new InvariantError(`Notification ${row.id} is of an unknown type: ${row.type}.`)
  return type
}
