import type { AccountRow } from '@anancus/db'
import { deleteTagFollow, insertTagFollow } from '@anancus/db/queries/tags'
import type { Ctx } from '../../kernel/context.ts'
import { findTag, requireTagName } from './reads.ts'
import { useTags } from './use-tags.ts'

/**
 * Follows a hashtag, making it where nobody has used it. No error when it is followed.
 *
 * @throws NotFoundError not the name of a hashtag
 * @see https://docs.joinmastodon.org/methods/tags/#follow
 */
export async function followTag(ctx: Ctx, account: AccountRow, name: string): Promise<void> {
  for (const tag of await useTags(ctx, [requireTagName(name)]))
    await insertTagFollow(ctx.db, account.id, tag.id)
}

/** Undoes `followTag`, for this account alone. No error when it is not followed. @throws NotFoundError as there */
export async function unfollowTag(ctx: Ctx, account: AccountRow, name: string): Promise<void> {
  const tag = await findTag(ctx, requireTagName(name))
  if (tag) await deleteTagFollow(ctx.db, account.id, tag.id)
}
