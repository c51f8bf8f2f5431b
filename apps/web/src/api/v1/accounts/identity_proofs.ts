import { getAccount } from '@anancus/core/domain/accounts'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

/** Since when the endpoint says nothing any more: 30 March 2022, in unix seconds. */
const DEPRECATED_SINCE = Date.UTC(2022, 2, 30) / 1000

/** Always empty; some clients still ask. */
export const identityProofs = userRoute({
  method: 'get',
  path: '/api/v1/accounts/:id/identity_proofs',
  auth: user(),
  params: z.object({ id: idParam }),
  summary: 'Nothing: kept for older clients.',
  answers: z.array(z.never()),
  async handle({ ctx, viewer, params }) {
    await getAccount(ctx, viewer, params.id)
    return ok([], { Deprecation: `@${DEPRECATED_SINCE}` })
  },
})
