import { isId, type StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { statusById, statusByUri } from '@anancus/db/queries/statuses'
import type { Ctx } from '../../kernel/context.ts'

const ADDRESS =
  /^\/(?:users\/([a-zA-Z0-9_.-]+)|ap\/users\/(-?\d+)|@([a-zA-Z0-9_.-]+))\/(?:statuses\/)?(\d+)(?:\/activity)?$/

/**
 * Finds the local status an address of ours names, in any of its spellings: by the stored one, else by the id at its
 * end when the account before it is its author. Nothing is fetched.
 */
export async function localStatusByUri(ctx: Ctx, uri: string): Promise<StatusRow | null> {
  const url = URL.parse(uri)
  if (!url || !ctx.config.ownHosts.has(url.host)) return null
  const stored = await statusByUri(ctx.db, uri)
  if (stored) return stored.local ? stored : null
  const match = ADDRESS.exec(url.pathname)
  const id = match?.[4]
  const status = id !== undefined && isId(id) ? await statusById(ctx.db, id) : null
  if (!match || !status?.local) return null
  const [, username, accountId, handle] = match
  if (accountId !== undefined) return status.account_id === accountId ? status : null
  const author = await accountById(ctx.db, status.account_id)
  return author?.username.toLowerCase() === (username ?? handle)?.toLowerCase() ? status : null
}
