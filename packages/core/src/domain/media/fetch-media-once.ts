import { mediaById } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { fetchFilmJob } from '../../jobs/index.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { withLock } from '../../kernel/lock.ts'
import { isFetchableFilm } from './fetch-film.ts'
import { fetchRemoteMedia, isFetchable } from './fetch-remote-media.ts'
import { BRING_LOCK_MS, BRING_WAIT_MS } from './limits.ts'

/**
 * Has a remote attachment brought here: a picture at once, a film or a sound by a job of its own, behind whatever people
 * here uploaded.
 */
export async function fetchAttachment(ctx: Ctx, payload: { mediaAttachmentId: string }): Promise<void> {
  const media = await mediaById(ctx.db, payload.mediaAttachmentId)
  if (media && isFetchableFilm(media)) await wantFilm(ctx, media.id)
  else await fetchMediaOnce(ctx, payload)
}

/** Asks for a film or a sound to be brought here; again while it waits changes nothing. */
export async function wantFilm(ctx: Ctx, mediaAttachmentId: string): Promise<void> {
  await enqueue(ctx, fetchFilmJob, { mediaAttachmentId }, { jobId: `film-${mediaAttachmentId}` })
}

/**
 * Brings a remote picture here as `fetchRemoteMedia` does, once, however many ask for it in however many processes: the
 * others wait, and find it.
 *
 * @param before runs before its server is asked, and not at all where it is here already
 * @throws RaceError somebody else has been fetching it for too long
 */
export async function fetchMediaOnce(
  ctx: Ctx,
  payload: { mediaAttachmentId: string },
  before: () => Promise<void> = async () => {},
): Promise<void> {
  const fetch = async () => {
    const current = await mediaById(ctx.db, payload.mediaAttachmentId)
    if (!current || !isFetchable(current)) return
    await before()
    await fetchRemoteMedia(ctx, payload)
  }
  const name = `media_download:${payload.mediaAttachmentId}`
  await withLock(ctx, name, BRING_LOCK_MS, fetch, { waitMs: BRING_WAIT_MS })
}
