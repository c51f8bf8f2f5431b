import { applicationJson, getApplicationOf } from '@anancus/core/domain/oauth'
import { UnauthenticatedError } from '@anancus/core/kernel/errors'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { anyToken, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/apps/#verify_credentials */
export const verifyApp = route({
  method: 'get',
  path: '/api/v1/apps/verify_credentials',
  auth: anyToken(),
  params: noParams,
  summary: 'The application behind the token, without its secrets.',
  answers: 'Application',
  async handle({ ctx, token }) {
    if (!token) throw new UnauthenticatedError()
    return ok(applicationJson(ctx.config, await getApplicationOf(ctx, token)))
  },
})
