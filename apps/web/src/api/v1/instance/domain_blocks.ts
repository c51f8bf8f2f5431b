import { readDomainBlocks } from '@anancus/core/domain/instance'
import { noParams } from '../../../http/params.ts'
import { nothing, ok } from '../../../http/reply.ts'
import { sharedByEveryone } from '../../../http/respond.ts'
import { optional, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/instance/#domain_blocks */
export const instanceDomainBlocks = route({
  method: 'get',
  path: '/api/v1/instance/domain_blocks',
  auth: optional(),
  cache: 'anonymous',
  isExemptFromLockdown: 'by-setting',
  params: noParams,
  summary: 'Servers this one limits or suspends, if the administrators show them.',
  answers: ['DomainBlock'],
  alsoAnswers: { 404: 'nothing' },
  async handle({ ctx, viewer }) {
    const shown = await readDomainBlocks(ctx, viewer)
    if (!shown) return nothing(404)
    return ok(shown.blocks, shown.isForEverybody ? sharedByEveryone(ctx) : undefined)
  },
})
