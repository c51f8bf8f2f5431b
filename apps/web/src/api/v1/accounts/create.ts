import { getApplicationOf, issueNewToken, splitScopes, tokenJson } from '@anancus/core/domain/oauth'
import { registerUser } from '@anancus/core/domain/users'
import { UnauthenticatedError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { addressOf } from '../../../http/address.ts'
import { flagParam, required, stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { app, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#create */
export const createAccount = route({
  method: 'post',
  path: '/api/v1/accounts',
  auth: app('write:accounts'),
  rateLimit: 'sign_ups',
  isExemptFromLockdown: true,
  params: z.object({
    username: required(stringParam),
    email: required(stringParam),
    password: required(stringParam),
    agreement: required(flagParam(false)),
    locale: stringParam,
    reason: stringParam,
    time_zone: stringParam,
    date_of_birth: stringParam,
    invite_code: stringParam,
  }),
  summary: 'Signs a newcomer up; the token works once the address is confirmed.',
  answers: 'Token',
  async handle({ ctx, params, token, req }) {
    if (!token) throw new UnauthenticatedError()
    const application = await getApplicationOf(ctx, token)
    const { user } = await registerUser(
      ctx,
      {
        username: params.username ?? '',
        email: params.email ?? '',
        password: params.password ?? '',
        agreement: params.agreement,
        locale: params.locale,
        reason: params.reason,
        timeZone: params.time_zone,
        dateOfBirth: params.date_of_birth,
        inviteCode: params.invite_code,
      },
      { ip: addressOf(req), application },
    )
    return ok(tokenJson(await issueNewToken(ctx, application, user.id, splitScopes(application.scopes))))
  },
})
