import {
  type AccountRow,
  type ListRow,
  REPLIES_POLICIES,
  type StoredRepliesPolicy,
  stored,
} from '@anancus/db'
import {
  countLists,
  deleteListOf,
  insertList,
  type ListValues,
  listOf,
  listsOf,
  updateListOf,
} from '@anancus/db/queries/lists'
import { lockName } from '@anancus/db/queries/status-writes'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { afterCommit, transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { dropFeeds } from './feed-store.ts'
import { MAX_LIST_TITLE_CHARACTERS, MAX_LISTS } from './limits.ts'

/** What a client says about a list; what is undefined stays as it is. */
export interface ListChange {
  title?: string | undefined
  /** `list`, `followed` or `none`; anything else is refused. */
  repliesPolicy?: string | null | undefined
  exclusive?: boolean | undefined
}

/** Lists the viewer's lists, oldest first. */
export function listLists(ctx: Ctx, viewer: Viewer): Promise<ListRow[]> {
  return listsOf(ctx.db, viewer.account.id)
}

/** @throws NotFoundError missing or somebody else's */
export async function getList(ctx: Ctx, viewer: Viewer, id: string): Promise<ListRow> {
  const list = await listOf(ctx.db, viewer.account.id, id)
  if (!list) throw new NotFoundError()
  return list
}

/**
 * Makes a list without members.
 *
 * @throws ValidationError title or replies policy is wrong, or there are too many lists
 * @see https://docs.joinmastodon.org/methods/lists/#create
 */
export async function createList(ctx: Ctx, account: AccountRow, change: ListChange): Promise<ListRow> {
  const values = changedList(change, { title: '', replies_policy: 0, exclusive: false })
  const problems = listProblems(values)
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, `lists:${account.id}`)
    if ((await countLists(tx.db, account.id)) >= MAX_LISTS)
      problems.push('You have reached the maximum number of lists')
    if (problems.length > 0) throw ValidationError.failed(...problems)
    const list = await insertList(tx.db, account.id, values)
    if (!list) throw new InvariantError('A list was not stored')
    return list
  })
}

/**
 * Changes a list. Its feed is built anew where it shows other replies now.
 *
 * @throws NotFoundError missing or somebody else's
 * @throws ValidationError title or replies policy is wrong
 * @see https://docs.joinmastodon.org/methods/lists/#update
 */
export async function editList(
  ctx: Ctx,
  account: AccountRow,
  id: string,
  change: ListChange,
): Promise<ListRow> {
  return transaction(ctx, async (tx) => {
    const before = await listOf(tx.db, account.id, id)
    if (!before) throw new NotFoundError()
    const values = changedList(change, before)
    const problems = listProblems(values)
    if (problems.length > 0) throw ValidationError.failed(...problems)
    const list = await updateListOf(tx.db, account.id, id, values)
    if (!list) throw new NotFoundError()
    if (list.replies_policy !== before.replies_policy)
      await afterCommit(tx, (outer) => dropFeeds(outer, [id], 'list'))
    return list
  })
}

/** Deletes a list; its members stay followed. @throws NotFoundError missing or somebody else's */
export async function deleteList(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  if (!(await deleteListOf(ctx.db, account.id, id))) throw new NotFoundError()
  await dropFeeds(ctx, [id], 'list')
}

function changedList(change: ListChange, before: ListValues): ListValues {
  const { repliesPolicy: policy } = change
  return {
    title: change.title ?? before.title,
    replies_policy:
      policy === undefined ? before.replies_policy : stored(REPLIES_POLICIES, policy as StoredRepliesPolicy),
    exclusive: change.exclusive ?? before.exclusive,
  }
}

function listProblems({ title, replies_policy }: ListValues): string[] {
  const problems: string[] = []
  if (REPLIES_POLICIES[replies_policy] === undefined)
    problems.push('Replies policy is not included in the list')
  if (title.trim() === '') problems.push("Title can't be blank")
  if ([...title].length > MAX_LIST_TITLE_CHARACTERS)
    problems.push(`Title is too long (maximum is ${MAX_LIST_TITLE_CHARACTERS} characters)`)
  return problems
}
