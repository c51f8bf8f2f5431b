import { NotFoundError } from '@anancus/core/kernel/errors'
import { noParams } from '../../http/params.ts'
import { written } from '../../http/reply.ts'
import { anyone, route } from '../../http/route.ts'

/**
 * The streaming server has its own address: who asks here is sent there. Where the two share a host, the proxy was to
 * pass this on and did not.
 *
 * @see https://docs.joinmastodon.org/methods/streaming/
 */
export const streaming = route({
  method: 'get',
  path: '/api/v1/streaming{/*stream}',
  auth: anyone(),
  params: noParams,
  summary: 'Leads to the streaming server.',
  answers: 'nothing',
  alsoAnswers: { 301: 'nothing' },
  async handle({ ctx, req, res }) {
    const target = new URL(ctx.config.streamingUrl.replace(/^ws/, 'http'))
    if (target.host === req.headers.host) throw new NotFoundError('Not Found')
    res.redirect(301, new URL(req.originalUrl, target).href)
    return written
  },
})
