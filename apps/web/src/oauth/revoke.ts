import { authenticateClient, OauthError, revokeTokenOf } from '@anancus/core/domain/oauth'
import { z } from 'zod'
import { stringParam } from '../http/params.ts'
import { done } from '../http/reply.ts'
import { anyone, route } from '../http/route.ts'
import { credentialsOf } from './token.ts'

/** @see https://docs.joinmastodon.org/methods/oauth/#revoke */
export const revoke = route({
  method: 'post',
  path: '/oauth/revoke',
  auth: anyone(),
  params: z.object({ client_id: stringParam, client_secret: stringParam, token: stringParam }),
  summary: 'Ends a token of the asking application.',
  answers: 'empty',
  async handle(call) {
    const { ctx, params } = call
    // Whoever asks with wrong credentials hears what anybody hears about somebody else's token.
    const app = await authenticateClient(ctx, credentialsOf(call)).catch((error: unknown) => {
      if (error instanceof OauthError) return null
      throw error
    })
    await revokeTokenOf(ctx, app, params.token)
    return done()
  },
})
