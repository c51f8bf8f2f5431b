import {
  createIpBlock,
  getIpBlock,
  type IpBlockChange,
  ipSeverityOf,
  listIpBlocks,
  removeIpBlock,
  updateIpBlock,
} from '@anancus/core/domain/moderation'
import { adminIpBlockJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, nullableStringParam, required, windowOf, windowParams } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'
import { rowPage } from './row-page.ts'

const path = '/api/v1/admin/ip_blocks'
const read = { scope: 'admin:read:ip_blocks', permission: 'manage_blocks' } as const
const write = { scope: 'admin:write:ip_blocks', permission: 'manage_blocks' } as const

const fields = {
  ip: nullableStringParam,
  severity: nullableStringParam,
  comment: nullableStringParam,
  expires_in: nullableStringParam,
}
const schema = z.object(fields)

const changeOf = (params: z.output<typeof schema>): IpBlockChange => ({
  ip: params.ip,
  severity: params.severity,
  comment: params.comment,
  expiresIn: secondsOf(params.expires_in),
})

/** Blank is for ever; other text counts as 0, as Ruby reads it. */
function secondsOf(text: string | null | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (!text?.trim()) return null
  const seconds = Number.parseInt(text, 10)
  return Number.isSafeInteger(seconds) ? seconds : 0
}

const shown = (rule: Awaited<ReturnType<typeof getIpBlock>>) =>
  adminIpBlockJson(rule, ipSeverityOf(rule.severity))

/** @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#get */
const ipBlocks = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 200)),
  summary: 'Rules for addresses that people come from.',
  answers: ['AdminIpBlock'],
  async handle(call) {
    const window = windowOf(call.params)
    return rowPage(call, window, await listIpBlocks(call.ctx, window), shown)
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#get-one */
const ipBlock = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'One rule for an address or a range.',
  answers: 'AdminIpBlock',
  async handle({ ctx, params }) {
    return ok(shown(await getIpBlock(ctx, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#create */
const blockIp = adminRoute({
  ...write,
  method: 'post',
  path,
  params: z.object({ ...fields, ip: required(fields.ip), severity: required(fields.severity) }),
  summary: 'Makes a rule for an address or a range.',
  answers: 'AdminIpBlock',
  async handle({ ctx, viewer, params }) {
    return ok(shown(await createIpBlock(ctx, viewer, changeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#update */
const changeIpBlock = adminRoute({
  ...write,
  method: 'put',
  path: `${path}/:id`,
  params: z.object({ id: idParam, ...fields }),
  summary: 'Changes a rule; what is not valid changes nothing.',
  answers: 'AdminIpBlock',
  async handle({ ctx, viewer, params }) {
    return ok(shown(await updateIpBlock(ctx, viewer, params.id, changeOf(params))))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/ip_blocks/#delete */
const unblockIp = adminRoute({
  ...write,
  method: 'delete',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'Lifts a rule.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeIpBlock(ctx, viewer, params.id)
    return done()
  },
})

/** `/api/v1/admin/ip_blocks` and all below it. */
export const adminIpBlockRoutes: readonly Route[] = [ipBlocks, ipBlock, blockIp, changeIpBlock, unblockIp]
