import { firstIdAt, type TagRow, type Window } from '@anancus/db'
import { followedTags, type TagUse, tagByName, tagFactsByIds, tagHistory } from '@anancus/db/queries/tags'
import type { Tag } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { extractHashtags } from '../../kernel/text/extract.ts'
import { displayTagName, normalizeTagName } from '../../kernel/text/tag-name.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { TAG_HISTORY_DAYS } from './limits.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Whether a text could say the name behind a `#`. */
export function isTagName(name: string): boolean {
  return extractHashtags(`#${name}`)[0] === name
}

/** The name, if a text could say it behind a `#`. @throws NotFoundError it could not */
export function requireTagName(name: string): string {
  if (!isTagName(name)) throw new NotFoundError('Not Found')
  return name
}

/** Finds a tag by any spelling of its name; null when nobody has used it. */
export async function findTag(ctx: Ctx, name: string): Promise<TagRow | null> {
  return tagByName(ctx.db, normalizeTagName(name))
}

/** A tag with what the viewer does with it; everything `tagJson` needs. */
export interface ShownTag {
  tag: Pick<TagRow, 'name' | 'display_name'> & { id: string | null }
  history: Tag['history']
  /** Empty for the anonymous. */
  viewerPart: { following?: boolean; featuring?: boolean }
}

/**
 * A hashtag by any spelling of its name, also one that nobody has used.
 *
 * @throws NotFoundError not the name of a hashtag
 * @see https://docs.joinmastodon.org/methods/tags/#get
 */
export async function getTag(ctx: Ctx, viewer: Viewer | null, name: string): Promise<ShownTag> {
  const tag = await findTag(ctx, requireTagName(name))
  const [shown] = tag ? await showTags(ctx, viewer, [tag.id]) : []
  return (
    shown ?? {
      tag: { id: null, name: normalizeTagName(name), display_name: displayTagName(name) },
      history: historyOf([], ctx.clock.now()),
      viewerPart: viewer ? { following: false, featuring: false } : {},
    }
  )
}

/** Tags with their use of the last week, in the order of `ids`; missing ones are absent. Two statements. */
export async function showTags(ctx: Ctx, viewer: Viewer | null, ids: readonly string[]): Promise<ShownTag[]> {
  const now = ctx.clock.now()
  const today = now.toISOString().slice(0, 'YYYY-MM-DD'.length)
  const firstDay = new Date(Date.parse(today) - (TAG_HISTORY_DAYS - 1) * DAY_MS)
  const [tags, uses] = await Promise.all([
    tagFactsByIds(ctx.db, ids, viewer?.account.id ?? null),
    tagHistory(ctx.db, ids, today, firstIdAt(firstDay)),
  ])
  return ids.flatMap((id) => {
    const tag = tags.get(id)
    if (!tag) return []
    const history = historyOf(
      uses.filter((use) => use.tag_id === id),
      now,
    )
    const viewerPart = viewer ? { following: tag.is_followed, featuring: tag.is_featured } : {}
    return [{ tag, history, viewerPart }]
  })
}

function historyOf(uses: readonly TagUse[], now: Date): Tag['history'] {
  const today = Math.floor(now.getTime() / DAY_MS) * (DAY_MS / 1000)
  return Array.from({ length: TAG_HISTORY_DAYS }, (_, daysAgo) => {
    const use = uses.find((found) => found.days_ago === daysAgo)
    return {
      day: String(today - daysAgo * (DAY_MS / 1000)),
      accounts: String(use?.accounts ?? 0),
      uses: String(use?.uses ?? 0),
    }
  })
}

/** The tags the viewer follows, newest follow first, with the rows that are the cursors of the list. */
export async function listFollowedTags(
  ctx: Ctx,
  viewer: Viewer,
  window: Window,
): Promise<{ cursorIds: string[]; tags: ShownTag[] }> {
  const rows = await followedTags(ctx.db, window, viewer.account.id)
  const tags = await showTags(
    ctx,
    viewer,
    rows.map((row) => row.tag_id),
  )
  return { cursorIds: rows.map((row) => row.id), tags }
}
