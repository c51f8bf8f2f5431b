import type { UserRoleRow } from '@anancus/db'
import { effectivePermissions } from '../../kernel/permissions.ts'
import type { Role } from '../types/index.ts'

/** @see https://docs.joinmastodon.org/entities/Role/ */
export function roleJson(role: UserRoleRow, everyone: Pick<UserRoleRow, 'permissions'>): Role {
  return {
    id: role.id,
    name: role.name,
    permissions: String(effectivePermissions(role, BigInt(everyone.permissions))),
    color: role.color,
    highlighted: role.highlighted,
    collection_limit: role.collection_limit,
  }
}
