import { type AccountRow, INSTANCE_ACTOR_ID, isId } from '@anancus/db'
import { localActorRow } from '@anancus/db/queries/documents'
import type { Ctx } from '../../../kernel/context.ts'
import { ForbiddenError, GoneError, NotFoundError } from '../../../kernel/errors.ts'

/** How a path names an account: by id or by name. */
export type ActorAddress = { id: string } | { name: string }

/**
 * Finds the account behind a path. Suspended for now, it is found, and only its actor document may be shown.
 *
 * @throws NotFoundError there is none, or its owner is not let in yet
 * @throws GoneError it was deleted, or is suspended for good
 */
export async function findLocalActor(ctx: Ctx, address: ActorAddress): Promise<AccountRow> {
  const id = 'id' in address && isId(address.id) ? address.id : null
  const row = await localActorRow(ctx.db, id, 'name' in address ? address.name : null)
  if (!row || row.user_confirmed === false || row.user_approved === false) throw new NotFoundError()
  const { user_confirmed: _c, user_approved: _a, has_deletion_request: canComeBack, ...account } = row
  if (account.suspended_at !== null && !canComeBack) throw new GoneError()
  return account
}

/**
 * Finds an account of which everything may be shown.
 *
 * @throws ForbiddenError it is suspended for now; NotFoundError and GoneError as `findLocalActor`
 */
export async function findShownActor(ctx: Ctx, address: ActorAddress): Promise<AccountRow> {
  const account = await findLocalActor(ctx, address)
  if (account.suspended_at !== null) throw new ForbiddenError()
  return account
}

export function isInstanceActor(account: Pick<AccountRow, 'id'>): boolean {
  return account.id === INSTANCE_ACTOR_ID
}
