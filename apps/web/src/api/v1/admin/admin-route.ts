import type { Permission } from '@anancus/db'
import type { z } from 'zod'
import type { Reply } from '../../../http/reply.ts'
import { optional, type Route, type UserCall, userRoute } from '../../../http/route.ts'

type AdminRoute<Params extends z.ZodType> = Omit<Route<Params>, 'auth' | 'handle' | 'permissions'> & {
  /** `admin:read`, `admin:write:reports`, …: what a token must carry; a signed-in browser needs none. */
  scope: string
  permission: Permission | readonly Permission[]
  handle(call: UserCall<z.output<Params>>): Promise<Reply>
}

/**
 * A route of `/api/v1/admin` or `/api/v2/admin`, for roles that grant one of some permissions.
 *
 * @see https://docs.joinmastodon.org/methods/admin/
 */
export function adminRoute<Params extends z.ZodType>(definition: AdminRoute<Params>): Route {
  const { scope, permission, ...rest } = definition
  const permissions = typeof permission === 'string' ? [permission] : permission
  return userRoute({ ...rest, auth: optional(scope), permissions })
}
