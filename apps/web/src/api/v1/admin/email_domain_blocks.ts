import {
  createEmailDomainBlock,
  type EmailDomainBlockWithHistory,
  getEmailDomainBlock,
  listEmailDomainBlocks,
  removeEmailDomainBlock,
} from '@anancus/core/domain/moderation'
import { adminEmailDomainBlockJson } from '@anancus/core/entities'
import { z } from 'zod'
import { booleanParam, idParam, required, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { done, ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'

const path = '/api/v1/admin/email_domain_blocks'
const read = { scope: 'admin:read:email_domain_blocks', permission: 'manage_blocks' } as const
const write = { scope: 'admin:write:email_domain_blocks', permission: 'manage_blocks' } as const

const shown = ({ block, history }: EmailDomainBlockWithHistory) => adminEmailDomainBlockJson(block, history)

/** @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get */
const emailDomainBlocks = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 200)),
  summary: 'E-mail domains that may not sign up, or only after a look.',
  answers: ['AdminEmailDomainBlock'],
  async handle(call) {
    const window = windowOf(call.params)
    const found = await listEmailDomainBlocks(call.ctx, window)
    return pageReply(call, found.map(shown), {
      window,
      cursors: cursorsOf(found, ({ block }) => block.id),
      mode: 'full-page',
      prev: 'min_id',
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get-one */
const emailDomainBlock = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'One e-mail domain that may not sign up.',
  answers: 'AdminEmailDomainBlock',
  async handle({ ctx, params }) {
    return ok(shown(await getEmailDomainBlock(ctx, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#create */
const blockEmailDomain = adminRoute({
  ...write,
  method: 'post',
  path,
  params: z.object({ domain: required(stringParam), allow_with_approval: booleanParam }),
  summary: 'Keeps an e-mail domain from signing up, or from doing so without a look.',
  answers: 'AdminEmailDomainBlock',
  async handle({ ctx, viewer, params }) {
    const { domain, allow_with_approval: allowWithApproval } = params
    return ok(shown(await createEmailDomainBlock(ctx, viewer, { domain, allowWithApproval })))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#delete */
const unblockEmailDomain = adminRoute({
  ...write,
  method: 'delete',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'Lets an e-mail domain sign up again.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeEmailDomainBlock(ctx, viewer, params.id)
    return done()
  },
})

/** `/api/v1/admin/email_domain_blocks` and all below it. */
export const adminEmailDomainBlockRoutes: readonly Route[] = [
  emailDomainBlocks,
  emailDomainBlock,
  blockEmailDomain,
  unblockEmailDomain,
]
