import type { AccountRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, RemoteServerError } from '../../kernel/errors.ts'
import { resolveAccount } from '../accounts/index.ts'
import { PAGE_DEADLINE_MS } from './limits.ts'

export interface Credit {
  author_account_id: string | null
  unverified_author_account_id: string | null
}

const NOBODY: Credit = { author_account_id: null, unverified_author_account_id: null }

/**
 * Whom a page names as its author on the fediverse: credited when that account allows the host of the page to, else
 * only noted, so that she can be told.
 *
 * @param creator `fediverse:creator`: `@user@domain`
 * @see https://docs.joinmastodon.org/spec/activitypub/#attributionDomains
 */
export async function creditOf(ctx: Ctx, creator: string | null, pageUrl: string): Promise<Credit> {
  const account = creator === null ? null : await accountNamed(ctx, creator)
  if (!account || account.suspended_at !== null) return NOBODY
  return mayBeCredited(account, pageUrl)
    ? { ...NOBODY, author_account_id: account.id }
    : { ...NOBODY, unverified_author_account_id: account.id }
}

/** Whether an account allows pages of this host, or of a domain above it, to name it as their author. */
export function mayBeCredited(account: Pick<AccountRow, 'attribution_domains'>, pageUrl: string): boolean {
  const host = URL.parse(pageUrl)?.hostname ?? ''
  const parts = host.split('.')
  const allowed = new Set((account.attribution_domains ?? []).map((domain) => domain.toLowerCase()))
  return parts.some((_, at) => allowed.has(parts.slice(at).join('.')))
}

async function accountNamed(ctx: Ctx, creator: string): Promise<AccountRow | null> {
  const handle = creator.trim().replace(/^@/, '')
  if (handle === '' || handle.length > 500) return null
  try {
    return await resolveAccount(ctx, handle, { deadlineMs: PAGE_DEADLINE_MS })
  } catch (error) {
    if (!(error instanceof RemoteServerError || error instanceof NotFoundError)) throw error
    return null // an author who cannot be found is none
  }
}
