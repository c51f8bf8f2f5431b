import { isId, type MarkerRow } from '@anancus/db'
import { markersOf, moveMarker } from '@anancus/db/queries/markers'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'

export const MARKED_TIMELINES = ['home', 'notifications'] as const
export type MarkedTimeline = (typeof MARKED_TIMELINES)[number]

/** Reads how far the viewer has read; timelines never marked are absent, unknown ones are ignored. */
export async function readMarkers(
  ctx: Ctx,
  viewer: Viewer,
  timelines: readonly string[],
): Promise<MarkerRow[]> {
  const known = MARKED_TIMELINES.filter((timeline) => timelines.includes(timeline))
  return known.length === 0 ? [] : markersOf(ctx.db, viewer.user.id, known)
}

/**
 * Moves markers of the viewer, backwards too; absent ones stay. What is no id counts as 0, as Mastodon has it.
 *
 * @returns the markers that were moved
 * @see https://docs.joinmastodon.org/methods/markers/#create
 */
export async function moveMarkers(
  ctx: Ctx,
  viewer: Viewer,
  positions: Partial<Record<MarkedTimeline, string | undefined>>,
): Promise<MarkerRow[]> {
  return transaction(ctx, async (tx) => {
    const moved: MarkerRow[] = []
    // Always in the same order: two devices that save both must not wait for each other.
    for (const timeline of MARKED_TIMELINES) {
      const position = positions[timeline]
      if (position === undefined) continue
      const lastReadId = isId(position) && !position.startsWith('-') ? position : '0'
      moved.push(await moveMarker(tx.db, viewer.user.id, timeline, lastReadId))
    }
    return moved
  })
}
