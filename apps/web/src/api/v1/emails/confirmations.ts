import { resendConfirmation } from '@anancus/core/domain/users'
import { ForbiddenError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { done } from '../../../http/reply.ts'
import { userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/emails/#confirmation */
export const resendConfirmationMail = userRoute({
  method: 'post',
  path: '/api/v1/emails/confirmations',
  auth: { kind: 'user', scopes: ['write:accounts'], allowUnconfirmed: true },
  rateLimit: 'confirmations',
  params: z.object({ email: stringParam }),
  summary: 'Sends the confirmation mail again, to another address if one is given.',
  answers: 'empty',
  async handle({ ctx, viewer, token, params }) {
    if (token.applicationId !== viewer.user.created_by_application_id)
      throw new ForbiddenError(
        'This method is only available to the application the user originally signed-up with',
      )
    await resendConfirmation(ctx, viewer, params.email || undefined)
    return done()
  },
})
