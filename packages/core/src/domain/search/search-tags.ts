import type { Ctx } from '../../kernel/context.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { type ShownTag, showTags } from '../tags/index.ts'
import { ask } from './engines/choose.ts'

/** Searches hashtags by the beginning of their name, in any spelling; the exact one comes first. */
export async function searchTags(
  ctx: Ctx,
  viewer: Viewer | null,
  text: string,
  options: { isReviewedOnly: boolean; limit: number; offset: number },
): Promise<ShownTag[]> {
  const prefix = normalizeTagName(text.replace(/^#/, ''))
  if (prefix === '') return []
  return showTags(ctx, viewer, await ask(ctx, (engine) => engine.findTags(ctx, prefix, options)))
}
