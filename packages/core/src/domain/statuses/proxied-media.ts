import { type MediaAttachmentRow, stored, VISIBILITIES } from '@anancus/db'
import { mediaById } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError, PermanentJobError, UnavailableError } from '../../kernel/errors.ts'
import { countUse } from '../../kernel/rate-limit.ts'
import { mediaKey, mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import {
  fetchMediaOnce,
  hasRoom,
  isFetchable,
  isFetchableFilm,
  isFromRejected,
  wantFilm,
} from '../media/index.ts'
import { getVisibleStatus } from './reads.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

export interface ProxiedMedia {
  url: string
  /** Everyone may be sent there. */
  isPublic: boolean
}

/**
 * Where the file of an attachment is: in our store, into which a remote picture is brought first, or on its own server:
 * so are films and sounds until their copy is here, and all while the disk is nearly full.
 *
 * @throws NotFoundError no such attachment, its status is not visible, or its server has it no longer
 * @throws RemoteServerError its server does not answer now
 * @throws RaceError somebody else has been fetching it for too long
 * @throws UnavailableError it was asked for too often lately, and never came
 */
export async function proxiedMediaUrl(
  ctx: Ctx,
  viewer: Viewer | null,
  mediaId: string,
  style: 'original' | 'small',
): Promise<ProxiedMedia> {
  const media = await mediaById(ctx.db, mediaId)
  if (!media || media.status_id === null) throw new NotFoundError('Not Found')
  const { status } = await getVisibleStatus(ctx, viewer, media.status_id)
  if (isFetchable(media) && !(await hasRoom(ctx))) {
    if (await isFromRejected(ctx, media)) throw new NotFoundError('Not Found')
    return { url: remoteAddress(media, style), isPublic: status.visibility <= UNLISTED }
  }
  if (isFetchable(media)) await fetchOnce(ctx, media)
  if (isFetchableFilm(media)) await askForFilm(ctx, media)
  const current = await mediaById(ctx.db, mediaId)
  const key = current && ((style === 'small' && mediaThumbnailKey(current)) || mediaKey(current, style))
  const url = key ? ctx.storage.url(key) : remoteUrl(current, style)
  return { url, isPublic: status.visibility <= UNLISTED }
}

/** The visitor does not wait for it, and it is not asked for again and again where it never comes. */
async function askForFilm(ctx: Ctx, media: MediaAttachmentRow): Promise<void> {
  const { exceeded } = await countUse(ctx, 'media-tries', media.id)
  if (!exceeded) await wantFilm(ctx, media.id)
}

async function fetchOnce(ctx: Ctx, media: MediaAttachmentRow): Promise<void> {
  const countTry = async () => {
    const { exceeded } = await countUse(ctx, 'media-tries', media.id)
    if (exceeded) throw new UnavailableError()
  }
  try {
    await fetchMediaOnce(ctx, { mediaAttachmentId: media.id }, countTry)
  } catch (error) {
    if (error instanceof PermanentJobError) throw new NotFoundError('Not Found')
    throw error
  }
}

/**
 * Films and sounds take longer to come than a visitor waits, and so do the pictures that stand for them; a picture that
 * could not be brought is not shown from elsewhere either.
 */
function remoteUrl(media: MediaAttachmentRow | null, style: 'original' | 'small'): string {
  if (!media || isFetchable(media)) throw new NotFoundError('Not Found')
  return remoteAddress(media, style)
}

function remoteAddress(media: MediaAttachmentRow, style: 'original' | 'small'): string {
  const url = (style === 'small' && media.thumbnail_remote_url) || media.remote_url
  if (!/^https?:\/\//.test(url)) throw new NotFoundError('Not Found')
  return url
}
