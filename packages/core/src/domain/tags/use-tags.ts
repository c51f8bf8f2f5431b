import type { TagRow } from '@anancus/db'
import { findOrInsertTags } from '@anancus/db/queries/tags'
import type { Ctx } from '../../kernel/context.ts'
import { displayTagName, normalizeTagName } from '../../kernel/text/tag-name.ts'
import { MAX_TAG_CHARACTERS } from './limits.ts'

/**
 * The tags of names as they were typed, made where they are new; each once, in the order given. What is no name after
 * normalising is left out.
 */
export async function useTags(ctx: Ctx, names: readonly string[]): Promise<TagRow[]> {
  const wanted = new Map<string, string>()
  for (const typed of names) {
    const name = normalizeTagName(typed)
    if (name !== '' && name.length <= MAX_TAG_CHARACTERS && !wanted.has(name))
      wanted.set(name, displayTagName(typed))
  }
  const tags = await findOrInsertTags(
    ctx.db,
    [...wanted].map(([name, displayName]) => ({ name, displayName })),
  )
  const byName = new Map(tags.map((tag) => [tag.name.toLowerCase(), tag]))
  return [...wanted.keys()].flatMap((name) => byName.get(name) ?? [])
}
