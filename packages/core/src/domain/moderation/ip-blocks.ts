import type { Window } from '@anancus/db'
import {
  deleteIpRule,
  type IpRule,
  type IpRuleValues,
  insertIpRule,
  ipRuleById,
  ipRules,
  updateIpRule,
} from '@anancus/db/queries/admin-blocks'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { afterCommit, transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { forgetBlockedRanges } from './blocked-ranges.ts'
import { parseRange, storedIpSeverity } from './ip-block-values.ts'
import { logAction } from './log-action.ts'

/** What a moderator says of a rule; undefined is left as it is. */
export interface IpBlockChange {
  /** An address or a range. */
  ip?: string | null | undefined
  /** A word of `IP_SEVERITIES`. */
  severity?: string | null | undefined
  comment?: string | null | undefined
  /** Seconds from now; null for ever. */
  expiresIn?: number | null | undefined
}

/** Lists IP rules, newest first. For moderators. */
export function listIpBlocks(ctx: Ctx, window: Window): Promise<IpRule[]> {
  return ipRules(ctx.db, window)
}

/** @throws NotFoundError */
export async function getIpBlock(ctx: Ctx, id: string): Promise<IpRule> {
  const rule = await ipRuleById(ctx.db, id)
  if (!rule) throw new NotFoundError()
  return rule
}

/**
 * Makes a rule for an address or a range.
 *
 * @throws ValidationError no range, no severity, or a rule is there already
 * @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#create
 */
export async function createIpBlock(ctx: Ctx, viewer: Viewer, change: IpBlockChange): Promise<IpRule> {
  const cidr = parseRange(change.ip)
  const severity = storedIpSeverity(change.severity)
  if (cidr === null || severity === null) throw ValidationError.failed(...complaints(cidr, severity, change))
  const comment = change.comment ?? ''
  const values = { cidr, severity, comment, expiresAt: expiryOf(ctx, change.expiresIn) ?? null }
  return transaction(ctx, async (tx) => {
    const rule = await insertIpRule(tx.db, values)
    if (!rule) throw ValidationError.failed('Ip has already been taken')
    await changed(tx, viewer, 'create', rule)
    return rule
  })
}

/** In the order of Mastodon's validations. */
function complaints(cidr: string | null, severity: number | null, change: IpBlockChange): string[] {
  return [
    ...(severity === null ? ['Severity is not included in the list'] : []),
    ...(cidr === null ? ["Ip can't be blank"] : []),
    ...(severity === null && !change.severity ? ["Severity can't be blank"] : []),
  ]
}

/**
 * Changes a rule. What is not valid changes nothing, and is no error: so Mastodon answers.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#update
 */
export async function updateIpBlock(
  ctx: Ctx,
  viewer: Viewer,
  id: string,
  change: IpBlockChange,
): Promise<IpRule> {
  return transaction(ctx, async (tx) => {
    const before = await ipRuleById(tx.db, id)
    if (!before) throw new NotFoundError()
    const values = changedValues(tx, before, change)
    const rule = values && (await updateIpRule(tx.db, id, values))
    if (!rule) return before
    await changed(tx, viewer, 'update', rule)
    return rule
  })
}

function changedValues(ctx: Ctx, before: IpRule, change: IpBlockChange): IpRuleValues | null {
  const cidr = change.ip === undefined ? before.cidr : parseRange(change.ip)
  const severity = change.severity === undefined ? before.severity : storedIpSeverity(change.severity)
  if (cidr === null || severity === null) return null
  const expiresAt = expiryOf(ctx, change.expiresIn)
  return {
    cidr,
    severity,
    comment: change.comment ?? before.comment,
    expiresAt: expiresAt === undefined ? before.expires_at : expiresAt,
  }
}

/** The last time that JavaScript and the database both know how to say. */
const FOREVER_MS = Date.UTC(9999, 0, 1)

function expiryOf(ctx: Ctx, seconds: number | null | undefined): Date | null | undefined {
  if (seconds === undefined || seconds === null) return seconds
  return new Date(Math.min(FOREVER_MS, Math.max(0, ctx.clock.now().getTime() + seconds * 1000)))
}

/**
 * Lifts a rule.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#delete
 */
export async function removeIpBlock(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const rule = await ipRuleById(tx.db, id)
    if (!rule) throw new NotFoundError()
    await deleteIpRule(tx.db, id)
    await changed(tx, viewer, 'destroy', rule)
  })
}

async function changed(tx: Ctx, viewer: Viewer, action: string, rule: IpRule): Promise<void> {
  await logAction(tx, viewer, action, { type: 'IpBlock', id: rule.id, humanIdentifier: rule.cidr })
  await afterCommit(tx, forgetBlockedRanges)
}
