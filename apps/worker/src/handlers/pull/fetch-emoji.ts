import { fetchEmoji } from '@anancus/core/domain/media'
import type { fetchEmojiJob } from '@anancus/core/jobs'
import type { Handler } from '../handler.ts'

export const handle: Handler<typeof fetchEmojiJob> = async (ctx, payload) => {
  await fetchEmoji(ctx, payload)
}
