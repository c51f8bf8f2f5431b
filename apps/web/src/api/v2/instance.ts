import { readInstance } from '@anancus/core/domain/instance'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { anyone, route } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#v2 */
export const instance = route({
  method: 'get',
  path: '/api/v2/instance',
  auth: anyone(),
  cache: 'everyone',
  isExemptFromLockdown: true,
  params: noParams,
  summary: 'The instance: what it is, what it allows, whom to ask.',
  answers: 'Instance',
  async handle({ ctx }) {
    return ok(await readInstance(ctx))
  },
})
