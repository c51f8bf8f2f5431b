import type { AccountRow } from '@anancus/db'
import {
  deleteFilterKeywords,
  deleteFilterOf,
  type FilterFacts,
  type FilterKeyword,
  filterOf,
  insertFilter,
  insertFilterKeywords,
  lockFilterOf,
  updateFilter,
  updateFilterKeyword,
} from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { publishFiltersChanged } from './publish-change.ts'
import { changedFilter, type FilterChange, filterProblems, refuseProblems } from './validate-filter.ts'

/** One entry of `keywords_attributes`. */
export interface KeywordChange {
  /** A keyword that is there; without it a new one. */
  id?: string | undefined
  keyword?: string | undefined
  wholeWord?: boolean | undefined
  isGone?: boolean | undefined
}

/**
 * Makes a filter with its first keywords.
 *
 * @throws ValidationError title, context, action or a keyword is wrong
 * @throws NotFoundError a keyword is named by id
 * @see https://docs.joinmastodon.org/methods/filters/#create
 */
export async function createFilter(
  ctx: Ctx,
  account: AccountRow,
  change: FilterChange & { keywords?: readonly KeywordChange[] | undefined },
): Promise<FilterFacts> {
  const filter = changedFilter(ctx, change)
  const { added } = sortKeywords(change.keywords ?? [], [])
  refuseProblems(filterProblems(filter, added))
  return transaction(ctx, async (tx) => {
    const id = await insertFilter(tx.db, account.id, filter.values)
    await insertFilterKeywords(tx.db, id, added)
    await publishFiltersChanged(tx, account)
    return requireFilter(tx, account, id)
  })
}

/**
 * Changes a filter and its keywords; what is undefined stays.
 *
 * @throws NotFoundError the filter, or a keyword named by id, is missing or somebody else's
 * @throws ValidationError as in `createFilter`
 * @see https://docs.joinmastodon.org/methods/filters/#update
 */
export async function editFilter(
  ctx: Ctx,
  account: AccountRow,
  id: string,
  change: FilterChange & { keywords?: readonly KeywordChange[] | undefined },
): Promise<FilterFacts> {
  return transaction(ctx, async (tx) => {
    const before = await lockedFilter(tx, account, id)
    const filter = changedFilter(tx, change, before)
    const { added, changed, goneIds } = sortKeywords(change.keywords ?? [], before.keywords)
    refuseProblems(filterProblems(filter, [...changed, ...added]))
    await updateFilter(tx.db, id, filter.values)
    await deleteFilterKeywords(tx.db, goneIds)
    for (const keyword of changed) await updateFilterKeyword(tx.db, keyword)
    await insertFilterKeywords(tx.db, id, added)
    await publishFiltersChanged(tx, account)
    return requireFilter(tx, account, id)
  })
}

/** Deletes a filter with all it looks for. @throws NotFoundError missing or somebody else's */
export async function deleteFilter(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  if (!(await deleteFilterOf(ctx.db, account.id, id))) throw new NotFoundError()
  await publishFiltersChanged(ctx, account)
}

/** A filter nobody else changes until the transaction ends. @throws NotFoundError missing or somebody else's */
export async function lockedFilter(tx: Ctx, account: AccountRow, id: string): Promise<FilterFacts> {
  if (!(await lockFilterOf(tx.db, account.id, id))) throw new NotFoundError()
  return requireFilter(tx, account, id)
}

async function requireFilter(tx: Ctx, account: AccountRow, id: string): Promise<FilterFacts> {
  const filter = await filterOf(tx.db, account.id, id)
  if (!filter) throw new InvariantError('A filter went while it was held')
  return filter
}

/** What becomes of keywords. An entry that says nothing at all is left out. @throws NotFoundError an unknown id */
function sortKeywords(changes: readonly KeywordChange[], before: readonly FilterKeyword[]) {
  const added: Omit<FilterKeyword, 'id'>[] = []
  const changed = new Map<string, FilterKeyword>()
  const goneIds: string[] = []
  for (const change of changes) {
    if (change.id === undefined) {
      const saysNothing = (change.keyword ?? '').trim() === '' && change.wholeWord === undefined
      if (!change.isGone && !saysNothing)
        added.push({ keyword: change.keyword ?? '', whole_word: change.wholeWord ?? true })
      continue
    }
    const keyword = changed.get(change.id) ?? before.find((each) => each.id === change.id)
    if (!keyword) throw new NotFoundError()
    if (change.isGone) goneIds.push(keyword.id)
    else changed.set(keyword.id, changedKeyword(keyword, change))
  }
  for (const id of goneIds) changed.delete(id)
  return { added, changed: [...changed.values()], goneIds }
}

export function changedKeyword(
  before: FilterKeyword,
  change: Pick<KeywordChange, 'keyword' | 'wholeWord'>,
): FilterKeyword {
  return {
    id: before.id,
    keyword: change.keyword ?? before.keyword,
    whole_word: change.wholeWord ?? before.whole_word,
  }
}
