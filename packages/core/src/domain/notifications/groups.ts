import type { NotificationRow, Window } from '@anancus/db'
import { markersOf } from '@anancus/db/queries/markers'
import {
  deleteGroup,
  type GroupExtent,
  type GroupHead,
  type GroupMember,
  groupExtents,
  groupMembers,
  newestOfGroup,
  notificationGroupPage,
} from '@anancus/db/queries/notification-groups'
import type { NotificationGroupFacts } from '../../entities/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { GROUPABLE_TYPES } from './kinds.ts'
import { GROUP_SAMPLE } from './limits.ts'
import { type NotificationFilters, selectionOf } from './reads.ts'

const HIGHEST_ID = '9223372036854775807'

export interface GroupFilters extends Omit<NotificationFilters, 'accountId'> {
  /** Which types are grouped; absent is all that can be. */
  groupedTypes?: readonly string[] | undefined
}

/**
 * Lists groups of the viewer's notifications, newest first; the limit counts groups. A group that goes on beyond the page
 * comes again on the next one, with other bounds. Two statements.
 *
 * @see https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped
 */
export async function listNotificationGroups(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
  filters: GroupFilters,
): Promise<NotificationGroupFacts[]> {
  const heads = await notificationGroupPage(ctx.db, window, viewer.account.id, groupSelection(filters))
  const keys = heads.map((head) => head.shown_group_key).filter((key) => !isLone(key))
  const extents = await groupExtents(ctx.db, viewer.account.id, keys, rangeOf(heads, window), GROUP_SAMPLE)
  return heads.map((head) => factsOf(head, head.shown_group_key, extents.get(head.shown_group_key), true))
}

function groupSelection(filters: GroupFilters) {
  const { types, includeFiltered } = selectionOf(filters)
  const grouped = filters.groupedTypes ?? GROUPABLE_TYPES
  return { types, includeFiltered, groupedTypes: grouped.filter((type) => GROUPABLE_TYPES.includes(type)) }
}

function isLone(key: string): boolean {
  return key.startsWith('ungrouped-')
}

/** Which ids a page covers: from head to head, or as far as was asked where nothing more came. */
function rangeOf(heads: readonly GroupHead[], window: Window): { minId: string; maxId: string } {
  const first = heads[0]?.id ?? '0'
  const last = heads.at(-1)?.id ?? '0'
  if (heads.length >= window.limit) return { minId: last, maxId: first }
  if (window.minId !== undefined) return { minId: last, maxId: before(window.maxId) }
  return { minId: after(window.sinceId), maxId: first }
}

const before = (id: string | undefined) => (id === undefined ? HIGHEST_ID : String(BigInt(id) - 1n))
const after = (id: string | undefined) => (id === undefined ? '0' : String(BigInt(id) + 1n))

function factsOf(
  row: NotificationRow,
  groupKey: string,
  extent: GroupExtent | undefined,
  hasPage: boolean,
): NotificationGroupFacts {
  return {
    row,
    groupKey,
    count: extent?.count ?? 1,
    mostRecentId: extent?.most_recent_id ?? row.id,
    sampleAccountIds: extent?.sample_account_ids ?? [row.from_account_id],
    page: hasPage
      ? {
          minId: extent?.min_id ?? row.id,
          maxId: extent?.most_recent_id ?? row.id,
          latestAt: extent?.latest_at ?? row.created_at,
        }
      : null,
  }
}

/** @throws NotFoundError the viewer has no such group */
export async function getNotificationGroup(
  ctx: Ctx,
  viewer: Viewer,
  groupKey: string,
): Promise<NotificationGroupFacts> {
  const row = await newestOfGroup(ctx.db, viewer.account.id, groupKey)
  if (!row) throw new NotFoundError()
  const keys = isLone(groupKey) ? [] : [groupKey]
  const whole = { minId: '0', maxId: HIGHEST_ID }
  const extents = await groupExtents(ctx.db, viewer.account.id, keys, whole, GROUP_SAMPLE)
  return factsOf(row, groupKey, extents.get(groupKey), false)
}

/** Lists who is behind a group; nobody behind a notification that stands alone. */
export async function listGroupAccounts(
  ctx: Ctx,
  viewer: Viewer,
  groupKey: string,
  window: Window,
): Promise<GroupMember[]> {
  return isLone(groupKey) ? [] : groupMembers(ctx.db, window, viewer.account.id, groupKey)
}

/** Deletes a group of the viewer's; there being none is fine. */
export async function dismissNotificationGroup(ctx: Ctx, viewer: Viewer, groupKey: string): Promise<void> {
  await deleteGroup(ctx.db, viewer.account.id, groupKey)
}

/** Counts the groups that are newer than the viewer's marker, up to `limit`. */
export async function countUnreadGroups(
  ctx: Ctx,
  viewer: Viewer,
  limit: number,
  filters: GroupFilters,
): Promise<number> {
  const [marker] = await markersOf(ctx.db, viewer.user.id, ['notifications'])
  const window = { limit, minId: marker?.last_read_id ?? '0' }
  return (await notificationGroupPage(ctx.db, window, viewer.account.id, groupSelection(filters))).length
}
