import { getEmbeddableByUrl } from '@anancus/core/domain/statuses'
import { oembedJson, renderStatus } from '@anancus/core/entities'
import { z } from 'zod'
import { integerParam, required, stringParam } from '../http/params.ts'
import { ok } from '../http/reply.ts'
import { anyone, route } from '../http/route.ts'

const DEFAULT_WIDTH = 400

/** @see https://docs.joinmastodon.org/methods/oembed/ */
export const oembed = route({
  method: 'get',
  path: '/api/oembed',
  auth: anyone(),
  params: z.object({ url: required(stringParam), maxwidth: integerParam, maxheight: integerParam }),
  answers: 'OEmbed',
  isExemptFromLockdown: true,
  summary: 'A post to be shown on another site, by its address.',
  async handle({ ctx, params }) {
    const status = await getEmbeddableByUrl(ctx, params.url ?? '')
    const { maxwidth: width = DEFAULT_WIDTH, maxheight = 0 } = params
    const shown = await renderStatus(ctx, null, status.id)
    return ok(oembedJson(ctx.config, shown, { width, height: maxheight > 0 ? maxheight : null }))
  },
})
