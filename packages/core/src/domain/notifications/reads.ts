import type { NotificationRow, Window } from '@anancus/db'
import {
  countUnreadNotifications,
  findNotification,
  type NotificationSelection,
  notificationPage,
} from '@anancus/db/queries/notifications'
import { NOTIFICATION_TYPES } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export interface NotificationFilters {
  /** Only these; empty or absent is all. */
  types?: readonly string[] | undefined
  excludeTypes?: readonly string[] | undefined
  /** Only from this account, filtered ones included. */
  accountId?: string | undefined
  includeFiltered?: boolean | undefined
}

/** Which rows the filters mean. Types nobody knows select nothing. */
export function selectionOf(filters: NotificationFilters): NotificationSelection {
  return {
    types: typesOf(filters),
    fromAccountId: filters.accountId ?? null,
    includeFiltered: filters.includeFiltered === true || filters.accountId !== undefined,
  }
}

function typesOf({ types = [], excludeTypes = [] }: NotificationFilters): string[] | null {
  if (types.length === 0 && excludeTypes.length === 0) return null
  const asked = NOTIFICATION_TYPES.filter((type) => types.length === 0 || types.includes(type))
  return asked.filter((type) => !excludeTypes.includes(type))
}

/** Lists the viewer's notifications, rows ready for `renderNotifications`, newest first. One statement. */
export async function listNotifications(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
  filters: NotificationFilters = {},
): Promise<NotificationRow[]> {
  return notificationPage(ctx.db, window, viewer.account.id, selectionOf(filters))
}

/** @throws NotFoundError missing, or somebody else's */
export async function getNotification(ctx: Ctx, viewer: Viewer, id: string): Promise<NotificationRow> {
  const row = await findNotification(ctx.db, viewer.account.id, id)
  if (!row) throw new NotFoundError()
  return row
}

/** Counts what is newer than the viewer's marker, up to `limit`. */
export async function countUnread(
  ctx: Ctx,
  viewer: Viewer,
  limit: number,
  filters: NotificationFilters = {},
): Promise<number> {
  const user = { id: viewer.user.id, accountId: viewer.account.id }
  return countUnreadNotifications(ctx.db, user, limit, selectionOf(filters))
}
