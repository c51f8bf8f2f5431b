import type { AccountRow, MediaAttachmentRow, PreviewCardRow } from '@anancus/db'
import {
  countOldCachedCards,
  countOldCachedMedia,
  countOldCachedProfiles,
  dropCachedCards,
  dropCachedMedia,
  dropCachedProfiles,
  type OldCards,
  type OldMedia,
  type OldProfiles,
  oldCachedCards,
  oldCachedMedia,
  oldCachedProfiles,
} from '@anancus/db/queries/cached-files'
import type { Ctx } from '../../kernel/context.ts'
import { cardKey, profileImageKey } from '../../kernel/storage/keys.ts'
import { type Batches, batchesOf } from './batches.ts'
import { deleteMediaFiles } from './store-image.ts'

/**
 * Copies of remote files that an operator removes by age. They can be had again: attachments when somebody looks, the
 * pictures of profiles and cards when these are refreshed. Files go before rows, so a crash leaves nothing behind. Each
 * removal gives the bytes that were freed, or would be in a dry run.
 */

/** Copies of attachments made until a time. */
export function oldMedia(ctx: Ctx, query: OldMedia): Batches<MediaAttachmentRow> {
  return batchesOf(
    () => countOldCachedMedia(ctx.db, query),
    (afterId, limit) => oldCachedMedia(ctx.db, query, afterId, limit),
  )
}

export async function removeOldMedia(
  ctx: Ctx,
  media: MediaAttachmentRow,
  isDryRun: boolean,
): Promise<number> {
  if (!isDryRun) {
    await deleteMediaFiles(ctx, [media])
    await dropCachedMedia(ctx.db, [media.id])
  }
  return (media.file_file_size ?? 0) + (media.thumbnail_file_size ?? 0)
}

/** Pictures of remote profiles that nobody heard of since a time. */
export function oldProfiles(ctx: Ctx, query: OldProfiles): Batches<AccountRow> {
  return batchesOf(
    () => countOldCachedProfiles(ctx.db, query),
    (afterId, limit) => oldCachedProfiles(ctx.db, query, afterId, limit),
  )
}

export async function removeOldProfile(
  ctx: Ctx,
  account: AccountRow,
  { withAvatars, isDryRun }: { withAvatars: boolean; isDryRun: boolean },
): Promise<number> {
  const kinds = withAvatars ? (['avatar', 'header'] as const) : (['header'] as const)
  if (!isDryRun) {
    const keys = kinds.flatMap((kind) =>
      (['original', 'static'] as const).map((style) => profileImageKey(account, kind, style)),
    )
    await ctx.storage.delete(keys.filter((key) => key !== null))
    await dropCachedProfiles(ctx.db, [account.id], withAvatars)
  }
  return kinds.reduce((bytes, kind) => bytes + (account[`${kind}_file_size`] ?? 0), 0)
}

/** Pictures of preview cards that nothing touched since a time. */
export function oldCards(ctx: Ctx, query: OldCards): Batches<PreviewCardRow> {
  return batchesOf(
    () => countOldCachedCards(ctx.db, query),
    (afterId, limit) => oldCachedCards(ctx.db, query, afterId, limit),
  )
}

export async function removeOldCard(ctx: Ctx, card: PreviewCardRow, isDryRun: boolean): Promise<number> {
  const key = cardKey(card)
  if (!isDryRun && key !== null) {
    await ctx.storage.delete([key])
    await dropCachedCards(ctx.db, [card.id])
  }
  return card.image_file_size ?? 0
}
