import { DOMAIN_BLOCK_SEVERITIES, type DomainBlockSeverity, named } from '@anancus/db'
import { domainRuleAmong, isDomainAllowed } from '@anancus/db/queries/deliveries'
import type { Ctx } from '../../kernel/context.ts'

/** What an administrator decided about a server. */
export interface DomainRule {
  severity: DomainBlockSeverity
  rejectMedia: boolean
  rejectReports: boolean
  /** When it was made: what it limits is marked with this time, so that lifting it frees the same. */
  since: Date
}

/** The rule for a host: that of the most specific of itself and its parent domains. One statement. */
export async function domainRule(ctx: Ctx, domain: string): Promise<DomainRule | null> {
  const row = await domainRuleAmong(ctx.db, domainAndParents(domain))
  if (!row) return null
  return {
    severity: named(DOMAIN_BLOCK_SEVERITIES, row.severity ?? 0),
    rejectMedia: row.reject_media,
    rejectReports: row.reject_reports,
    since: row.created_at,
  }
}

/**
 * Whether nothing comes from a host or goes to it: it is suspended, or, where federation is limited to a list, not on it;
 * the list alone counts then. `domain` is a host in any spelling, with or without a port. One statement.
 */
export async function isDomainBlocked(ctx: Ctx, domain: string): Promise<boolean> {
  const normal = normalDomain(domain)
  if (ctx.config.env.LIMITED_FEDERATION_MODE) return !(await isDomainAllowed(ctx.db, normal))
  return (await domainRule(ctx, normal))?.severity === 'suspend'
}

/** Lower case, punycode, no trailing dot; the port stays. */
export function normalDomain(domain: string): string {
  const url = URL.parse(`http://${domain.trim()}`)
  if (!url) return domain.trim().toLowerCase()
  const port = url.port ? `:${url.port}` : ''
  return url.hostname.replace(/(?<!\.)\.+$/, '') + port
}

/** A host and what it lies below, most specific first; a port counts for the host alone. */
export function domainAndParents(domain: string): string[] {
  const normal = normalDomain(domain)
  const host = normal.replace(/:\d+$/, '')
  const labels = host.split('.')
  return [normal, ...labels.map((_, index) => labels.slice(index).join('.'))]
}
