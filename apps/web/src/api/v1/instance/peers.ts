import { readPeers } from '@anancus/core/domain/instance'
import { getSetting } from '@anancus/core/domain/settings'
import { z } from 'zod'
import { noParams } from '../../../http/params.ts'
import { nothing, ok } from '../../../http/reply.ts'
import { route } from '../../../http/route.ts'
import { instancePart, tellsNobody } from './instance-part.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#peers */
export const instancePeers = route({
  ...instancePart,
  path: '/api/v1/instance/peers',
  params: noParams,
  summary: 'Domains of the servers this one knows.',
  answers: z.array(z.string()),
  alsoAnswers: { 404: 'nothing' },
  async handle({ ctx }) {
    if (tellsNobody(ctx) || !(await getSetting(ctx, 'peers_api_enabled'))) return nothing(404)
    return ok(await readPeers(ctx))
  },
})
