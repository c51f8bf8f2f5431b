import {
  emojiCategory,
  localEmojiByShortcode,
  localEmojis,
  makeEmojiCategory,
  nextEmojiId,
  saveLocalEmoji,
  deleteEmojis,
} from '@anancus/db/queries/emoji-files'
import type { CustomEmojiRow } from '@anancus/db'
import type { Ctx } from '../../kernel/context.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { batchesOf } from './batches.ts'
import { deleteEmojiFiles } from './clear-server-media.ts'
import { storeEmojiImage } from './emoji-image.ts'
import { withTemporaryFile } from './temporary-file.ts'

const BATCH = 200
const SHORTCODE = /^[a-zA-Z0-9_]{2,128}$/

/** What an archive says of an emoji, and where it is to stand. */
export interface NewEmoji {
  shortcode: string
  image: Buffer
  isVisible: boolean
  categoryId: string | null
  /** Give one that is there this picture. */
  overwrite: boolean
}

/**
 * Makes a custom emoji of this server.
 *
 * @returns `skipped` when there is one of that name
 * @throws ValidationError its name or its picture is none we take
 */
export async function importEmoji(ctx: Ctx, emoji: NewEmoji): Promise<'imported' | 'skipped'> {
  const { shortcode, image, isVisible, categoryId } = emoji
  const existing = await localEmojiByShortcode(ctx.db, shortcode)
  if (existing && !emoji.overwrite) return 'skipped'
  if (!SHORTCODE.test(shortcode)) throw ValidationError.failed('Shortcode is invalid')
  const id = existing?.id ?? (await nextEmojiId(ctx.db))
  const picture = await withTemporaryFile(image, (path) =>
    storeEmojiImage(ctx, { id, domain: null }, { path, bytes: image.length }),
  )
  await saveLocalEmoji(ctx.db, { id, shortcode, picture, isVisible, categoryId })
  if (existing) await deleteEmojiFiles(ctx, [existing])
  return 'imported'
}

/** The id of a category of emojis, which is made if there is none. */
export const categoryFor = (ctx: Ctx, name: string): Promise<string> => makeEmojiCategory(ctx.db, name)

/** Null: there is no such category. */
export const findEmojiCategory = async (ctx: Ctx, name: string): Promise<string | null> =>
  (await emojiCategory(ctx.db, name))?.id ?? null

/** The custom emojis of this server that have a picture, of a category or all. */
export async function* ownEmojis(ctx: Ctx, categoryId: string | null): AsyncGenerator<CustomEmojiRow> {
  const batches = batchesOf(
    async () => 0,
    (afterId, limit) => localEmojis(ctx.db, categoryId, afterId, limit),
  )
  for await (const rows of batches.rows()) yield* rows
}

/** Deletes custom emojis with their files: all, those of others, or those of suspended servers. */
export async function purgeCustomEmojis(
  ctx: Ctx,
  scope: { remoteOnly: boolean; suspendedOnly: boolean },
): Promise<number> {
  for (let total = 0; ; ) {
    const emojis = await deleteEmojis(ctx.db, scope, BATCH)
    await deleteEmojiFiles(ctx, emojis)
    total += emojis.length
    if (emojis.length < BATCH) return total
  }
}
