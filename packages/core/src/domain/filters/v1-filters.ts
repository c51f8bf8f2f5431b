import type { AccountRow } from '@anancus/db'
import { type FilterFacts, type FilterKeyword, updateFilter } from '@anancus/db/queries/filters'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { createFilter } from './change-filter.ts'
import { editFilterKeyword } from './change-keyword.ts'
import { getFilterKeyword } from './reads.ts'
import { changedFilter, filterProblems, keywordProblems, refuseProblems } from './validate-filter.ts'

/** What an old client says: it knows filters of one keyword each. */
export interface V1FilterChange {
  phrase?: string | undefined
  context?: readonly string[] | undefined
  /** Hide instead of warn. */
  irreversible?: boolean | undefined
  wholeWord?: boolean | undefined
  expiresIn?: number | null | undefined
}

export interface V1FilterFacts {
  filter: FilterFacts
  keyword: FilterKeyword
}

/**
 * Makes a filter of one keyword, which is its title too.
 *
 * @throws ValidationError phrase or context is wrong
 */
export async function createV1Filter(
  ctx: Ctx,
  account: AccountRow,
  change: V1FilterChange,
): Promise<V1FilterFacts> {
  const { phrase = '', wholeWord } = change
  refuseProblems(filterProblems(changedFilter(ctx, sharedPart(change))))
  refuseProblems(keywordProblems(phrase))
  const filter = await createFilter(ctx, account, {
    ...sharedPart(change),
    keywords: [{ keyword: phrase, wholeWord }],
  })
  const [keyword] = filter.keywords
  if (!keyword) throw new InvariantError('A filter was made without its keyword')
  return { filter, keyword }
}

/**
 * Changes a keyword, and its filter where it has no other.
 *
 * @throws NotFoundError missing or somebody else's
 * @throws ValidationError phrase or context is wrong, or the filter has other keywords
 */
export async function editV1Filter(
  ctx: Ctx,
  viewer: Viewer,
  keywordId: string,
  change: V1FilterChange,
): Promise<V1FilterFacts> {
  return transaction(ctx, async (tx) => {
    const { account } = viewer
    const { filter } = await getFilterKeyword(tx, viewer, keywordId)
    await editFilterKeyword(tx, account, keywordId, { keyword: change.phrase, wholeWord: change.wholeWord })
    const changed = changedFilter(tx, sharedPart(change), filter)
    if (isOther(filter, changed.values)) {
      if (filter.keywords.length > 1)
        throw new ValidationError(
          'These parameters cannot be changed from this application because they apply to more than one filter ' +
            'keyword. Use a more recent application or the web interface.',
        )
      refuseProblems(filterProblems(changed))
      await updateFilter(tx.db, filter.id, changed.values)
    }
    return getFilterKeyword(tx, viewer, keywordId)
  })
}

function sharedPart({ phrase, context, irreversible, expiresIn }: V1FilterChange) {
  const action = irreversible === undefined ? undefined : irreversible ? 'hide' : 'warn'
  return { title: phrase, context, action, expiresIn }
}

type Shared = Pick<FilterFacts, 'phrase' | 'context' | 'action' | 'expires_at'>

function isOther(before: Shared, after: Shared): boolean {
  return (
    before.phrase !== after.phrase ||
    before.action !== after.action ||
    before.expires_at?.getTime() !== after.expires_at?.getTime() ||
    before.context.join() !== after.context.join()
  )
}
