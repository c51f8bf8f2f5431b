import type { AccountRow } from '@anancus/db'
import {
  deleteFilterKeywords,
  type FilterKeyword,
  filterOfKeyword,
  insertFilterKeywords,
  updateFilterKeyword,
} from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { changedKeyword, type KeywordChange, lockedFilter } from './change-filter.ts'
import { publishFiltersChanged } from './publish-change.ts'
import { keywordProblems, refuseProblems } from './validate-filter.ts'

type Words = Pick<KeywordChange, 'keyword' | 'wholeWord'>

/**
 * Adds a keyword to a filter; a whole word unless said otherwise.
 *
 * @throws NotFoundError the filter is missing or somebody else's
 * @throws ValidationError blank or too long
 * @see https://docs.joinmastodon.org/methods/filters/#keywords-create
 */
export async function addFilterKeyword(
  ctx: Ctx,
  account: AccountRow,
  filterId: string,
  { keyword = '', wholeWord = true }: Words,
): Promise<FilterKeyword> {
  return transaction(ctx, async (tx) => {
    await lockedFilter(tx, account, filterId)
    refuseProblems(keywordProblems(keyword))
    const [added] = await insertFilterKeywords(tx.db, filterId, [{ keyword, whole_word: wholeWord }])
    if (!added) throw new InvariantError('A keyword was not stored')
    await publishFiltersChanged(tx, account)
    return added
  })
}

/** Changes a keyword; what is undefined stays. @throws NotFoundError @throws ValidationError as `addFilterKeyword` */
export async function editFilterKeyword(
  ctx: Ctx,
  account: AccountRow,
  id: string,
  change: Words,
): Promise<FilterKeyword> {
  return transaction(ctx, async (tx) => {
    const keyword = changedKeyword(await ownKeyword(tx, account, id), change)
    refuseProblems(keywordProblems(keyword.keyword))
    await updateFilterKeyword(tx.db, keyword)
    await publishFiltersChanged(tx, account)
    return keyword
  })
}

/** Takes a keyword out of its filter, which stays. @throws NotFoundError missing or somebody else's */
export async function deleteFilterKeyword(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const { id: ownId } = await ownKeyword(tx, account, id)
    await deleteFilterKeywords(tx.db, [ownId])
    await publishFiltersChanged(tx, account)
  })
}

async function ownKeyword(tx: Ctx, account: AccountRow, id: string): Promise<FilterKeyword> {
  const filter = await filterOfKeyword(tx.db, account.id, id)
  const keyword = filter?.keywords.find((each) => each.id === id)
  if (!keyword) throw new NotFoundError()
  return keyword
}
