import {
  emailDomainBlocksAmong,
  ipBlockSeverity,
  isCanonicalEmailBlocked,
  usernameBlocksFor,
} from '@anancus/db/queries/sign-up-rules'
import type { Ctx } from '../../kernel/context.ts'
import { canonicalEmailHash, domainsOf } from './email-address.ts'
import { noteAttempt } from './email-domain-history.ts'
import { SIGN_UP_BLOCKED, SIGN_UP_NEEDS_APPROVAL } from './limits.ts'
import { mailServersOf } from './mail-exchange.ts'
import { normalizeUsername } from './username.ts'

export type Verdict = 'fine' | 'needs-approval' | 'refused'

/** What the rules say of an address that wants to sign up. */
export async function judgeAddress(ctx: Ctx, ip: string | null): Promise<Verdict> {
  const severity = ip === null ? null : await ipBlockSeverity(ctx.db, ip, ctx.clock.now())
  if (severity === null) return 'fine'
  if (severity >= SIGN_UP_BLOCKED) return 'refused'
  return severity >= SIGN_UP_NEEDS_APPROVAL ? 'needs-approval' : 'fine'
}

/** What the rules say of a name: reserved, or only after a look. */
export async function judgeUsername(ctx: Ctx, username: string): Promise<Verdict> {
  const rules = await usernameBlocksFor(ctx.db, normalizeUsername(username))
  if (rules.length === 0) return 'fine'
  return rules.every((rule) => rule.allow_with_approval) ? 'needs-approval' : 'refused'
}

export type EmailVerdict = Verdict | 'unreachable'

/**
 * What the rules say of a well-formed address: banned people, banned or suspicious providers, the lists of the
 * environment, and (in production) whether anybody takes mail there.
 *
 * @param ip where a newcomer comes from: an attempt is counted under each rule that is met
 */
export async function judgeEmail(ctx: Ctx, email: string, ip: string | null = null): Promise<EmailVerdict> {
  if (await isCanonicalEmailBlocked(ctx.db, canonicalEmailHash(email))) return 'refused'
  const domains = domainsOf(email)
  if (isRefusedByEnvironment(ctx, domains)) return 'refused'
  const own = await judgeDomains(ctx, domains, ip)
  if (own === 'refused' || !ctx.config.isProduction) return own
  const servers = await mailServersOf(domains[0] ?? '')
  if (servers.length === 0) return 'unreachable'
  const names = [...new Set(servers.flatMap((name) => [name, ...domainsOf(`@${name}`)]))]
  const theirs = await judgeDomains(ctx, names, ip)
  return theirs === 'fine' ? own : theirs
}

async function judgeDomains(ctx: Ctx, domains: readonly string[], ip: string | null): Promise<Verdict> {
  const rules = await emailDomainBlocksAmong(ctx.db, domains)
  if (rules.length === 0) return 'fine'
  if (ip !== null)
    await noteAttempt(
      ctx,
      rules.map((rule) => rule.id),
      ip,
    )
  return rules.every((rule) => rule.allow_with_approval) ? 'needs-approval' : 'refused'
}

function isRefusedByEnvironment(ctx: Ctx, domains: readonly string[]): boolean {
  const { EMAIL_DOMAIN_ALLOWLIST: allowed, EMAIL_DOMAIN_DENYLIST: denied } = ctx.config.env
  const isOn = (list: string) =>
    list
      .toLowerCase()
      .split('|')
      .some((domain) => domains.includes(domain.trim()))
  if (allowed) return !isOn(allowed)
  return denied !== undefined && isOn(denied)
}
