import type { MediaAttachmentRow, StatusRow } from '@anancus/db'

/** Attachments as the author ordered them; without an order, oldest first. */
export function inAuthorsOrder(
  status: StatusRow | null | undefined,
  media: readonly MediaAttachmentRow[],
): readonly MediaAttachmentRow[] {
  const order = status?.ordered_media_attachment_ids
  if (!order) return media
  const byId = new Map(media.map((item) => [item.id, item]))
  return order.flatMap((id) => byId.get(id) ?? [])
}
