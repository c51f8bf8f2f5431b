import { type RemoteEmoji, upsertRemoteEmojis } from '@anancus/db/queries/remote-accounts'
import { fetchEmojiJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueueMany } from '../../kernel/enqueue.ts'
import { isMediaRejected } from './download.ts'

/**
 * Stores the custom emojis of another server, unless a moderator wants no files of it; pictures that are not here are
 * fetched. No statement without emojis.
 */
export async function keepRemoteEmojis(
  ctx: Ctx,
  domain: string,
  emojis: readonly RemoteEmoji[],
): Promise<void> {
  if (emojis.length === 0 || (await isMediaRejected(ctx, domain))) return
  const ids = await upsertRemoteEmojis(ctx.db, domain, emojis)
  await enqueueMany(
    ctx,
    fetchEmojiJob,
    ids.map((customEmojiId) => ({ customEmojiId })),
  )
}
