import {
  deleteIpRule,
  insertIpRule,
  ipRuleOf,
  ipRulesCovering,
  ipRulesWithin,
  rangesOfSeverity,
  updateIpRule,
} from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { BadRequestError } from '../../kernel/errors.ts'
import { forgetBlockedRanges } from './blocked-ranges.ts'
import { IP_SEVERITIES, type IpSeverity, parseRange } from './ip-block-values.ts'

/** IP rules by the operator's command line: no moderator, no audit log. */

export interface OperatorIpRule {
  severity: IpSeverity
  comment?: string | undefined
  /** For how long; undefined for ever. */
  durationSeconds?: number | undefined
  /** Changes a rule that is there. */
  overwrite: boolean
}

/** @throws BadRequestError another word */
export function ipSeverityNamed(word: string): IpSeverity {
  if (Object.hasOwn(IP_SEVERITIES, word)) return word as IpSeverity
  throw new BadRequestError(`The severity is one of ${Object.keys(IP_SEVERITIES).join(', ')}.`)
}

/** Makes a rule for an address or a range. */
export async function addIpRule(
  ctx: Ctx,
  text: string,
  rule: OperatorIpRule,
): Promise<'added' | 'there' | 'invalid'> {
  const cidr = parseRange(text)
  if (cidr === null) return 'invalid'
  const known = await ipRuleOf(ctx.db, cidr)
  if (known && !rule.overwrite) return 'there'
  const { durationSeconds: seconds } = rule
  const values = {
    cidr,
    severity: IP_SEVERITIES[rule.severity],
    comment: rule.comment ?? known?.comment ?? '',
    expiresAt: seconds === undefined ? null : new Date(ctx.clock.now().getTime() + seconds * 1000),
  }
  const saved = known ? await updateIpRule(ctx.db, known.id, values) : await insertIpRule(ctx.db, values)
  await forgetBlockedRanges(ctx)
  return saved ? 'added' : 'there'
}

/**
 * Lifts the rules for a range and for what lies in it, or those that cover it.
 *
 * @returns how many; null when it is no range
 */
export async function removeIpRules(
  ctx: Ctx,
  text: string,
  options: { covering: boolean },
): Promise<number | null> {
  const cidr = parseRange(text)
  if (cidr === null) return null
  const rules = options.covering ? await ipRulesCovering(ctx.db, cidr) : await ipRulesWithin(ctx.db, cidr)
  for (const rule of rules) await deleteIpRule(ctx.db, rule.id)
  await forgetBlockedRanges(ctx)
  return rules.length
}

/** The ranges without access, the oldest first: `192.0.2.0/24`. */
export async function listRefusedRanges(ctx: Ctx): Promise<string[]> {
  return (await rangesOfSeverity(ctx.db, IP_SEVERITIES.no_access)).map((row) => row.cidr)
}
