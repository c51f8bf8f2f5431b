import { readV1Instance } from '@anancus/core/domain/instance'
import { noParams } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { anyone, route } from '../../http/route.ts'

/** 2022-11-14, when v2 came. */
const DEPRECATED = '@1668384000'

/** @see https://docs.joinmastodon.org/methods/instance/#v1 */
export const instanceV1 = route({
  method: 'get',
  path: '/api/v1/instance',
  auth: anyone(),
  cache: 'everyone',
  isExemptFromLockdown: true,
  params: noParams,
  summary: 'The instance, in the older form.',
  answers: 'V1Instance',
  async handle({ ctx }) {
    return ok(await readV1Instance(ctx), { Deprecation: DEPRECATED })
  },
})
