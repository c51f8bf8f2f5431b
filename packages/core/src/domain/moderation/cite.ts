import type { AccountRow } from '@anancus/db'
import {
  citableCollectionIds,
  citableStatusIds,
  citableStatusIdsByServer,
  existingRuleIds,
} from '@anancus/db/queries/reports'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { MAX_CITED } from './limits.ts'

const inOrder = (ids: readonly string[], found: readonly string[]) => {
  const known = new Set(found)
  return [...new Set(ids)].filter((id) => known.has(id))
}

/**
 * The statuses a report of ours cites: each is by whom it is about, and one the reporter may read. Deleted ones stay.
 *
 * @throws NotFoundError one is not
 */
export async function citedStatuses(
  ctx: Ctx,
  reporter: AccountRow,
  target: AccountRow,
  ids: readonly string[],
): Promise<string[]> {
  checkNumber(ids)
  if (ids.length === 0) return []
  const found = inOrder(ids, await citableStatusIds(ctx.db, ids, target.id, reporter.id))
  if (found.length < new Set(ids).size) throw new NotFoundError()
  return found
}

/** As `citedStatuses`, for a report from another server: what it may not know of is dropped. */
export async function statusesCitedByServer(
  ctx: Ctx,
  reporter: AccountRow,
  target: AccountRow,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const domain = reporter.domain?.toLowerCase() ?? ''
  return inOrder(ids, await citableStatusIdsByServer(ctx.db, ids, target.id, domain))
}

/** @throws NotFoundError one of the collections is not by whom the report is about */
export async function citedCollections(
  ctx: Ctx,
  target: AccountRow,
  ids: readonly string[],
): Promise<string[]> {
  checkNumber(ids)
  if (ids.length === 0) return []
  const found = inOrder(ids, await citableCollectionIds(ctx.db, ids, target.id))
  if (found.length < new Set(ids).size) throw new NotFoundError()
  return found
}

/**
 * Whether a category and rules go together: a violation names rules there are or were, nothing else names any.
 *
 * @throws ValidationError
 */
export async function checkRules(
  ctx: Ctx,
  category: string,
  ruleIds: readonly string[] | null,
): Promise<void> {
  if (category !== 'violation') {
    if (ruleIds !== null && ruleIds.length > 0) throw ValidationError.failed('Rule ids must be blank')
    return
  }
  checkNumber(ruleIds ?? [])
  const known = await existingRuleIds(ctx.db, ruleIds ?? [])
  if (ruleIds === null || known.length !== ruleIds.length)
    throw ValidationError.failed('Rule ids does not reference valid rules')
}

/** @throws ValidationError */
function checkNumber(ids: readonly string[]): void {
  if (ids.length > MAX_CITED) throw new ValidationError('Mastodon::ValidationError')
}
