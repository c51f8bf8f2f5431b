import { lookupAccount } from '@anancus/core/domain/accounts'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'

/** @throws NotFoundError in tootctl's words */
export async function getAccountByHandle(ctx: Ctx, handle: string) {
  try {
    return await lookupAccount(ctx, null, handle)
  } catch (error) {
    if (error instanceof NotFoundError) throw new NotFoundError(`No such account: ${handle}`)
    throw error
  }
}
