import {
  createDomainBlock,
  type DomainBlockChange,
  getDomainBlock,
  listDomainBlocks,
  removeDomainBlock,
  updateDomainBlock,
} from '@anancus/core/domain/moderation'
import { adminDomainBlockJson } from '@anancus/core/entities'
import { z } from 'zod'
import {
  booleanParam,
  idParam,
  nullableStringParam,
  required,
  stringParam,
  windowOf,
  windowParams,
} from '../../../http/params.ts'
import { answer, done, ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'
import { rowPage } from './row-page.ts'

const path = '/api/v1/admin/domain_blocks'
const read = { scope: 'admin:read:domain_blocks', permission: 'manage_federation' } as const
const write = { scope: 'admin:write:domain_blocks', permission: 'manage_federation' } as const

const fields = {
  severity: nullableStringParam,
  reject_media: booleanParam,
  reject_reports: booleanParam,
  private_comment: nullableStringParam,
  public_comment: nullableStringParam,
  obfuscate: booleanParam,
}
const schema = z.object(fields)

const changeOf = (params: z.output<typeof schema>): DomainBlockChange => ({
  severity: params.severity,
  rejectMedia: params.reject_media,
  rejectReports: params.reject_reports,
  privateComment: params.private_comment,
  publicComment: params.public_comment,
  obfuscate: params.obfuscate,
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#get */
const domainBlocks = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 500)),
  summary: 'Servers that are limited or suspended, with all that is said of them.',
  answers: ['AdminDomainBlock'],
  async handle(call) {
    const window = windowOf(call.params)
    return rowPage(call, window, await listDomainBlocks(call.ctx, window), adminDomainBlockJson)
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#get-one */
const domainBlock = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'One limited or suspended server.',
  answers: 'AdminDomainBlock',
  async handle({ ctx, params }) {
    return ok(adminDomainBlockJson(await getDomainBlock(ctx, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#create */
const blockDomain = adminRoute({
  ...write,
  method: 'post',
  path,
  params: z.object({ domain: required(stringParam), ...fields }),
  summary: 'Limits or suspends a server.',
  answers: 'AdminDomainBlock',
  alsoAnswers: { 422: 'AdminDomainBlockConflict' },
  async handle({ ctx, viewer, params }) {
    const outcome = await createDomainBlock(ctx, viewer, params.domain, changeOf(params))
    if (outcome.kind === 'created') return ok(adminDomainBlockJson(outcome.block))
    return answer(422, {
      error: `You have already imposed stricter limits on ${outcome.existing.domain}.`,
      existing_domain_block: adminDomainBlockJson(outcome.existing),
    })
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#update */
const changeDomainBlock = adminRoute({
  ...write,
  method: 'put',
  path: `${path}/:id`,
  params: z.object({ id: idParam, ...fields }),
  summary: 'Changes what is done to a server.',
  answers: 'AdminDomainBlock',
  async handle({ ctx, viewer, params }) {
    return ok(adminDomainBlockJson(await updateDomainBlock(ctx, viewer, params.id, changeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_blocks/#delete */
const unblockDomain = adminRoute({
  ...write,
  method: 'delete',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'Lifts the limits of a server.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeDomainBlock(ctx, viewer, params.id)
    return done()
  },
})

/** `/api/v1/admin/domain_blocks` and all below it. */
export const adminDomainBlockRoutes: readonly Route[] = [
  domainBlocks,
  domainBlock,
  blockDomain,
  changeDomainBlock,
  unblockDomain,
]
