import { pickableEmojis } from '@anancus/db/queries/instance'
import { customEmojiJson } from '../../entities/index.ts'
import type { CustomEmoji } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'

/** The custom emojis of this server that people may pick, by shortcode. */
export async function readCustomEmojis(ctx: Ctx): Promise<CustomEmoji[]> {
  const fileUrl = (key: string) => ctx.storage.url(key)
  return (await pickableEmojis(ctx.db)).flatMap((row) => {
    const emoji = customEmojiJson({ fileUrl }, row)
    return emoji ? [row.category === null ? emoji : { ...emoji, category: row.category }] : []
  })
}
