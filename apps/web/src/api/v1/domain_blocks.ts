import { blockDomain, listDomainBlocks, unblockDomain } from '@anancus/core/domain/relationships'
import { z } from 'zod'
import { cursorsOf, pageReply } from '../../http/pagination.ts'
import { required, stringParam, windowOf, windowParams } from '../../http/params.ts'
import { done } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

const path = '/api/v1/domain_blocks'

/** @see https://docs.joinmastodon.org/methods/domain_blocks/#get */
export const domainBlocks = userRoute({
  method: 'get',
  path,
  auth: user('read:blocks', 'follow'),
  params: z.object(windowParams(100, 200)),
  summary: 'Servers the user hides.',
  answers: z.array(z.string()),
  async handle(call) {
    const window = windowOf({ ...call.params, min_id: undefined })
    const entries = await listDomainBlocks(call.ctx, call.viewer, window)
    return pageReply(
      call,
      entries.map((entry) => entry.domain),
      { window, cursors: cursorsOf(entries, (entry) => entry.row_id), mode: 'full-page', prev: 'since_id' },
    )
  },
})

/** @see https://docs.joinmastodon.org/methods/domain_blocks/#block */
export const createDomainBlock = userRoute({
  method: 'post',
  path,
  auth: user('write:blocks', 'follow'),
  params: z.object({ domain: required(stringParam) }),
  summary: 'Hides a server.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await blockDomain(ctx, viewer.account, params.domain ?? '')
    return done()
  },
})

/** @see https://docs.joinmastodon.org/methods/domain_blocks/#unblock */
export const deleteDomainBlock = userRoute({
  method: 'delete',
  path,
  auth: user('write:blocks', 'follow'),
  params: z.object({ domain: stringParam }),
  summary: 'Shows a server again.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await unblockDomain(ctx, viewer.account, params.domain ?? '')
    return done()
  },
})
