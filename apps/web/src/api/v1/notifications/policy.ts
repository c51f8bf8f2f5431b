import {
  changeNotificationPolicy,
  type NotificationPolicy,
  type PolicyChoice,
  readNotificationPolicy,
} from '@anancus/core/domain/notifications'
import { z } from 'zod'
import { booleanParam, noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const path = '/api/v1/notifications/policy'

/** The older form of the policy: yes or no. */
export const policy = userRoute({
  method: 'get',
  path,
  auth: user('read:notifications'),
  params: noParams,
  summary: 'Whose notifications are put aside: the older form.',
  answers: 'V1NotificationPolicy',
  handle: async ({ ctx, viewer }) => ok(olderForm(await readNotificationPolicy(ctx, viewer))),
})

export const updatePolicy = userRoute({
  method: 'put',
  path,
  auth: user('write:notifications'),
  params: z.object({
    filter_not_following: booleanParam,
    filter_not_followers: booleanParam,
    filter_new_accounts: booleanParam,
    filter_private_mentions: booleanParam,
    filter_bots: booleanParam,
  }),
  summary: 'Changes whose notifications are put aside: the older form.',
  answers: 'V1NotificationPolicy',
  async handle({ ctx, viewer, params }) {
    await changeNotificationPolicy(ctx, viewer, {
      for_not_following: choiceOf(params.filter_not_following),
      for_not_followers: choiceOf(params.filter_not_followers),
      for_new_accounts: choiceOf(params.filter_new_accounts),
      for_private_mentions: choiceOf(params.filter_private_mentions),
      for_bots: choiceOf(params.filter_bots),
    })
    return ok(olderForm(await readNotificationPolicy(ctx, viewer)))
  },
})

function choiceOf(isFiltered: boolean | undefined): PolicyChoice | undefined {
  return isFiltered === undefined ? undefined : isFiltered ? 'filter' : 'accept'
}

function olderForm(current: NotificationPolicy) {
  return {
    filter_not_following: current.for_not_following !== 'accept',
    filter_not_followers: current.for_not_followers !== 'accept',
    filter_new_accounts: current.for_new_accounts !== 'accept',
    filter_private_mentions: current.for_private_mentions !== 'accept',
    filter_bots: current.for_bots !== 'accept',
    summary: current.summary,
  }
}
