import {
  createDomainAllow,
  getDomainAllow,
  listDomainAllows,
  removeDomainAllow,
} from '@anancus/core/domain/moderation'
import { adminDomainAllowJson } from '@anancus/core/entities'
import { z } from 'zod'
import { idParam, required, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { done, ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'
import { rowPage } from './row-page.ts'

const path = '/api/v1/admin/domain_allows'
const read = { scope: 'admin:read:domain_allows', permission: 'manage_federation' } as const
const write = { scope: 'admin:write:domain_allows', permission: 'manage_federation' } as const

/** @see https://docs.joinmastodon.org/methods/admin/domain_allows/#get */
const domainAllows = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 500)),
  summary: 'Servers that limited federation lets in.',
  answers: ['AdminDomainAllow'],
  async handle(call) {
    const window = windowOf(call.params)
    return rowPage(call, window, await listDomainAllows(call.ctx, window), adminDomainAllowJson)
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_allows/#get-one */
const domainAllow = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'One server that limited federation lets in.',
  answers: 'AdminDomainAllow',
  async handle({ ctx, params }) {
    return ok(adminDomainAllowJson(await getDomainAllow(ctx, params.id)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_allows/#create */
const allowDomain = adminRoute({
  ...write,
  method: 'post',
  path,
  params: z.object({ domain: required(stringParam) }),
  summary: 'Lets a server in where federation is limited.',
  answers: 'AdminDomainAllow',
  async handle({ ctx, viewer, params }) {
    return ok(adminDomainAllowJson(await createDomainAllow(ctx, viewer, params.domain)))
  },
})

/** @see https://docs.joinmastodon.org/methods/admin/domain_allows/#delete */
const unallowDomain = adminRoute({
  ...write,
  method: 'delete',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'Takes a server off the list of limited federation.',
  answers: 'empty',
  async handle({ ctx, viewer, params }) {
    await removeDomainAllow(ctx, viewer, params.id)
    return done()
  },
})

/** `/api/v1/admin/domain_allows` and all below it. */
export const adminDomainAllowRoutes: readonly Route[] = [
  domainAllows,
  domainAllow,
  allowDomain,
  unallowDomain,
]
