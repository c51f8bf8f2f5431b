import type { AnnouncementRow } from '@anancus/db'
import {
  announceableStatusIds,
  announcementById,
  dueAnnouncementIds,
  endedAnnouncementIds,
  updateAnnouncementRow,
} from '@anancus/db/queries/announcements'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { scanEntities } from '../../kernel/text/scan.ts'
import { streamToActive } from './announcement-streams.ts'
import { renderAnnouncements } from './read-announcements.ts'

/**
 * Publishes an announcement, finds the statuses it links to, and shows it to everyone connected. Doing it again shows it
 * anew and keeps the time.
 *
 * @throws NotFoundError
 */
export async function publishAnnouncement(ctx: Ctx, id: string): Promise<AnnouncementRow> {
  const before = await announcementById(ctx.db, id)
  if (!before) throw new NotFoundError()
  const row = await updateAnnouncementRow(ctx.db, id, {
    status_ids: await linkedStatusIds(ctx, before.text),
    ...(before.published ? {} : { published: true, published_at: ctx.clock.now(), scheduled_at: null }),
  })
  if (!row) throw new NotFoundError()
  // One text for everyone: nobody's marks are in it.
  const [payload] = await renderAnnouncements(ctx, null, [row])
  if (payload) await streamToActive(ctx, { event: 'announcement', payload })
  return row
}

/** Takes an announcement back, here and from open clients. @throws NotFoundError */
export async function unpublishAnnouncement(ctx: Ctx, id: string): Promise<AnnouncementRow> {
  const row = await updateAnnouncementRow(ctx.db, id, { published: false, scheduled_at: null })
  if (!row) throw new NotFoundError()
  await streamToActive(ctx, { event: 'announcement.delete', payload: id })
  return row
}

/** Publishes what is due and takes back what has ended. Runs every minute. @returns how many of each */
export async function turnAnnouncements(ctx: Ctx): Promise<{ published: number; ended: number }> {
  const now = ctx.clock.now()
  const ended = await endedAnnouncementIds(ctx.db, now)
  for (const id of ended) await unpublishAnnouncement(ctx, id)
  const due = await dueAnnouncementIds(ctx.db, now)
  for (const id of due) await publishAnnouncement(ctx, id)
  return { published: due.length, ended: ended.length }
}

/** The statuses everyone may see that a text links to: ours by page or address, others by the address we know. */
async function linkedStatusIds(ctx: Ctx, text: string): Promise<string[]> {
  const urls = scanEntities(text).flatMap((entity) => (entity.kind === 'url' ? [entity.url] : []))
  const own = urls.filter((url) => url.startsWith(`${ctx.config.baseUrl}/`))
  const ids = own.flatMap((url) => /\/(\d+)\/?$/.exec(url)?.[1] ?? []).filter(isId)
  return announceableStatusIds(ctx.db, ids, urls)
}
