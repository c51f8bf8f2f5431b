import { PERMISSIONS, type Permission, type UserRoleRow } from '@anancus/db'

const ALL = Object.values(PERMISSIONS).reduce((mask, bit) => mask | bit, 0n)

/** The permissions of a role with those everyone has; an administrator has all. */
export function effectivePermissions(role: Pick<UserRoleRow, 'permissions'>, everyone = 0n): bigint {
  const mask = BigInt(role.permissions) | everyone
  return (mask & PERMISSIONS.administrator) !== 0n ? ALL : mask
}

/** Whether a role grants one of some permissions. */
export function isPermitted(
  role: Pick<UserRoleRow, 'permissions'>,
  ...names: readonly Permission[]
): boolean {
  const held = effectivePermissions(role)
  return names.some((name) => (held & PERMISSIONS[name]) !== 0n)
}
