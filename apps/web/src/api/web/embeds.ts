import { fetchEmbed } from '@anancus/core/domain/previews'
import { getEmbeddableStatus } from '@anancus/core/domain/statuses'
import { oembedJson, renderStatus } from '@anancus/core/entities'
import type { OEmbed } from '@anancus/core/entities/types'
import { NotFoundError } from '@anancus/core/kernel/errors'
import { ok } from '../../http/reply.ts'
import { type Call, optional, route } from '../../http/route.ts'
import { statusParams } from '../v1/statuses/status-of.ts'

const WIDTH = 400

/** What the client offers as code for other sites. Other servers are asked for people signed in here alone. */
export const embed = route({
  method: 'get',
  path: '/api/web/embeds/:id',
  auth: optional(),
  params: statusParams,
  answers: 'OEmbed',
  summary: 'A post to be shown on another site, as the web client offers it.',
  async handle(call) {
    const { ctx, params } = call
    const status = await getEmbeddableStatus(ctx, params.id)
    const shown = await renderStatus(ctx, null, status.id)
    if (status.local) return ok(oembedJson(ctx.config, shown, { width: WIDTH, height: null }))
    const theirs = shown.url === null ? null : await remote(call, shown.url)
    if (!theirs) throw new NotFoundError('Not Found')
    return ok(theirs)
  },
})

async function remote({ ctx, viewer }: Call<unknown>, url: string): Promise<OEmbed | null> {
  return viewer ? fetchEmbed(ctx, url) : null
}
