import type { CachedKind } from '@anancus/db/queries/media-cache'
import { type CachedFile, forgetCachedFiles } from '@anancus/db/queries/media-cache-files'
import {
  cachedCardsByIds,
  cachedEmojisByIds,
  cachedMediaByIds,
  cachedProfilesByIds,
  emptyCachedCards,
  emptyCachedEmojis,
  emptyCachedMedia,
  emptyCachedPictures,
} from '@anancus/db/queries/media-cache-removal'
import type { Ctx } from '../../kernel/context.ts'
import { cardKey, profileImageKey } from '../../kernel/storage/keys.ts'
import { deleteEmojiFiles, deleteMediaFiles } from '../media/index.ts'
import { byKind } from './judge-files.ts'

type Remover = (ctx: Ctx, ids: readonly string[]) => Promise<readonly { id: string }[]>

const REMOVERS: Readonly<Record<CachedKind, Remover>> = {
  attachment: async (ctx, ids) => {
    const rows = await cachedMediaByIds(ctx.db, ids)
    await deleteMediaFiles(ctx, rows)
    await emptyCachedMedia(ctx.db, rows)
    return rows
  },
  avatar: (ctx, ids) => removePictures(ctx, 'avatar', ids),
  header: (ctx, ids) => removePictures(ctx, 'header', ids),
  emoji: async (ctx, ids) => {
    const rows = await cachedEmojisByIds(ctx.db, ids)
    await deleteEmojiFiles(ctx, rows)
    await emptyCachedEmojis(ctx.db, rows)
    return rows
  },
  card: async (ctx, ids) => {
    const rows = await cachedCardsByIds(ctx.db, ids)
    await deleteKeys(ctx, rows.map(cardKey))
    await emptyCachedCards(ctx.db, rows)
    return rows
  },
}

/**
 * Removes copies of remote files, never anything of people here. Files go before rows: after a crash in between their rows
 * are still in the books and have their turn again. A few statements a kind, however many files.
 */
export async function removeFiles(ctx: Ctx, files: readonly CachedFile[]): Promise<void> {
  for (const [kind, ofKind] of byKind(files)) {
    const ids = ofKind.map((file) => file.owner_id)
    const found = new Set((await REMOVERS[kind](ctx, ids)).map(({ id }) => id))
    const gone = ids.filter((id) => !found.has(id))
    if (gone.length > 0) await forgetCachedFiles(ctx.db, kind, gone)
  }
}

async function removePictures(
  ctx: Ctx,
  kind: 'avatar' | 'header',
  ids: readonly string[],
): Promise<readonly { id: string }[]> {
  const rows = await cachedProfilesByIds(ctx.db, ids)
  const styles = ['original', 'static'] as const
  await deleteKeys(
    ctx,
    rows.flatMap((row) => styles.map((style) => profileImageKey(row, kind, style))),
  )
  await emptyCachedPictures(ctx.db, kind, rows)
  return rows
}

async function deleteKeys(ctx: Ctx, keys: readonly (string | null)[]): Promise<void> {
  const found = keys.filter((key) => key !== null)
  if (found.length > 0) await ctx.storage.delete(found)
}
