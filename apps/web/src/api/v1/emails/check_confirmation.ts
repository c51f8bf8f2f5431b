import { UnauthenticatedError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/emails/ */
export const checkConfirmation = route({
  method: 'get',
  path: '/api/v1/emails/check_confirmation',
  auth: { kind: 'optional', scopes: ['read:accounts'], allowUnconfirmed: true },
  params: noParams,
  summary: 'Whether the own address is confirmed: true or false.',
  answers: z.boolean(),
  async handle({ viewer }) {
    if (!viewer) throw new UnauthenticatedError('This method requires an authenticated user')
    return ok(viewer.user.confirmed_at !== null)
  },
})
