import { deleteSuspended, getModerated, listAdminAccounts } from '@anancus/core/domain/moderation'
import { z } from 'zod'
import { idParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import { adminRoute } from './admin-route.ts'
import { accountPage, presentParam, renderOne } from './accounts/account-reply.ts'

const STATES = ['active', 'pending', 'disabled', 'silenced', 'suspended'] as const

/**
 * The older list: flags in place of values, local and active accounts unless told otherwise. Of several states the last
 * counts, and `sensitized` is accepted and means nothing: so Mastodon has it.
 *
 * @see https://docs.joinmastodon.org/methods/admin/accounts/#v1
 */
export const adminAccounts = adminRoute({
  method: 'get',
  path: '/api/v1/admin/accounts',
  scope: 'admin:read:accounts',
  permission: 'manage_users',
  params: z.object({
    ...windowParams(100, 200),
    local: presentParam,
    remote: presentParam,
    by_domain: stringParam,
    active: presentParam,
    pending: presentParam,
    disabled: presentParam,
    sensitized: presentParam,
    silenced: presentParam,
    suspended: presentParam,
    username: stringParam,
    display_name: stringParam,
    email: stringParam,
    ip: stringParam,
    staff: presentParam,
  }),
  answers: ['AdminAccount'],
  summary: 'Accounts, as moderators look for them.',
  async handle(call) {
    const { ctx, params } = call
    const window = windowOf(params)
    const ids = await listAdminAccounts(ctx, window, {
      origin: params.remote ? 'remote' : 'local',
      status: STATES.findLast((state) => params[state]) ?? 'active',
      staff: params.staff,
      username: params.username,
      displayName: params.display_name,
      byDomain: params.by_domain,
      email: params.email,
      ip: params.ip,
    })
    return accountPage(call, window, ids, [
      'local',
      'remote',
      'by_domain',
      ...STATES,
      'sensitized',
      'username',
      'display_name',
      'email',
      'ip',
      'staff',
    ])
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#get-one */
export const adminAccount = adminRoute({
  method: 'get',
  path: '/api/v1/admin/accounts/:id',
  scope: 'admin:read:accounts',
  permission: 'manage_users',
  params: z.object({ id: idParam }),
  answers: 'AdminAccount',
  summary: 'An account, as moderators see it.',
  async handle({ ctx, viewer, params }) {
    const { account } = await getModerated(ctx, params.id)
    return ok(await renderOne(ctx, viewer, account.id))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#delete */
export const deleteAdminAccount = adminRoute({
  method: 'delete',
  path: '/api/v1/admin/accounts/:id',
  scope: 'admin:write:accounts',
  permission: 'delete_user_data',
  params: z.object({ id: idParam }),
  answers: 'empty',
  summary: 'Deletes the data of a suspended account at once.',
  async handle({ ctx, viewer, params }) {
    await deleteSuspended(ctx, viewer, params.id)
    return done()
  },
})
