import type { CustomEmojiRow } from '@anancus/db'
import type { EmojiPicture } from '@anancus/db/queries/emoji-files'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { emojiKey } from '../../kernel/storage/keys.ts'
import { decoding, openImage, readHeader } from './decoder.ts'
import { identifyImage, invalidType } from './identify.ts'
import { MAX_EMOJI_BYTES } from './limits.ts'
import { encoded } from './process-image.ts'
import { randomName } from './store-image.ts'

const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/gif', 'image/webp'])

/**
 * Makes the picture of an emoji anew, with a still of it, and stores both. The row is left to the caller.
 *
 * @throws ValidationError no PNG, GIF or WebP, too large, or not decodable
 */
export async function storeEmojiImage(
  ctx: Ctx,
  emoji: Pick<CustomEmojiRow, 'id' | 'domain'>,
  file: { path: string; bytes: number },
): Promise<EmojiPicture & { stillBytes: number }> {
  if (file.bytes >= MAX_EMOJI_BYTES)
    throw ValidationError.failed(`Image must be less than ${MAX_EMOJI_BYTES / 1024} KB`)
  const image = await identifyImage(ctx, file.path)
  if (!TYPES.has(image.type)) throw invalidType()
  const { frames } = await readHeader(image)
  const original = await decoding(async () =>
    encoded((await openImage(image, { animated: frames > 1 })).autoOrient(), image.storedAs).toBuffer(),
  )
  const still = await decoding(async () => encoded((await openImage(image)).autoOrient(), 'png').toBuffer())
  const fileName = randomName(image.storedAs)
  const contentType = `image/${image.storedAs}`
  const place = { ...emoji, image_file_name: fileName, image_storage_schema_version: 1 }
  await put(ctx, emojiKey(place, 'original'), original, contentType)
  await put(ctx, emojiKey(place, 'static'), still, 'image/png')
  return { fileName, contentType, bytes: original.length, stillBytes: still.length }
}

async function put(ctx: Ctx, key: string | null, body: Buffer, contentType: string): Promise<void> {
  if (key !== null) await ctx.storage.put(key, body, { contentType, length: body.length })
}
