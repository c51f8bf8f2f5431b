import { getSetting } from '@anancus/core/domain/settings'
import { type ShownTag, showTags } from '@anancus/core/domain/tags'
import { adminTagJson } from '@anancus/core/entities'
import type { AdminTag } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { NotFoundError } from '@anancus/core/kernel/errors'
import type { Viewer } from '@anancus/core/kernel/viewer'
import type { TagRow } from '@anancus/db'
import { shownTagJson } from '../tags/shown-tag.ts'

/** Hashtags as those see them who decide about them; the ones without a row are left out. */
export async function adminTagsJson(
  ctx: Ctx,
  shown: readonly ShownTag[],
  rows: ReadonlyMap<string, TagRow>,
): Promise<AdminTag[]> {
  const trendable = await getSetting(ctx, 'trendable_by_default')
  return shown.flatMap((tag) => {
    const row = tag.tag.id === null ? undefined : rows.get(tag.tag.id)
    return row ? [adminTagJson(shownTagJson(ctx, tag), row, trendable)] : []
  })
}

export async function adminTagJsonOf(ctx: Ctx, viewer: Viewer, row: TagRow): Promise<AdminTag> {
  const shown = await showTags(ctx, viewer, [row.id])
  const [tag] = await adminTagsJson(ctx, shown, new Map([[row.id, row]]))
  if (!tag) throw new NotFoundError()
  return tag
}
