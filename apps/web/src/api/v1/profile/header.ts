import { removeProfileImage } from '@anancus/core/domain/accounts'
import { renderCredentialAccount } from '@anancus/core/entities'
import { noParams } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/profile/#delete-profile-header */
export const deleteHeader = userRoute({
  method: 'delete',
  path: '/api/v1/profile/header',
  auth: user('write:accounts'),
  params: noParams,
  summary: 'Takes the own header away.',
  answers: 'CredentialAccount',
  async handle({ ctx, viewer }) {
    const account = await removeProfileImage(ctx, viewer.account, 'header')
    return ok(await renderCredentialAccount(ctx, { ...viewer, account }))
  },
})
