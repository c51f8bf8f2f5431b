import { type AccountRow, INSTANCE_ACTOR_ID, isId } from '@anancus/db'
import { accountById, localAccountByUsername } from '@anancus/db/queries/accounts'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'

/** Whether an address is on this server, whatever it leads to. */
export function isOwnUri(ctx: Ctx, uri: string): boolean {
  const url = URL.parse(uri)
  return url !== null && ctx.config.ownHosts.has(url.host)
}

/**
 * Finds the local account an address of ours names: `/users/alice`, `/ap/users/1`, `/@alice`, `/actor`. Nothing is
 * fetched; an address of anything below an account names no account.
 */
export async function localAccountByUri(ctx: Ctx, uri: string): Promise<AccountRow | null> {
  const url = URL.parse(uri)
  if (!url || !ctx.config.ownHosts.has(url.host) || url.search !== '') return null
  if (url.pathname === '/actor') return accountById(ctx.db, INSTANCE_ACTOR_ID)
  const byId = /^\/ap\/users\/(-?\d+)$/.exec(url.pathname)?.[1]
  if (byId !== undefined) {
    const account = isId(byId) ? await accountById(ctx.db, byId) : null
    return account && isLocal(account) ? account : null
  }
  const name = /^\/(?:users\/|@)([a-zA-Z0-9_.-]+)$/.exec(url.pathname)?.[1]
  return name === undefined ? null : localAccountByUsername(ctx.db, name)
}
