import {
  changeNotificationPolicy,
  POLICY_CHOICES,
  type PolicyChoice,
  readNotificationPolicy,
} from '@anancus/core/domain/notifications'
import { ValidationError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { noParams, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

const path = '/api/v2/notifications/policy'

/** @see https://docs.joinmastodon.org/methods/notifications/#get-policy */
export const policy = userRoute({
  method: 'get',
  path,
  auth: user('read:notifications'),
  params: noParams,
  summary: 'Whose notifications are put aside or dropped.',
  answers: 'NotificationPolicy',
  handle: async ({ ctx, viewer }) => ok(await readNotificationPolicy(ctx, viewer)),
})

/** Mastodon fails with 500 on a word it does not know; 422 says what is wrong. */
const choiceParam = stringParam.transform((word): PolicyChoice | undefined => {
  if (word === undefined || word === '') return undefined
  const choice = POLICY_CHOICES.find((known) => known === word)
  if (!choice) throw ValidationError.failed(`${word} is not a choice of a notification policy`)
  return choice
})

/** @see https://docs.joinmastodon.org/methods/notifications/#update-the-filtering-policy-for-notifications */
export const updatePolicy = userRoute({
  method: 'put',
  path,
  auth: user('write:notifications'),
  params: z.object({
    for_not_following: choiceParam,
    for_not_followers: choiceParam,
    for_new_accounts: choiceParam,
    for_private_mentions: choiceParam,
    for_limited_accounts: choiceParam,
    for_bots: choiceParam,
  }),
  summary: 'Changes whose notifications are put aside or dropped.',
  answers: 'NotificationPolicy',
  async handle({ ctx, viewer, params }) {
    await changeNotificationPolicy(ctx, viewer, params)
    return ok(await readNotificationPolicy(ctx, viewer))
  },
})
