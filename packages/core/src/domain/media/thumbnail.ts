import { setMediaThumbnail, type StoredFile } from '@anancus/db/queries/media-attachments'
import type { MediaMeta } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import { coloursOf } from './colours.ts'
import { MAX_IMAGE_BYTES } from './limits.ts'
import { sizeMeta } from './process-image.ts'
import { smallPictureOf } from './small-picture.ts'
import { randomName } from './store-image.ts'

/** A stored picture that stands for a film or a sound, and what its row is to say of it. */
export interface Thumbnail {
  file: StoredFile
  blurhash: string
  meta: Required<Pick<MediaMeta, 'small' | 'colors'>>
}

/**
 * Makes a picture that stands for a film or a sound, and stores it: its author's choice, or the cover of a sound. The
 * temporary file is left to the caller.
 *
 * @throws ValidationError not a picture we take, too large, or not decodable
 */
export async function storeThumbnail(
  ctx: Ctx,
  media: { id: string; remote_url: string },
  path: string,
): Promise<Thumbnail> {
  const picture = await smallPictureOf(ctx, path, MAX_IMAGE_BYTES).catch(aboutThumbnail)
  const { data, contentType, extension, blurhash, width, height } = picture
  const name = randomName(extension)
  const key = thumbnailKey(media, name)
  if (key) await ctx.storage.put(key, data, { contentType, length: data.length })
  return {
    file: { name, contentType, bytes: data.length },
    blurhash,
    meta: { small: sizeMeta(width, height), colors: await coloursOf(data) },
  }
}

/** As `storeThumbnail`, for a cover: the sound is good without one that nobody can read. */
export async function storeCover(
  ctx: Ctx,
  media: { id: string; remote_url: string },
  path: string,
): Promise<Thumbnail | null> {
  try {
    return await storeThumbnail(ctx, media, path)
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    ctx.log.info({ error, mediaAttachmentId: media.id }, 'the cover of a sound is left out')
    return null
  }
}

/** Notes the cover of a sound, unless its author gave it another picture. */
export async function keepCover(
  ctx: Ctx,
  media: { id: string; remote_url: string },
  path: string,
): Promise<void> {
  const cover = await storeCover(ctx, media, path)
  if (!cover || (await setMediaThumbnail(ctx.db, media.id, cover, true))) return
  await deleteThumbnail(ctx, media, cover.file.name)
}

/** Deletes a thumbnail that no row speaks of any more. */
export async function deleteThumbnail(
  ctx: Ctx,
  media: { id: string; remote_url: string },
  name: string | null,
): Promise<void> {
  const key = name === null ? null : thumbnailKey(media, name)
  if (key) await ctx.storage.delete([key])
}

function thumbnailKey(media: { id: string; remote_url: string }, name: string): string | null {
  return mediaThumbnailKey({ ...media, thumbnail_file_name: name, thumbnail_storage_schema_version: 1 })
}

/** What is wrong is told of the file it is wrong with. */
function aboutThumbnail(error: unknown): never {
  if (!(error instanceof ValidationError)) throw error
  throw Object.assign(new ValidationError(error.message.replace(/\bFile (?!type)/g, 'Thumbnail ')), {
    cause: error,
  })
}
