import { accountById } from '@anancus/db/queries/accounts'
import { storedMediaOfAccount } from '@anancus/db/queries/media-attachments'
import type { Ctx } from '../../kernel/context.ts'
import { profileKeys } from './clear-server-media.ts'
import { mediaState } from './own-media.ts'
import { keysOf } from './store-image.ts'

const BATCH = 200

/** Lets everybody see the files of an account, or nobody: while it is suspended. May run again. */
export async function setMediaPublic(ctx: Ctx, accountId: string, isPublic: boolean): Promise<void> {
  const account = await accountById(ctx.db, accountId)
  if (!account) return
  const pictures = profileKeys(account).filter((key) => key !== null)
  await ctx.storage.setPublic(pictures, isPublic)
  for (let afterId = '0'; ; ) {
    const media = await storedMediaOfAccount(ctx.db, accountId, afterId, BATCH)
    // What is still in work is as it was sent, and stays hidden.
    const shown = isPublic ? media.filter((row) => mediaState(row) === 'complete') : media
    await ctx.storage.setPublic(shown.flatMap(keysOf), isPublic)
    if (media.length < BATCH) return
    afterId = media.at(-1)?.id ?? afterId
  }
}
