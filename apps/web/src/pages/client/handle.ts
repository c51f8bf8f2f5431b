import { lookupAccount } from '@anancus/core/domain/accounts'
import { parseHandle } from '@anancus/core/activitypub/parse/handle'
import { NotFoundError } from '@anancus/core/kernel/errors'
import type { AccountRow } from '@anancus/db'
import type { PageCall } from '../page.ts'

/** Whose page it is: the account of a name here, or somebody elsewhere by the whole handle. */
export type PageOwner = { kind: 'local'; name: string } | { kind: 'remote'; handle: string }

/**
 * Reads the handle in `/@alice/media` or `/@bob@far.example`.
 *
 * @throws NotFoundError it is none
 */
export function ownerOf(call: PageCall): PageOwner {
  const handle = parseHandle(String(call.req.params.acct))
  if (!handle) throw new NotFoundError('Not Found')
  const { username, domain } = handle
  if (domain === null) return { kind: 'local', name: username }
  return { kind: 'remote', handle: `${username}@${domain}` }
}

/** The address of the same page without our own domain in it; null when it has none. */
export function withoutOwnDomain({ ctx, req }: PageCall): string | null {
  const [, name, domain, rest] = /^\/@([\w.-]+)@([^/]+)(.*)$/s.exec(req.path) ?? []
  return domain !== undefined && ctx.config.ownHosts.has(domain.toLowerCase()) ? `/@${name}${rest}` : null
}

/**
 * The account of another server, as far as visitors may be led to it.
 *
 * @throws NotFoundError we do not know it, or it is suspended here
 */
export async function knownRemote({ ctx }: PageCall, handle: string): Promise<AccountRow> {
  const account = await lookupAccount(ctx, null, handle)
  if (account.suspended_at !== null) throw new NotFoundError('Not Found')
  return account
}
