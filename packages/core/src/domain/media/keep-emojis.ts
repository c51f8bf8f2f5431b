import { type RemoteEmoji, upsertRemoteEmojis } from '@anancus/db/queries/remote-accounts'
import type { Ctx } from '../../kernel/context.ts'
import { isMediaRejected } from './download.ts'

/** Stores the custom emojis of another server, unless a moderator wants no files of it. No statement without emojis. */
export async function keepRemoteEmojis(
  ctx: Ctx,
  domain: string,
  emojis: readonly RemoteEmoji[],
): Promise<void> {
  if (emojis.length === 0 || (await isMediaRejected(ctx, domain))) return
  await upsertRemoteEmojis(ctx.db, domain, emojis)
}
