import { type AccountRow, INSTANCE_ACTOR_ID, type Permission, type UserRoleRow } from '@anancus/db'
import { ForbiddenError } from '../../kernel/errors.ts'
import { isPermitted } from '../../kernel/permissions.ts'
import type { Viewer } from '../../kernel/viewer.ts'

type Role = Pick<UserRoleRow, 'permissions' | 'position'>

/** Whether a role stands above another; anybody's stands above none. Equals do not act on each other. */
export function outranks(role: Role, other: Pick<Role, 'position'> | null): boolean {
  return other === null || role.position > other.position
}

/**
 * Whether somebody may warn, freeze, limit or suspend an account. `targetRole` is the role behind it, null for a remote
 * account.
 */
export function canModerate(
  role: Role,
  target: Pick<AccountRow, 'id'>,
  targetRole: Pick<Role, 'position'> | null,
): boolean {
  return (
    isPermitted(role, 'manage_users', 'manage_reports') &&
    outranks(role, targetRole) &&
    target.id !== INSTANCE_ACTOR_ID
  )
}

/** @throws ForbiddenError the viewer's role grants none of these */
export function requirePermission(viewer: Pick<Viewer, 'role'>, ...names: readonly Permission[]): void {
  if (!isPermitted(viewer.role, ...names)) throw new ForbiddenError()
}
