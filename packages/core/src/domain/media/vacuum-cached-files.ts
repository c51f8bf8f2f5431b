import type { Ctx } from '../../kernel/context.ts'
import { getSetting } from '../settings/index.ts'
import { oldCards, oldMedia, removeOldCard, removeOldMedia } from './cached-files.ts'

const DAY_MS = 86_400_000

/**
 * Removes copies of remote attachments and of the pictures of cards that nothing fetched anew for as many days as the
 * moderators set. Without that setting nothing goes. Nightly.
 *
 * @returns how many went
 */
export async function vacuumCachedFiles(ctx: Ctx): Promise<number> {
  const days = await getSetting(ctx, 'media_cache_retention_period')
  if (days === null || days <= 0) return 0
  const before = new Date(ctx.clock.now().getTime() - days * DAY_MS)
  let removed = 0
  const media = oldMedia(ctx, { before, keepInteracted: false, untouchedOnly: true })
  for await (const rows of media.rows())
    for (const row of rows) {
      await removeOldMedia(ctx, row, false)
      removed += 1
    }
  for await (const rows of oldCards(ctx, { before, linksOnly: false }).rows())
    for (const row of rows) {
      await removeOldCard(ctx, row, false)
      removed += 1
    }
  return removed
}
