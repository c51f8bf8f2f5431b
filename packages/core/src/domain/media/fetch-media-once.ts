import { mediaById } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { withLock } from '../../kernel/lock.ts'
import { fetchRemoteMedia, isFetchable } from './fetch-remote-media.ts'
import { BRING_LOCK_MS, BRING_WAIT_MS } from './limits.ts'

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
