import type { Db } from '../../connection.ts'
import {
  type MediaAttachmentRow,
  mediaAttachmentColumns,
  type StatusEditRow,
  statusEditColumns,
} from '../../rows.gen.ts'
import { columns, statement } from '../../statement.ts'
import { byColumn } from '../../to-map.ts'

const edits = statement<StatusEditRow>(
  'graph_status_edits',
  `select ${columns(statusEditColumns)} from status_edits where status_id = $1 order by id`,
)

const media = statement<MediaAttachmentRow>(
  'graph_media_by_ids',
  `select ${columns(mediaAttachmentColumns)} from media_attachments where id = any($1::bigint[])`,
)

/** The snapshots of a status, oldest first. */
export async function editsOfStatus(db: Db, statusId: string): Promise<StatusEditRow[]> {
  return edits(db, [statusId])
}

/** Attachments whether they still hang on a status or not; missing ids are absent. */
export async function mediaByIds(db: Db, ids: readonly string[]): Promise<Map<string, MediaAttachmentRow>> {
  return ids.length === 0 ? new Map() : byColumn(await media(db, [[...new Set(ids)]]), 'id')
}
