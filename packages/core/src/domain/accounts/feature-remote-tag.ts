import type { AccountRow } from '@anancus/db'
import {
  countFeatured,
  deleteFeaturedTag,
  insertFeaturedTag,
  keepOnlyFeatured,
} from '@anancus/db/queries/featured-tags'
import { lockName } from '@anancus/db/queries/status-writes'
import { displayTagName } from '../../kernel/text/tag-name.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { findTag, isTagName, useTags } from '../tags/index.ts'
import { MAX_FEATURED_TAGS } from './limits.ts'

/** A remote account shows a hashtag on its profile. False: not the name of one, or one too many. */
export async function featureRemoteTag(ctx: Ctx, account: AccountRow, name: string): Promise<boolean> {
  if (!isTagName(name)) return false
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, `featured_tags:${account.id}`)
    if ((await countFeatured(tx.db, account.id)) >= MAX_FEATURED_TAGS) return false
    return add(tx, account, [name])
  })
}

/** A remote account shows a hashtag no more. False: it did not. */
export async function unfeatureRemoteTag(ctx: Ctx, account: AccountRow, name: string): Promise<boolean> {
  const tag = isTagName(name) ? await findTag(ctx, name) : null
  return tag !== null && deleteFeaturedTag(ctx.db, account.id, tag.id)
}

/** A remote account shows exactly these hashtags, ten at most; what is no name of one is left out. */
export async function setFeaturedTags(
  ctx: Ctx,
  account: AccountRow,
  names: readonly string[],
): Promise<void> {
  const wanted = names.filter(isTagName).slice(0, MAX_FEATURED_TAGS)
  await transaction(ctx, async (tx) => {
    await lockName(tx.db, `featured_tags:${account.id}`)
    await keepOnlyFeatured(
      tx.db,
      account.id,
      (await useTags(tx, wanted)).map((tag) => tag.id),
    )
    await add(tx, account, wanted)
  })
}

async function add(tx: Ctx, account: AccountRow, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    const [tag] = await useTags(tx, [name])
    if (tag) await insertFeaturedTag(tx.db, account.id, tag.id, displayTagName(name))
  }
  return names.length > 0
}
