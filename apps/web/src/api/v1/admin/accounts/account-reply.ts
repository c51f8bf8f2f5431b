import { renderAdminAccounts } from '@anancus/core/entities'
import type { AdminAccount } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import type { Viewer } from '@anancus/core/kernel/viewer'
import type { Window } from '@anancus/db'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../../../http/pagination.ts'
import type { Reply } from '../../../../http/reply.ts'
import type { UserCall } from '../../../../http/route.ts'

/** Whether anything was sent that Rails calls present; the word `false` is. */
export const presentParam = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'string') return value.trim() !== ''
    return value !== undefined && value !== null && value !== false
  })
  .meta({ type: 'boolean' })

/** A page of accounts for moderators. */
export async function accountPage(
  call: UserCall<unknown>,
  window: Window,
  ids: readonly string[],
  keep: readonly string[],
): Promise<Reply> {
  const items = await renderAdminAccounts(call.ctx, call.viewer, ids)
  const cursors = cursorsOf(ids, (id) => id)
  return pageReply(call, items, {
    window,
    cursors,
    keep,
    mode: 'full-page',
    prev: 'min_id',
    count: ids.length,
  })
}

/** @throws NotFoundError it went meanwhile */
export async function renderOne(ctx: Ctx, viewer: Viewer, id: string): Promise<AdminAccount> {
  const [account] = await renderAdminAccounts(ctx, viewer, [id])
  if (!account) throw new NotFoundError()
  return account
}
