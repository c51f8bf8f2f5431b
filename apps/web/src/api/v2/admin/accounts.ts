import { listAdminAccounts } from '@anancus/core/domain/moderation'
import { z } from 'zod'
import { arrayParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { accountPage } from '../../v1/admin/accounts/account-reply.ts'
import { adminRoute } from '../../v1/admin/admin-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#v2 */
export const adminAccountsV2 = adminRoute({
  method: 'get',
  path: '/api/v2/admin/accounts',
  scope: 'admin:read:accounts',
  permission: 'manage_users',
  params: z.object({
    ...windowParams(100, 200),
    origin: stringParam,
    status: stringParam,
    permissions: stringParam,
    role_ids: arrayParam({ wrap: true }),
    invited_by: stringParam,
    username: stringParam,
    display_name: stringParam,
    by_domain: stringParam,
    email: stringParam,
    ip: stringParam,
  }),
  answers: ['AdminAccount'],
  summary: 'Accounts of any kind, as moderators look for them.',
  async handle(call) {
    const { ctx, params } = call
    const window = windowOf(params)
    const ids = await listAdminAccounts(ctx, window, {
      origin: params.origin,
      status: params.status,
      staff: params.permissions === 'staff',
      roleIds: params.role_ids,
      invitedBy: params.invited_by,
      username: params.username,
      displayName: params.display_name,
      byDomain: params.by_domain,
      email: params.email,
      ip: params.ip,
    })
    return accountPage(call, window, ids, [
      'origin',
      'status',
      'permissions',
      'role_ids',
      'invited_by',
      'username',
      'display_name',
      'by_domain',
      'email',
      'ip',
    ])
  },
})
