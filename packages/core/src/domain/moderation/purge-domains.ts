import { knownDomains } from '@anancus/db/queries/domain-accounts'
import { blockedDomains, deleteDomainBlocksOf } from '@anancus/db/queries/domain-moderation'
import {
  countRemoteEmojis,
  deleteRemoteEmojis,
  emojiDomains,
  markSeverancesPurged,
  type RemoteSelection,
  remoteAccountIds,
} from '@anancus/db/queries/forget-accounts'
import type { Ctx } from '../../kernel/context.ts'
import { normalDomain } from '../federation/index.ts'
import { deleteEmojiFiles } from '../media/index.ts'

const BATCH = 500
const FIRST_ID = '-9223372036854775808'

export interface PurgeOptions {
  /** `*.example.org` means what lies below alone. */
  domains: readonly string[]
  includeSubdomains: boolean
  /** Accounts are meant by the beginning of their ActivityPub ids, `https://<domain>/`, instead of by their handles. */
  byUri: boolean
  /** All that limited federation does not let in; `domains` are ignored. */
  isUnlisted: boolean
}

/** What a purge is about: which accounts, and which names of servers. */
export interface PurgePlan {
  selection: RemoteSelection
  /** The names among accounts, emojis and blocks that are meant; null with `isUnlisted`. */
  domains: string[] | null
}

/** Finds out what a purge is to delete. */
export async function planPurge(ctx: Ctx, options: PurgeOptions): Promise<PurgePlan> {
  if (options.isUnlisted)
    return { selection: { domains: null, uriPrefixes: null, isUnlisted: true }, domains: null }
  const known = new Set([
    ...(await knownDomains(ctx.db)),
    ...(await emojiDomains(ctx.db)),
    ...(await blockedDomains(ctx.db)),
  ])
  const isMeant = matcher(options)
  const domains = [...known].filter(isMeant)
  const uriPrefixes = options.domains.map((domain) => `https://${normalDomain(domain)}/`)
  return {
    selection: options.byUri
      ? { domains: null, uriPrefixes, isUnlisted: false }
      : { domains, uriPrefixes: null, isUnlisted: false },
    domains,
  }
}

function matcher({ domains, includeSubdomains }: PurgeOptions): (domain: string) => boolean {
  const patterns = domains.map((text) => {
    const isBelowOnly = text.startsWith('*.')
    const name = normalDomain(isBelowOnly ? text.slice(2) : text)
    return { name, self: !isBelowOnly, below: isBelowOnly || includeSubdomains }
  })
  return (domain) =>
    patterns.some(
      ({ name, self, below }) => (self && domain === name) || (below && domain.endsWith(`.${name}`)),
    )
}

/** The accounts of a purge. */
export async function accountsToPurge(ctx: Ctx, plan: PurgePlan): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const page = await remoteAccountIds(ctx.db, plan.selection, ids.at(-1) ?? FIRST_ID, BATCH)
    ids.push(...page)
    if (page.length < BATCH) return ids
  }
}

/** Deletes the domain blocks of a purge; returns how many. With `isDryRun` they are only counted. */
export async function purgeDomainBlocks(ctx: Ctx, plan: PurgePlan, isDryRun: boolean): Promise<number> {
  const known = new Set(await blockedDomains(ctx.db))
  const domains = (plan.domains ?? []).filter((domain) => known.has(domain))
  return isDryRun ? domains.length : deleteDomainBlocksOf(ctx.db, domains)
}

/** Deletes the custom emojis of a purge and their files; returns how many. With `isDryRun` they are only counted. */
export async function purgeEmojis(ctx: Ctx, plan: PurgePlan, isDryRun: boolean): Promise<number> {
  const selection = { domains: plan.domains, isUnlisted: plan.selection.isUnlisted }
  if (isDryRun) return countRemoteEmojis(ctx.db, selection)
  for (let total = 0; ; ) {
    const emojis = await deleteRemoteEmojis(ctx.db, selection, BATCH)
    await deleteEmojiFiles(ctx, emojis)
    total += emojis.length
    if (emojis.length < BATCH) return total
  }
}

/** Marks that follows cut with these servers cannot be brought back: their accounts are no longer known. */
export async function closeSeverances(ctx: Ctx, plan: PurgePlan): Promise<void> {
  if (plan.domains) await markSeverancesPurged(ctx.db, plan.domains)
}
