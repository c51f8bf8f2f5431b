import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { homeChannel, publishMany, systemChannel } from '../../streaming/index.ts'

/** Tells the open clients of an account, and their sessions, that its filters are others now; after the commit. */
export async function publishFiltersChanged(ctx: Ctx, account: AccountRow): Promise<void> {
  const message = { event: 'filters_changed' } as const
  await publishMany(ctx, [
    { channel: homeChannel(account.id), message },
    { channel: systemChannel(account.id), message },
  ])
}
