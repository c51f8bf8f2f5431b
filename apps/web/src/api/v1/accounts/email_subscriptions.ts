import { subscribeByMail } from '@anancus/core/domain/email-subscriptions'
import { z } from 'zod'
import { idParam, stringParam } from '../../../http/params.ts'
import { done, nothing } from '../../../http/reply.ts'
import { anyone, route } from '../../../http/route.ts'

/** Asks to read an account by mail. Where the account does not offer it there is nothing here. */
export const subscribeToAccount = route({
  method: 'post',
  path: '/api/v1/accounts/:id/email_subscriptions',
  auth: anyone(),
  params: z.object({ id: idParam, email: stringParam }),
  answers: 'empty',
  alsoAnswers: { 404: 'nothing' },
  summary: 'Asks to get the posts of an account by mail; the address is asked to confirm.',
  async handle({ ctx, params }) {
    const isOffered = await subscribeByMail(ctx, params.id, params.email ?? '', ctx.config.env.DEFAULT_LOCALE)
    return isOffered ? done() : nothing(404)
  },
})
