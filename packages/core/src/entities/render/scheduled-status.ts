import type { MediaAttachmentRow, ScheduledStatusRow } from '@anancus/db'
import type { MediaAttachment, ScheduledParams, ScheduledStatus } from '../types/index.ts'

/** @see https://docs.joinmastodon.org/entities/ScheduledStatus/ */
export function scheduledStatusJson(
  row: ScheduledStatusRow,
  media: readonly MediaAttachmentRow[],
  showMedia: (media: MediaAttachmentRow) => MediaAttachment,
): ScheduledStatus {
  const params = row.params as ScheduledParams
  const order = params.media_ids ?? []
  const held = media.filter((item) => item.scheduled_status_id === row.id)
  held.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  return {
    id: row.id,
    scheduled_at: (row.scheduled_at ?? new Date(0)).toISOString(),
    params: {
      ...params,
      in_reply_to_id: wholeNumber(params.in_reply_to_id),
      application_id: wholeNumber(params.application_id),
    },
    media_attachments: held.map(showMedia),
  }
}

/** Every digit of an id that is a number on the wire: JSON has them, a JavaScript number does not. Old rows lack some. */
function wholeNumber(id: string | null | undefined): number | null {
  if (id === null || id === undefined) return null
  return (JSON as unknown as { rawJSON(text: string): number }).rawJSON(BigInt(id).toString())
}
