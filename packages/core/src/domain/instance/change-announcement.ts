import type { AnnouncementRow } from '@anancus/db'
import {
  allAnnouncements,
  announcementById,
  deleteAnnouncementRow,
  insertAnnouncement,
  updateAnnouncementRow,
} from '@anancus/db/queries/announcements'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { publishAnnouncement, unpublishAnnouncement } from './publish-announcement.ts'

export interface AnnouncementValues {
  text: string
  startsAt?: Date | null
  endsAt?: Date | null
  /** The times are days. */
  allDay?: boolean
  /** Published then; without it at once, unless it is a draft. */
  scheduledAt?: Date | null
}

/** Every announcement, drafts included, the newest first. */
export const listAnnouncements = (ctx: Ctx): Promise<AnnouncementRow[]> => allAnnouncements(ctx.db)

/** @throws NotFoundError */
export async function getAnnouncement(ctx: Ctx, id: string): Promise<AnnouncementRow> {
  const row = await announcementById(ctx.db, id)
  if (!row) throw new NotFoundError()
  return row
}

/**
 * Makes an announcement: published at once, at its time, or for a draft by `publishAnnouncement`.
 *
 * @throws ValidationError no text, or only one end of an event
 */
export async function createAnnouncement(
  ctx: Ctx,
  values: AnnouncementValues,
  options: { isDraft?: boolean } = {},
): Promise<AnnouncementRow> {
  checkAnnouncement(values)
  const row = await insertAnnouncement(ctx.db, columnsOf(values))
  if (options.isDraft || values.scheduledAt) return row
  return publishAnnouncement(ctx, row.id)
}

/**
 * Changes an announcement; one that is published is shown anew to whoever is connected.
 *
 * @throws NotFoundError ValidationError
 */
export async function updateAnnouncement(
  ctx: Ctx,
  id: string,
  values: AnnouncementValues,
): Promise<AnnouncementRow> {
  checkAnnouncement(values)
  const row = await updateAnnouncementRow(ctx.db, id, columnsOf(values))
  if (!row) throw new NotFoundError()
  return row.published ? publishAnnouncement(ctx, id) : row
}

/** Deletes an announcement, its reactions and marks. @throws NotFoundError */
export async function deleteAnnouncement(ctx: Ctx, id: string): Promise<void> {
  const row = await getAnnouncement(ctx, id)
  if (row.published) await unpublishAnnouncement(ctx, id)
  await deleteAnnouncementRow(ctx.db, id)
}

function checkAnnouncement({ text, startsAt, endsAt }: AnnouncementValues): void {
  const problems = [
    text.trim() === '' && "Text can't be blank",
    endsAt && !startsAt && "Starts at can't be blank",
    startsAt && !endsAt && "Ends at can't be blank",
  ].filter((problem) => typeof problem === 'string')
  if (problems.length > 0) throw ValidationError.failed(...problems)
}

function columnsOf({ text, startsAt, endsAt, allDay, scheduledAt }: AnnouncementValues) {
  return {
    text,
    starts_at: startsAt ?? null,
    ends_at: endsAt ?? null,
    all_day: allDay ?? false,
    scheduled_at: scheduledAt ?? null,
  }
}
