import type { Db } from '../../connection.ts'
import {
  type AccountRow,
  type MediaAttachmentRow,
  mediaAttachmentColumns,
  type TagRow,
} from '../../rows.gen.ts'
import { columns, statement } from '../../statement.ts'
import { groupedBy } from '../../to-map.ts'

/** A mention with as much of the account as its address needs. */
export interface MentionedAccount
  extends Pick<AccountRow, 'id' | 'username' | 'domain' | 'id_scheme' | 'uri' | 'url'> {
  status_id: string
  /** Addressed without being named in the text. */
  silent: boolean
  /** Of a group of another server: those who read it. */
  group_followers_url: string | null
}

export interface StatusTagRow extends Pick<TagRow, 'id' | 'name' | 'display_name'> {
  status_id: string
}

const media = statement<MediaAttachmentRow>(
  'graph_media',
  `select ${columns(mediaAttachmentColumns)} from media_attachments
   where status_id = any($1::bigint[]) order by status_id, id`,
)

const mentions = statement<MentionedAccount>(
  'graph_mentions',
  `select m.status_id, m.silent, a.id, a.username, a.domain, a.id_scheme, a.uri, a.url,
     case when a.actor_type = 'Group' and a.domain is not null then nullif(a.followers_url, '') end
       as group_followers_url
   from mentions m join accounts a on a.id = m.account_id
   where m.status_id = any($1::bigint[]) order by m.id`,
)

const tags = statement<StatusTagRow>(
  'graph_tags',
  `select st.status_id, t.id, t.name, t.display_name
   from statuses_tags st join tags t on t.id = st.tag_id
   where st.status_id = any($1::bigint[]) order by st.status_id, t.id`,
)

/** Media of each status, oldest first; the author's order is in `ordered_media_attachment_ids`. */
export async function mediaOfStatuses(
  db: Db,
  statusIds: readonly string[],
): Promise<Map<string | null, MediaAttachmentRow[]>> {
  return statusIds.length === 0 ? new Map() : groupedBy(await media(db, [statusIds]), 'status_id')
}

/** Mentions of each status in the order they were made, silent ones included. */
export async function mentionsOfStatuses(
  db: Db,
  statusIds: readonly string[],
): Promise<Map<string, MentionedAccount[]>> {
  return statusIds.length === 0 ? new Map() : groupedBy(await mentions(db, [statusIds]), 'status_id')
}

export async function tagsOfStatuses(
  db: Db,
  statusIds: readonly string[],
): Promise<Map<string, StatusTagRow[]>> {
  return statusIds.length === 0 ? new Map() : groupedBy(await tags(db, [statusIds]), 'status_id')
}
