import type { AccountAliasRow } from '@anancus/db'
import { aliasesOf, deleteAlias, insertAlias } from '@anancus/db/queries/moves'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { acct, actorUri } from '../../kernel/uris.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { announceProfile } from '../accounts/index.ts'
import { findMoveTarget } from './find-move-target.ts'
import { MAX_ALIASES } from './limits.ts'

/** Lists the other names of one's account: who of them moves here is believed. */
export function listAliases(ctx: Ctx, viewer: Viewer): Promise<AccountAliasRow[]> {
  return aliasesOf(ctx.db, viewer.account.id)
}

/**
 * Says that another account is oneself, too. Its handle is looked up; other servers hear of it.
 *
 * @throws ValidationError nobody is called so, it is this account, there are too many
 */
export async function addAlias(ctx: Ctx, viewer: Viewer, handle: string): Promise<void> {
  const { account } = viewer
  const other = await findMoveTarget(ctx, handle)
  if (other.id === account.id) throw ValidationError.failed('Handle cannot be that of this account')
  if ((await aliasesOf(ctx.db, account.id)).length >= MAX_ALIASES)
    throw ValidationError.failed(`You cannot have more than ${MAX_ALIASES} aliases`)
  await transaction(ctx, async (tx) => {
    await insertAlias(tx.db, account.id, { acct: acct(other), uri: actorUri(ctx.config, other) })
    await announceProfile(tx, account)
  })
}

/** @throws NotFoundError it is none of this account's */
export async function removeAlias(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (!(await deleteAlias(tx.db, viewer.account.id, id))) throw new NotFoundError()
    await announceProfile(tx, viewer.account)
  })
}
