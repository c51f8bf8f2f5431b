import type { AccountRow } from '@anancus/db'
import { type MentionCandidate, mentionCandidates } from '@anancus/db/queries/mentions'
import type { Ctx } from '../../kernel/context.ts'
import { RemoteServerError } from '../../kernel/errors.ts'
import { type Handle, extractMentions } from '../../kernel/text/extract.ts'
import { scanMentions } from '../../kernel/text/scan.ts'
import { acct } from '../../kernel/uris.ts'
import { resolveAccount } from '../accounts/index.ts'
import { MAX_MENTION_LOOKUPS, MENTION_LOOKUP_DEADLINE_MS } from './limits.ts'

export interface Mentions {
  /** The text with every known handle in its proper spelling; ours without a domain. */
  text: string
  /** In the order they are named; without those the author blocks. */
  accounts: AccountRow[]
}

/**
 * Finds the accounts a text addresses: known ones in one statement, unknown handles by WebFinger under one deadline. A
 * handle that stays unknown, or belongs to a suspended account, stays text. May wait for other servers: not inside a
 * transaction.
 */
export async function findMentions(
  ctx: Ctx,
  author: Pick<AccountRow, 'id'>,
  text: string,
  options: { deadlineMs?: number | undefined } = {},
): Promise<Mentions> {
  const handles = extractMentions(text).map((handle) => ({
    ...handle,
    domain: foreignDomain(ctx, handle.domain),
  }))
  if (handles.length === 0) return { text, accounts: [] }
  let found = await mentionCandidates(ctx.db, author.id, handles)
  const unknown = handles.filter((handle) => handle.domain !== null && !find(found, handle))
  if (await lookUp(ctx, unknown, options.deadlineMs ?? MENTION_LOOKUP_DEADLINE_MS))
    found = await mentionCandidates(ctx.db, author.id, handles)
  const reachable = found.filter((account) => account.suspended_at === null)
  return { text: respell(ctx, text, reachable), accounts: inOrder(handles, reachable) }
}

/** The domain of a handle, null where it means this server. */
function foreignDomain(ctx: Ctx, domain: string | null): string | null {
  return domain === null || ctx.config.ownHosts.has(domain.toLowerCase()) ? null : domain
}

function find(accounts: readonly MentionCandidate[], handle: Handle): MentionCandidate | undefined {
  const username = handle.username.toLowerCase()
  const domain = handle.domain?.toLowerCase() ?? null
  return accounts.find(
    (account) =>
      account.username.toLowerCase() === username && (account.domain?.toLowerCase() ?? null) === domain,
  )
}

async function lookUp(ctx: Ctx, handles: readonly Handle[], deadlineMs: number): Promise<boolean> {
  const results = await Promise.all(
    handles.slice(0, MAX_MENTION_LOOKUPS).map(async ({ username, domain }) => {
      try {
        return await resolveAccount(ctx, `${username}@${domain}`, { deadlineMs })
      } catch (error) {
        // Somebody else's server is no reason to refuse a status: the handle stays text.
        if (error instanceof RemoteServerError) return null
        throw error
      }
    }),
  )
  return results.some((account) => account !== null)
}

function respell(ctx: Ctx, text: string, accounts: readonly MentionCandidate[]): string {
  let out = ''
  let position = 0
  for (const mention of scanMentions(text)) {
    const account = find(accounts, { ...mention, domain: foreignDomain(ctx, mention.domain) })
    out += text.slice(position, mention.start)
    out += account ? `@${acct(account)}` : text.slice(mention.start, mention.end)
    position = mention.end
  }
  return out + text.slice(position)
}

function inOrder(handles: readonly Handle[], accounts: readonly MentionCandidate[]): AccountRow[] {
  const named = new Map<string, AccountRow>()
  for (const handle of handles) {
    const account = find(accounts, handle)
    if (account && !account.is_blocked) named.set(account.id, account)
  }
  return [...named.values()]
}
