import { getAccount } from '@anancus/core/domain/accounts'
import { followOrChange } from '@anancus/core/domain/relationships'
import { renderRelationships } from '@anancus/core/entities'
import { ForbiddenError } from '@anancus/core/kernel/errors'
import { z } from 'zod'
import { arrayParam, booleanParam, idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/**
 * A request to an account that is not locked is told as a follow, although its server has yet to accept it: Mastodon
 * answers so, and clients show a follow at once.
 *
 * @see https://docs.joinmastodon.org/methods/accounts/#follow
 */
export const followAccount = userRoute({
  method: 'post',
  path: '/api/v1/accounts/:id/follow',
  auth: user('write:follows', 'follow'),
  params: z.object({
    id: idParam,
    reblogs: booleanParam,
    notify: booleanParam,
    languages: arrayParam(),
  }),
  rateLimit: 'follows',
  summary: 'Follows an account, or changes how it is followed.',
  answers: 'Relationship',
  async handle({ ctx, viewer, params }) {
    const target = await getAccount(ctx, viewer, params.id)
    if (target.id === viewer.account.id) throw new ForbiddenError('Following your own account is not allowed')
    const { reblogs, notify, languages } = params
    const { outcome, isNew } = await followOrChange(ctx, viewer.account, target, {
      reblogs,
      notify,
      languages,
    })
    const [relationship] = await renderRelationships(ctx, viewer, [target.id])
    const isToldAsFollow = outcome === 'requested' && !target.locked && viewer.account.silenced_at === null
    const body = isToldAsFollow ? { ...relationship, following: true, requested: false } : relationship
    return { ...ok(body), isRepeat: !isNew }
  },
})
