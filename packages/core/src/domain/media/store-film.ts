import { createReadStream } from 'node:fs'
import { mediaKey } from '../../kernel/storage/keys.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { ProcessedFilm } from './process-film.ts'
import { type Place, randomName } from './store-image.ts'

interface Kept extends Pick<ProcessedFilm, 'path' | 'bytes' | 'contentType' | 'extension'> {
  preview?: Buffer | null
  /** False for what was only sent so far: nobody but us may read it. */
  isPublic?: boolean
}

/** Stores a film or a sound, as a stream, and its still; all or nothing. Returns what its row is to say of the file. */
export async function storeFilm(
  ctx: Ctx,
  place: Omit<Place, 'file_file_name'>,
  { path, bytes, contentType, extension, preview, isPublic = true }: Kept,
): Promise<{ name: string; contentType: string; bytes: number }> {
  const name = randomName(extension)
  const original = mediaKey({ ...place, file_file_name: name }, 'original')
  const small = preview ? mediaKey({ ...place, file_file_name: name }, 'small') : null
  try {
    if (original)
      await ctx.storage.put(original, createReadStream(path), { contentType, length: bytes, isPublic })
    if (small && preview)
      await ctx.storage.put(small, preview, { contentType: 'image/png', length: preview.length })
  } catch (error) {
    await ctx.storage
      .delete([original, small].filter((key) => key !== null))
      .catch((failure) => ctx.log.warn({ error: failure }, 'a half-stored file stays'))
    throw error
  }
  return { name, contentType, bytes }
}
