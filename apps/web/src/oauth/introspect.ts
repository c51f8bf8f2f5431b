import { authenticateClient, introspectToken } from '@anancus/core/domain/oauth'
import { z } from 'zod'
import { stringParam } from '../http/params.ts'
import { ok } from '../http/reply.ts'
import { anyone, route } from '../http/route.ts'
import { credentialsOf } from './token.ts'

/** @see https://www.rfc-editor.org/rfc/rfc7662 */
export const introspect = route({
  method: 'post',
  path: '/oauth/introspect',
  auth: anyone(),
  params: z.object({ client_id: stringParam, client_secret: stringParam, token: stringParam }),
  summary: 'What a token of the asking application is.',
  answers: 'TokenIntrospection',
  async handle(call) {
    const app = await authenticateClient(call.ctx, credentialsOf(call))
    return ok(await introspectToken(call.ctx, app, call.params.token))
  },
})
