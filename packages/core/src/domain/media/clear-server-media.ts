import type { AccountRow, CustomEmojiRow, MediaAttachmentRow } from '@anancus/db'
import {
  accountsWithImages,
  deleteEmojisBelow,
  forgetMediaFiles,
  forgetProfileImages,
  storedMediaOfDomains,
} from '@anancus/db/queries/domain-accounts'
import type { Ctx } from '../../kernel/context.ts'
import { emojiKey, profileImageKey } from '../../kernel/storage/keys.ts'
import { deleteMediaFiles } from './store-image.ts'

const BATCH = 200

/**
 * Deletes what our store holds of some servers: pictures of profiles and attachments. The rows keep the addresses, as
 * mere links. Files before rows: a crash in between leaves nothing behind, and the next run goes on.
 */
export async function clearServerMedia(ctx: Ctx, domains: readonly string[]): Promise<void> {
  await inBatches(
    () => accountsWithImages(ctx.db, domains, BATCH),
    async (accounts: AccountRow[]) => {
      await deleteFiles(ctx, accounts.flatMap(profileKeys))
      await forgetProfileImages(ctx.db, idsOf(accounts))
    },
  )
  await inBatches(
    () => storedMediaOfDomains(ctx.db, domains, BATCH),
    async (media: MediaAttachmentRow[]) => {
      await deleteMediaFiles(ctx, media)
      await forgetMediaFiles(ctx.db, idsOf(media))
    },
  )
}

/** Deletes the custom emojis of a domain and of what lies below it; returns how many. */
export async function deleteServerEmojis(ctx: Ctx, domain: string): Promise<number> {
  let total = 0
  await inBatches(
    () => deleteEmojisBelow(ctx.db, domain, BATCH),
    async (emojis: CustomEmojiRow[]) => {
      total += emojis.length
      await deleteEmojiFiles(ctx, emojis)
    },
  )
  return total
}

/** Deletes the files behind rows of custom emojis; missing ones are no error. */
export async function deleteEmojiFiles(ctx: Ctx, emojis: readonly CustomEmojiRow[]): Promise<void> {
  await deleteFiles(
    ctx,
    emojis.flatMap((emoji) => [emojiKey(emoji, 'original'), emojiKey(emoji, 'static')]),
  )
}

/** Files of a profile in our store. */
export function profileKeys(account: AccountRow): (string | null)[] {
  return (['avatar', 'header'] as const).flatMap((kind) => [
    profileImageKey(account, kind, 'original'),
    profileImageKey(account, kind, 'static'),
  ])
}

async function inBatches<Row>(
  next: () => Promise<Row[]>,
  work: (rows: Row[]) => Promise<void>,
): Promise<void> {
  for (;;) {
    const rows = await next()
    if (rows.length > 0) await work(rows)
    if (rows.length < BATCH) return
  }
}

async function deleteFiles(ctx: Ctx, keys: readonly (string | null)[]): Promise<void> {
  const found = keys.filter((key) => key !== null)
  if (found.length > 0) await ctx.storage.delete(found)
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map((row) => row.id)
}
