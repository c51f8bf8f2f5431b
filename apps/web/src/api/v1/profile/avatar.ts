import { removeProfileImage } from '@anancus/core/domain/accounts'
import { renderCredentialAccount } from '@anancus/core/entities'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/profile/#delete-profile-avatar */
export const deleteAvatar = userRoute({
  method: 'delete',
  path: '/api/v1/profile/avatar',
  auth: user('write:accounts'),
  params: noParams,
  summary: 'Takes the own avatar away.',
  answers: 'CredentialAccount',
  async handle({ ctx, viewer }) {
    const account = await removeProfileImage(ctx, viewer.account, 'avatar')
    return ok(await renderCredentialAccount(ctx, { ...viewer, account }))
  },
})
