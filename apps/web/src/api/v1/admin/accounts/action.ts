import { actOnAccount } from '@anancus/core/domain/moderation'
import { z } from 'zod'
import { flagParam, idParam, optionalIdParam, required, stringParam } from '../../../../http/params.ts'
import { done } from '../../../../http/reply.ts'
import { adminRoute } from '../admin-route.ts'

/** @see https://docs.joinmastodon.org/methods/admin/accounts/#action */
export const action = adminRoute({
  method: 'post',
  path: '/api/v1/admin/accounts/:id/action',
  scope: 'admin:write:accounts',
  permission: ['manage_users', 'manage_reports'],
  params: z.object({
    id: idParam,
    type: required(stringParam),
    report_id: optionalIdParam,
    warning_preset_id: optionalIdParam,
    text: stringParam,
    send_email_notification: flagParam(true),
  }),
  answers: 'empty',
  summary: 'Warns, freezes, limits or suspends an account.',
  async handle({ ctx, viewer, params }) {
    await actOnAccount(ctx, viewer, params.id, {
      type: params.type,
      reportId: params.report_id,
      presetId: params.warning_preset_id,
      text: params.text,
      isTold: params.send_email_notification,
    })
    return done()
  },
})
