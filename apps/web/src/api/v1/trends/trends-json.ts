import type { ShownLink } from '@anancus/core/domain/trends'
import { renderPreviewCards } from '@anancus/core/entities'
import type { TrendsLink } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import type { Viewer } from '@anancus/core/kernel/viewer'

/** Links with how often they were shared, in their order. */
export async function renderTrendsLinks(
  ctx: Ctx,
  viewer: Viewer | null,
  links: readonly ShownLink[],
): Promise<TrendsLink[]> {
  const cards = await renderPreviewCards(
    ctx,
    viewer,
    links.map((link) => link.card),
  )
  return cards.map((card, place) => ({ ...card, history: links[place]?.history ?? [] }))
}
