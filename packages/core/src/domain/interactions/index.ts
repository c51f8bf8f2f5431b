import type { AccountRow, StatusRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'

/** Local or remote `account`; asks the policy. Repeating is no error. @throws NotFoundError @throws ForbiddenError */
export declare function favouriteStatus(
  ctx: Ctx,
  account: AccountRow,
  status: StatusRow,
  options?: { uri?: string | null },
): Promise<void>
/** Works without access to the status. False when there was nothing to undo. */
export declare function unfavouriteStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean>
/** The row of the reblog, new or existing. `status` may be a reblog itself. */
export declare function reblogStatus(
  ctx: Ctx,
  account: AccountRow,
  status: StatusRow,
  options?: { visibility?: string | undefined; uri?: string | null; createdAt?: Date | undefined },
): Promise<StatusRow>
/** Takes the original. False when there was nothing to undo. */
export declare function unreblogStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean>
