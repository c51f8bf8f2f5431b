import { previewDomainBlock } from '@anancus/core/domain/relationships'
import { z } from 'zod'
import { stringParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { user, userRoute } from '../../../http/route.ts'

export const previewBlock = userRoute({
  method: 'get',
  path: '/api/v1/domain_blocks/preview',
  auth: user('write:blocks', 'follow'),
  params: z.object({ domain: stringParam }),
  summary: 'What hiding a server would cut.',
  answers: 'DomainBlockPreview',
  async handle({ ctx, viewer, params }) {
    return ok(await previewDomainBlock(ctx, viewer, params.domain ?? ''))
  },
})
