import type { InviteRow } from '@anancus/db'
import { everyonePermissions, inviteByCode, inviteById, useInvite } from '@anancus/db/queries/invites'
import { PERMISSIONS } from '@anancus/db'
import { effectivePermissions } from '../../kernel/permissions.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { standingOf } from '../../policies/user.ts'

export interface Invitation {
  invite: InviteRow
  /** Whoever made it. */
  owner: Viewer
  /** Not used up, not over, and its owner may still act. */
  isUsable: boolean
  /** Whoever comes with it needs no approval. */
  bypassesApproval: boolean
}

/** An invitation by its code, good or not; null when there never was one. At most two statements. */
export async function findInvite(ctx: Ctx, code: string | undefined): Promise<Invitation | null> {
  if (!code) return null
  const found = await inviteByCode(ctx.db, code)
  if (!found) return null
  const { invite, owner } = found
  const isUsable = isGood(invite, ctx.clock.now()) && standingOf(owner) === 'functional'
  return {
    invite,
    owner,
    isUsable,
    bypassesApproval: isUsable && (await holds(ctx, owner, 'invite_bypass_approval')),
  }
}

/** Whether a user may invite others. One statement. */
export async function mayInvite(ctx: Ctx, viewer: Viewer): Promise<boolean> {
  return standingOf(viewer) === 'functional' && (await holds(ctx, viewer, 'invite_users'))
}

/** What the role of a user grants, with what everyone has. */
async function holds(ctx: Ctx, { role }: Viewer, permission: keyof typeof PERMISSIONS): Promise<boolean> {
  const held = effectivePermissions(role, await everyonePermissions(ctx.db))
  return (held & PERMISSIONS[permission]) !== 0n
}

/** Whether an invitation has uses and time left. */
export function isGood(invite: InviteRow, now: Date): boolean {
  const hasUses = invite.max_uses === null || invite.uses < invite.max_uses
  return hasUses && (invite.expires_at === null || invite.expires_at > now)
}

/** Counts a use; false when others were faster and none is left. */
export const takeInvite = (tx: Ctx, id: string): Promise<boolean> => useInvite(tx.db, id)

/** Whom a newcomer follows for having been invited; null where the invitation does not say so. */
export async function inviterToFollow(ctx: Ctx, inviteId: string | null): Promise<Viewer['account'] | null> {
  const found = inviteId === null ? null : await inviteById(ctx.db, inviteId)
  return found?.invite.autofollow ? found.owner.account : null
}
