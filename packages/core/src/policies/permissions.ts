import { PERMISSIONS, type UserRoleRow } from '@anancus/db'

const ALL = Object.values(PERMISSIONS).reduce((all: bigint, bit) => all | bit, 0n)

/** All a role may do: its own bits and those everyone has; an administrator may everything. A decimal bit mask. */
export function effectivePermissions(
  role: Pick<UserRoleRow, 'permissions'>,
  everyone: Pick<UserRoleRow, 'permissions'>,
): string {
  const bits = BigInt(role.permissions) | BigInt(everyone.permissions)
  return String(bits & PERMISSIONS.administrator ? ALL : bits)
}
