import { showTags } from '@anancus/core/domain/tags'
import { getTagForReview, listTags, updateTag } from '@anancus/core/domain/trends'
import { z } from 'zod'
import { booleanParam, idParam, stringParam, windowOf, windowParams } from '../../../http/params.ts'
import { cursorsOf, pageReply } from '../../../http/pagination.ts'
import { ok } from '../../../http/reply.ts'
import type { Route } from '../../../http/route.ts'
import { adminRoute } from './admin-route.ts'
import { adminTagJsonOf, adminTagsJson } from './tags-json.ts'

const path = '/api/v1/admin/tags'
const read = { scope: 'admin:read', permission: 'manage_taxonomies' } as const
const write = { scope: 'admin:write', permission: 'manage_taxonomies' } as const

/** @see https://docs.joinmastodon.org/methods/admin/tags/ */
const adminTags = adminRoute({
  ...read,
  method: 'get',
  path,
  params: z.object(windowParams(100, 200)),
  summary: 'Every hashtag.',
  answers: ['AdminTag'],
  async handle(call) {
    const { ctx, viewer } = call
    const window = windowOf(call.params)
    const rows = await listTags(ctx, window)
    const shown = await showTags(
      ctx,
      viewer,
      rows.map((row) => row.id),
    )
    const items = await adminTagsJson(ctx, shown, new Map(rows.map((row) => [row.id, row])))
    const cursors = cursorsOf(rows, (row) => row.id)
    return pageReply(call, items, { window, cursors, count: rows.length, mode: 'full-page', prev: 'min_id' })
  },
})

const adminTag = adminRoute({
  ...read,
  method: 'get',
  path: `${path}/:id`,
  params: z.object({ id: idParam }),
  summary: 'A hashtag and what was decided about it.',
  answers: 'AdminTag',
  async handle({ ctx, viewer, params }) {
    return ok(await adminTagJsonOf(ctx, viewer, await getTagForReview(ctx, params.id)))
  },
})

const updateAdminTag = adminRoute({
  ...write,
  method: 'put',
  path: `${path}/:id`,
  params: z.object({
    id: idParam,
    display_name: stringParam,
    listable: booleanParam,
    trendable: booleanParam,
    usable: booleanParam,
  }),
  summary: 'Says how a hashtag is spelt and where it may be shown.',
  answers: 'AdminTag',
  async handle({ ctx, viewer, params }) {
    const { id, display_name: displayName, ...flags } = params
    return ok(await adminTagJsonOf(ctx, viewer, await updateTag(ctx, id, { ...flags, displayName })))
  },
})

/** `/api/v1/admin/tags` and all below it. */
export const adminTagRoutes: readonly Route[] = [adminTags, adminTag, updateAdminTag]
