import { renderCredentialAccount } from '@anancus/core/entities'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#verify_credentials */
export const verifyCredentials = userRoute({
  method: 'get',
  path: '/api/v1/accounts/verify_credentials',
  auth: user('profile', 'read:accounts'),
  params: noParams,
  summary: 'The own account with what only its owner is told.',
  answers: 'CredentialAccount',
  async handle({ ctx, viewer }) {
    return ok(await renderCredentialAccount(ctx, viewer))
  },
})
