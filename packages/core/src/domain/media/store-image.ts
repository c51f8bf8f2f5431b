import { randomBytes } from 'node:crypto'
import type { MediaAttachmentRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { mediaKey, mediaThumbnailKey } from '../../kernel/storage/keys.ts'
import type { ProcessedImage } from './process-image.ts'

/** What a key of an attachment depends on. */
export type Place = Parameters<typeof mediaKey>[0]

/** A name nobody can guess: whoever knows it may see the file. */
export function randomName(extension: string): string {
  return `${randomBytes(8).toString('hex')}${randomBytes(8).toString('hex')}.${extension}`
}

/** Stores both versions of a picture; all or nothing. Returns what its row is to say of the file. */
export async function storeImage(
  ctx: Ctx,
  place: Omit<Place, 'file_file_name'>,
  image: ProcessedImage,
): Promise<{ name: string; contentType: string; bytes: number }> {
  const name = randomName(image.extension)
  const { contentType } = image
  const original = mediaKey({ ...place, file_file_name: name }, 'original')
  const small = mediaKey({ ...place, file_file_name: name }, 'small')
  const keys = [original, small].filter((key) => key !== null)
  try {
    if (original)
      await ctx.storage.put(original, image.original, { contentType, length: image.original.length })
    if (small) await ctx.storage.put(small, image.small, { contentType, length: image.small.length })
  } catch (error) {
    await ctx.storage
      .delete(keys)
      .catch((failure) => ctx.log.warn({ error: failure }, 'a half-stored file stays'))
    throw error
  }
  return { name, contentType, bytes: image.original.length }
}

/** Deletes the files behind rows; missing ones are no error. */
export async function deleteMediaFiles(ctx: Ctx, rows: readonly MediaAttachmentRow[]): Promise<void> {
  const found = rows.flatMap(keysOf)
  if (found.length > 0) await ctx.storage.delete(found)
}

/** Where the files behind a row lie. */
export function keysOf(row: MediaAttachmentRow): string[] {
  return [mediaKey(row, 'original'), mediaKey(row, 'small'), mediaThumbnailKey(row)].filter(
    (key) => key !== null,
  )
}
