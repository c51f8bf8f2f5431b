import { getNotificationGroup, listNotificationGroups } from '@anancus/core/domain/notifications'
import { renderGroupedNotifications } from '@anancus/core/entities'
import { BadRequestError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { arrayParam, stringParam, windowOf, windowParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'
import { selectionShape, supportedTypesShape } from '../v1/notification-params.ts'

const KEPT = ['include_filtered', 'types', 'exclude_types', 'grouped_types', 'supported_types']
const EXPANSIONS = ['full', 'partial_avatars']

/** @see https://docs.joinmastodon.org/methods/grouped_notifications/#get-grouped */
export const groupedNotifications = userRoute({
  method: 'get',
  path: '/api/v2/notifications',
  auth: user('read:notifications'),
  params: z.object({
    ...windowParams(40, 80),
    ...selectionShape,
    ...supportedTypesShape,
    grouped_types: arrayParam(),
    expand_accounts: stringParam,
  }),
  summary: 'Notifications in groups, newest first.',
  answers: 'GroupedNotificationsResults',
  async handle(call) {
    const { ctx, viewer, params } = call
    const { expand_accounts: expansion = 'full' } = params
    if (!EXPANSIONS.includes(expansion)) {
      throw new BadRequestError(
        `Invalid value for 'expand_accounts': '${expansion}', allowed values are 'full' and 'partial_avatars'`,
      )
    }
    const window = windowOf(params)
    const groups = await listNotificationGroups(ctx, viewer, window, {
      types: params.types,
      excludeTypes: params.exclude_types,
      groupedTypes: params.grouped_types,
      includeFiltered: params.include_filtered,
    })
    const hasPartialAccounts = expansion === 'partial_avatars'
    const body = await renderGroupedNotifications(ctx, viewer, groups, {
      hasPartialAccounts,
      supportedTypes: params.supported_types,
    })
    const page = pageReply(call, groups, {
      window,
      cursors: cursorsOf(groups, (group) => group.page?.maxId ?? group.row.id),
      keep: KEPT,
      mode: 'non-empty',
      prev: 'min_id',
    })
    return page.kind === 'json' ? { ...page, body } : page
  },
})

/** @see https://docs.joinmastodon.org/methods/grouped_notifications/#get-notification-group */
export const showNotificationGroup = userRoute({
  method: 'get',
  path: '/api/v2/notifications/:group_key',
  auth: user('read:notifications'),
  params: z.object({ group_key: stringParam, ...supportedTypesShape }),
  summary: 'A group of notifications.',
  answers: 'GroupedNotificationsResults',
  async handle({ ctx, viewer, params }) {
    const group = await getNotificationGroup(ctx, viewer, params.group_key ?? '')
    return ok(
      await renderGroupedNotifications(ctx, viewer, [group], {
        hasPartialAccounts: false,
        supportedTypes: params.supported_types,
      }),
    )
  },
})
