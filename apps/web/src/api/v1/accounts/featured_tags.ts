import { getAccount, listFeaturedTags } from '@anancus/core/domain/accounts'
import { featuredTagJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam } from '../../../http/params.ts'
import { ok } from '../../../http/reply.ts'
import { optional, route } from '../../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/accounts/#featured_tags */
export const featuredTags = route({
  method: 'get',
  path: '/api/v1/accounts/:id/featured_tags',
  auth: optional(),
  params: z.object({ id: idParam }),
  summary: 'Hashtags an account shows on its profile.',
  answers: ['FeaturedTag'],
  async handle({ ctx, viewer, params }) {
    const account = await getAccount(ctx, viewer, params.id)
    const tags = await listFeaturedTags(ctx, account)
    return ok(tags.map((tag) => featuredTagJson(ctx.config, account, tag)))
  },
})
