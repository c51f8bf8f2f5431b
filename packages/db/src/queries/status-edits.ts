import type { Db } from '../connection.ts'
import { type StatusEditRow, statusEditColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

export interface NewStatusEdit {
  statusId: string
  accountId: string
  text: string
  spoilerText: string
  sensitive: boolean
  mediaIds: readonly string[]
  /** One for each of the media, in their order; '' for none. */
  mediaDescriptions: readonly string[]
  pollOptions: readonly string[] | null
  quoteId: string | null
  createdAt: Date
  /** Only if the status has no edit yet: what it was in the beginning. */
  onlyFirst?: boolean
}

const insert = statement<{ id: string }>(
  'status_edit_insert',
  `insert into status_edits (status_id, account_id, text, spoiler_text, sensitive, ordered_media_attachment_ids,
     media_descriptions, poll_options, quote_id, created_at, updated_at)
   select $1, $2, $3, $4, $5, $6::bigint[], $7::text[], $8::text[], $9::bigint, $10::timestamptz, $10
   where not $11::boolean or not exists (select from status_edits where status_id = $1)
   returning id`,
)

/** Records a version of a status. */
export async function insertStatusEdit(db: Db, edit: NewStatusEdit): Promise<void> {
  await insert(db, [
    edit.statusId,
    edit.accountId,
    edit.text,
    edit.spoilerText,
    edit.sensitive,
    edit.mediaIds,
    edit.mediaDescriptions,
    edit.pollOptions,
    edit.quoteId,
    edit.createdAt,
    edit.onlyFirst ?? false,
  ])
}

const select = statement<StatusEditRow>(
  'status_edits_of_status',
  `select ${columns(statusEditColumns)} from status_edits where status_id = $1 order by id`,
)

/** The versions of a status, oldest first; none when it was never edited. */
export async function statusEdits(db: Db, statusId: string): Promise<StatusEditRow[]> {
  return select(db, [statusId])
}
