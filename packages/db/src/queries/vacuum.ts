import type { Db } from '../connection.ts'
import { type MediaAttachmentRow, mediaAttachmentColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const orphans = statement<MediaAttachmentRow>(
  'vacuum_orphaned_media',
  `select ${columns(mediaAttachmentColumns)} from media_attachments
   where status_id is null and scheduled_status_id is null and created_at < $1
   order by id limit $2`,
)

/** Uploads that belong to no status, neither published nor scheduled, and are older than `before`. */
export async function orphanedMedia(db: Db, before: Date, limit: number): Promise<MediaAttachmentRow[]> {
  return orphans(db, [before, limit])
}

const tokens = statement<{ id: string }>(
  'vacuum_access_tokens',
  `delete from oauth_access_tokens where id in (
     select id from oauth_access_tokens
     where revoked_at < $1 or (expires_in is not null and created_at + expires_in * interval '1 second' < $1)
     order by id limit $2)
   returning id`,
)
const grants = statement<{ id: string }>(
  'vacuum_access_grants',
  `delete from oauth_access_grants where id in (
     select id from oauth_access_grants
     where revoked_at < $1 or created_at + expires_in * interval '1 second' < $1
     order by id limit $2)
   returning id`,
)

/** Deletes access tokens that ended before `before`; returns how many. */
export async function deleteEndedTokens(db: Db, before: Date, limit: number): Promise<number> {
  return (await tokens(db, [before, limit])).length
}

/** Deletes authorisation codes that ended before `before`; returns how many. */
export async function deleteEndedGrants(db: Db, before: Date, limit: number): Promise<number> {
  return (await grants(db, [before, limit])).length
}

const bodies = statement<{ id: string }>(
  'vacuum_activity_bodies',
  `delete from activity_bodies where id in (
     select b.id from activity_bodies b
     where b.created_at < $1 and not exists (
       select 1 from job_outbox j where j.name = 'federation.deliver' and j.payload ->> 'bodyId' = b.id::text)
     order by b.id limit $2)
   returning id`,
)

/** Deletes bodies of activities older than `before` for which no delivery waits; returns how many. */
export async function deleteDeliveredBodies(db: Db, before: Date, limit: number): Promise<number> {
  return (await bodies(db, [before, limit])).length
}

const statuses = statement<{ id: string }>(
  'vacuum_deleted_statuses',
  `with old as (
     select id from statuses where deleted_at < $1 order by deleted_at limit $2
   ), previews as (
     -- Has no foreign key, as in Mastodon's schema.
     delete from preview_cards_statuses where status_id = any(array(select id from old))
   )
   delete from statuses where id = any(array(select id from old)) returning id`,
)

/** Deletes the rows of statuses that were deleted before `before`, with all that hangs on them; returns how many. */
export async function deleteOldStatuses(db: Db, before: Date, limit: number): Promise<number> {
  return (await statuses(db, [before, limit])).length
}
