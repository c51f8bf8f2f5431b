import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { UnavailableError, ValidationError } from '../../kernel/errors.ts'
import { resolveAccount } from '../accounts/index.ts'

const DEADLINE_MS = 10_000

/**
 * Finds the account that somebody names as their other one, as it is now.
 *
 * @throws ValidationError there is none, or its server does not answer
 */
export async function findMoveTarget(ctx: Ctx, handle: string): Promise<AccountRow> {
  const account = await resolve(ctx, handle.trim())
  if (!account || account.suspended_at !== null) throw ValidationError.failed('Handle could not be found')
  return account
}

async function resolve(ctx: Ctx, handle: string): Promise<AccountRow | null> {
  try {
    return await resolveAccount(ctx, handle, { fresh: true, deadlineMs: DEADLINE_MS })
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    ctx.log.info({ error, handle }, 'the other account could not be asked')
    return null
  }
}
