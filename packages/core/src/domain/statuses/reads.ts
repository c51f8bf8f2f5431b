import { isId, type StatusRow } from '@anancus/db'
import { type StatusFactsRow, statusFactsByIds } from '@anancus/db/queries/status-facts'
import type { StatusSource } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { plainText } from '../../kernel/text/plain-text.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type Permission, permissionBy } from '../../policies/interactions.ts'
import { canShow, type StatusFacts } from '../../policies/status.ts'
import { MAX_STATUSES_BY_ID } from './limits.ts'

/** What the policies ask about a status. */
export function factsOf(row: StatusFactsRow): StatusFacts {
  return {
    status: row,
    authorSuspended: row.author_suspended,
    isFollower: row.is_follower,
    isMentioned: row.is_mentioned,
    blockedByAuthor: row.blocked_by_author,
    serverBlockedByAuthor: row.server_blocked_by_author,
    blockingAuthor: row.blocking_author,
    hiddenFromVisitors: row.hidden_from_visitors,
  }
}

/** What the author of a status lets `accountId` do to it. */
export function permissionTo(
  kind: 'favourite' | 'reply' | 'reblog',
  row: StatusFactsRow,
  accountId: string,
): Permission {
  return permissionBy(row[`${kind}_policy`], {
    isAuthor: row.account_id === accountId,
    isNamed: kind === 'reply' && row.is_mentioned,
    ties: { following: row.is_follower || null, followedBy: row.is_followed_by_author },
  })
}

/** A status that may be seen, and the one that shows: what it reblogs, or itself. */
export interface VisibleStatus {
  status: StatusFactsRow
  proper: StatusFactsRow
}

/**
 * Finds a status as an account may see it; a reblog only where its original may be seen. Null for missing and hidden
 * alike. One statement.
 *
 * @param viewerId account id, null for the anonymous
 */
export async function findVisibleStatus(
  ctx: Ctx,
  viewerId: string | null,
  id: string,
): Promise<VisibleStatus | null> {
  return visibleIn(await statusFactsByIds(ctx.db, [id], viewerId), viewerId, id)
}

function visibleIn(
  rows: ReadonlyMap<string, StatusFactsRow>,
  viewerId: string | null,
  id: string,
): VisibleStatus | null {
  const status = rows.get(id)
  if (!status || !canShow(viewerId, factsOf(status))) return null
  const proper = status.reblog_of_id === null ? status : rows.get(status.reblog_of_id)
  if (!proper || !canShow(viewerId, factsOf(proper))) return null
  return { status, proper }
}

/**
 * A status as the viewer may see it. One statement.
 *
 * @throws NotFoundError missing or not visible; the two cannot be told apart
 * @see https://docs.joinmastodon.org/methods/statuses/#get
 */
export async function getStatus(ctx: Ctx, viewer: Viewer | null, id: string): Promise<StatusRow> {
  return (await getVisibleStatus(ctx, viewer, id)).status
}

/** As `getStatus`, with the status that shows and the facts about both. */
export async function getVisibleStatus(ctx: Ctx, viewer: Viewer | null, id: string): Promise<VisibleStatus> {
  const found = await findVisibleStatus(ctx, viewer?.account.id ?? null, id)
  if (!found) throw new NotFoundError('Not Found')
  return found
}

/** A status of the viewer's own; reblogs are statuses too. @throws NotFoundError */
export async function getOwnStatus(ctx: Ctx, viewer: Viewer, id: string): Promise<StatusRow> {
  const row = (await statusFactsByIds(ctx.db, [id], viewer.account.id)).get(id)
  if (row?.account_id !== viewer.account.id) throw new NotFoundError()
  return row
}

/**
 * Of many statuses those to be shown beside each other: visible, and not by somebody the viewer blocks, mutes or hides
 * the server of, nor by a limited account the viewer does not follow. One statement; order kept.
 */
export async function presentableStatuses(
  ctx: Ctx,
  viewer: Viewer | null,
  ids: readonly string[],
): Promise<string[]> {
  const viewerId = viewer?.account.id ?? null
  const rows = await statusFactsByIds(ctx.db, ids, viewerId)
  const seesLimited = viewer !== null && viewer.account.silenced_at !== null
  return ids.filter((id) => {
    const visible = visibleIn(rows, viewerId, id)
    return visible !== null && isWelcome(visible.status, viewerId, seesLimited)
  })
}

/** Of many statuses those the viewer may see, wanted or not. One statement; order kept. */
export async function visibleStatuses(ctx: Ctx, viewer: Viewer, ids: readonly string[]): Promise<string[]> {
  const rows = await statusFactsByIds(ctx.db, ids, viewer.account.id)
  return ids.filter((id) => visibleIn(rows, viewer.account.id, id) !== null)
}

function isWelcome(row: StatusFactsRow, viewerId: string | null, seesLimited: boolean): boolean {
  if (row.account_id === viewerId) return true
  if (row.blocking_author || row.muting_author || row.blocking_server) return false
  return !row.author_silenced || row.is_follower || seesLimited
}

/**
 * Statuses by their ids, as far as they may be shown.
 *
 * @throws ValidationError more than 20 ids
 * @see https://docs.joinmastodon.org/methods/statuses/#index
 */
export async function listStatuses(
  ctx: Ctx,
  viewer: Viewer | null,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length > MAX_STATUSES_BY_ID) throw new ValidationError('Mastodon::ValidationError')
  return presentableStatuses(ctx, viewer, [...new Set(ids.filter(isId))])
}

/** What the author typed; of a remote status its text. @see https://docs.joinmastodon.org/methods/statuses/#source */
export function sourceOf(status: StatusRow): StatusSource {
  return {
    id: status.id,
    text: status.local ? status.text : plainText(status.text),
    spoiler_text: status.spoiler_text,
  }
}
