import type { NotificationRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import type {
  Account,
  GroupedNotificationsResults,
  NotificationGroup,
  PartialAccount,
  Status,
} from '../types/index.ts'
import { accountJson } from './account.ts'
import { toIso } from './dates.ts'
import { notificationJson } from './notification.ts'

/** Notifications that are shown as one. */
export interface NotificationGroupFacts {
  /** The most recent one of the page, which stands for all. */
  row: NotificationRow
  groupKey: string
  count: number
  mostRecentId: string
  /** Most recent first. */
  sampleAccountIds: readonly string[]
  page: { minId: string; maxId: string; latestAt: Date } | null
}

export interface GroupOptions {
  hasPartialAccounts: boolean
  /** Which types the client knows, when it says so. */
  supportedTypes?: readonly string[] | undefined
}

/**
 * Groups with the accounts and statuses they show, each once.
 *
 * @param options.hasPartialAccounts tells the accounts beyond the first of each group in short
 */
export function groupedNotificationsJson(
  graph: Graph,
  groups: readonly NotificationGroupFacts[],
  options: GroupOptions,
): GroupedNotificationsResults {
  const statuses = new Map<string, Status>()
  const shown = groups.filter(({ row }) => graph.accounts.get(row.from_account_id))
  const notificationGroups = shown.map((group) => groupJson(graph, group, statuses, options.supportedTypes))
  const known = (ids: readonly string[]) => [...new Set(ids)].filter((id) => graph.accounts.get(id))
  const samples = known(shown.flatMap((group) => group.sampleAccountIds))
  const firsts = known(shown.flatMap((group) => group.sampleAccountIds.slice(0, 1)))
  const whole = options.hasPartialAccounts ? firsts : samples
  const partial = samples.filter((id) => !firsts.includes(id))
  return {
    accounts: whole.map((id) => accountJson(graph, id)),
    statuses: [...statuses.values()],
    notification_groups: notificationGroups,
    ...(options.hasPartialAccounts
      ? { partial_accounts: partial.map((id) => partialAccount(accountJson(graph, id))) }
      : {}),
  }
}

function groupJson(
  graph: Graph,
  group: NotificationGroupFacts,
  statuses: Map<string, Status>,
  supportedTypes: readonly string[] | undefined,
): NotificationGroup {
  const {
    id: _id,
    created_at: _createdAt,
    account: _account,
    filtered: _filtered,
    status,
    ...rest
  } = notificationJson(graph, group.row, supportedTypes)
  if (status) statuses.set(status.id, status)
  return {
    ...rest,
    group_key: group.groupKey,
    notifications_count: group.count,
    most_recent_notification_id: Number(group.mostRecentId),
    sample_account_ids: group.sampleAccountIds.filter((id) => graph.accounts.get(id)),
    ...(group.page
      ? {
          page_min_id: group.page.minId,
          page_max_id: group.page.maxId,
          latest_page_notification_at: toIso(group.page.latestAt),
        }
      : {}),
    ...(status === undefined ? {} : { status_id: status?.id ?? null }),
    ...annualReportPart(graph, group.row),
  }
}

/** Empty when the report is gone. */
function annualReportPart(graph: Graph, row: NotificationRow): Pick<NotificationGroup, 'annual_report'> {
  const year = row.type === 'annual_report' ? graph.annualReports.get(row.activity_id) : undefined
  return year === undefined ? {} : { annual_report: { year: String(year) } }
}

function partialAccount(account: Account): PartialAccount {
  const { id, acct, locked, bot, url, avatar, avatar_static, avatar_description } = account
  return { id, acct, locked, bot, url, avatar, avatar_static, avatar_description }
}
