import { moveMarkers, readMarkers } from '@anancus/core/domain/timelines'
import { toIso } from '@anancus/core/entities'
import type { MarkerRow } from '@anancus/db'
import { z } from 'zod'
import { arrayParam, hashParam, stringParam } from '../../http/params.ts'
import { ok } from '../../http/reply.ts'
import { user, userRoute } from '../../http/route.ts'

/** @see https://docs.joinmastodon.org/methods/markers/#get */
export const markers = userRoute({
  method: 'get',
  path: '/api/v1/markers',
  auth: user('read:statuses'),
  params: z.object({ timeline: arrayParam({ wrap: true }) }),
  summary: 'How far the user has read.',
  answers: 'Markers',
  async handle({ ctx, viewer, params }) {
    return ok(markersJson(await readMarkers(ctx, viewer, params.timeline ?? [])))
  },
})

const position = hashParam({ last_read_id: stringParam })

/** @see https://docs.joinmastodon.org/methods/markers/#create */
export const saveMarkers = userRoute({
  method: 'post',
  path: '/api/v1/markers',
  auth: user('write:statuses'),
  params: z.object({ home: position, notifications: position }),
  summary: 'Notes how far the user has read.',
  answers: 'Markers',
  async handle({ ctx, viewer, params }) {
    const moved = await moveMarkers(ctx, viewer, {
      home: params.home?.last_read_id,
      notifications: params.notifications?.last_read_id,
    })
    return ok(markersJson(moved))
  },
})

/** @see https://docs.joinmastodon.org/entities/Marker/ */
function markersJson(rows: readonly MarkerRow[]) {
  return Object.fromEntries(
    rows.map((row) => [
      row.timeline,
      { last_read_id: row.last_read_id, version: row.lock_version, updated_at: toIso(row.updated_at) },
    ]),
  )
}
