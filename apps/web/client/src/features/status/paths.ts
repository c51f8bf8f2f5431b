import type { Status } from '@anancus/core/entities/types'

/** Where a status is read inside the app; a reblog leads to the original. */
export function statusPath(status: Status): string {
  const original = status.reblog ?? status
  return `/@${original.account.acct}/${original.id}`
}
