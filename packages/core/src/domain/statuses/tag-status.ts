import { type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { countFeaturedTags, setStatusTags, tagIdsOfStatus } from '@anancus/db/queries/tags'
import type { Ctx } from '../../kernel/context.ts'
import { useTags } from '../tags/index.ts'
import { refuseProblems } from './status-text.ts'

const UNLISTED = stored(VISIBILITIES, 'unlisted')

/**
 * Gives a local status its hashtags, making new ones, and counts them among the author's featured ones.
 *
 * @throws ValidationError a moderator has forbidden one
 */
export async function tagStatus(tx: Ctx, status: StatusRow, names: readonly string[]): Promise<void> {
  const tags = await useTags(tx, names)
  refuseDisallowed(tags.filter((tag) => tag.usable === false).map((tag) => tag.name))
  const ids = tags.map((tag) => tag.id)
  await setStatusTags(tx.db, status.id, ids)
  if (status.visibility <= UNLISTED)
    await countFeaturedTags(tx.db, status.account_id, ids, 1, status.created_at)
}

/** Gives an edited status other hashtags. @throws ValidationError a moderator has forbidden one */
export async function retagStatus(tx: Ctx, status: StatusRow, names: readonly string[]): Promise<void> {
  const before = await tagIdsOfStatus(tx.db, status.id)
  const tags = await useTags(tx, names)
  const ids = tags.map((tag) => tag.id)
  refuseDisallowed(
    tags.filter((tag) => tag.usable === false && !before.includes(tag.id)).map((tag) => tag.name),
  )
  if (ids.length === 0 && before.length === 0) return
  await setStatusTags(tx.db, status.id, ids)
  if (status.visibility > UNLISTED) return
  const added = ids.filter((id) => !before.includes(id))
  const gone = before.filter((id) => !ids.includes(id))
  await countFeaturedTags(tx.db, status.account_id, added, 1, status.created_at)
  await countFeaturedTags(tx.db, status.account_id, gone, -1, null)
}

function refuseDisallowed(names: readonly string[]): void {
  const [word] = names.length > 1 ? ['the disallowed hashtags'] : ['a disallowed hashtag']
  refuseProblems(names.length === 0 ? [] : [`Text contained ${word}: ${names.join(', ')}`])
}
