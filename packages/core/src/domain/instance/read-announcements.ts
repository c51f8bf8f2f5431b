import type { AnnouncementRow } from '@anancus/db'
import {
  announceableStatusIds,
  publishedAnnouncements,
  reactionCounts,
  readAnnouncementIds,
} from '@anancus/db/queries/announcements'
import { emojisByNames } from '@anancus/db/queries/graph/emojis'
import { accountsByHandles, type HandledAccount } from '@anancus/db/queries/graph/handles'
import { announcementJson } from '../../entities/index.ts'
import type { Announcement } from '../../entities/types/index.ts'
import { type GraphViewer, handleKey, loadGraph, shortcodesIn } from '../../graph/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { extractMentions, type Handle } from '../../kernel/text/extract.ts'

/**
 * What is announced now, as the viewer sees it, in the order of the events; read ones are among them.
 *
 * @see https://docs.joinmastodon.org/methods/announcements/#get
 */
export async function readAnnouncements(ctx: Ctx, viewer: GraphViewer | null): Promise<Announcement[]> {
  return renderAnnouncements(ctx, viewer, await publishedAnnouncements(ctx.db))
}

/** Loads what announcements name and shows them in the given order; a fixed number of statements. */
export async function renderAnnouncements(
  ctx: Ctx,
  viewer: GraphViewer | null,
  rows: readonly AnnouncementRow[],
): Promise<Announcement[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const accountId = viewer?.account.id ?? null
  const handles = rows.flatMap((row) => extractMentions(row.text).map((handle) => ownHandle(ctx, handle)))
  const shortcodes = [...new Set(rows.flatMap((row) => shortcodesIn(row.text)))]
  const statusIds = rows.flatMap((row) => row.status_ids ?? [])
  const reactions = await reactionCounts(ctx.db, ids, accountId)
  const read = accountId === null ? null : await readAnnouncementIds(ctx.db, accountId, ids)
  const accounts = await accountsByHandles(ctx.db, uniqueHandles(ctx, handles))
  const emojis = await emojisByNames(
    ctx.db,
    shortcodes.map((shortcode) => ({ shortcode, domain: null })),
  )
  const statuses = await announceableStatusIds(ctx.db, statusIds, [])
  const graph = await loadGraph(ctx, viewer, { statuses })
  const emojisByShortcode = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]))
  const accountsByKey = new Map(accounts.map((account) => [handleKey(ctx.config, account), account]))
  return rows.map((row) =>
    announcementJson(graph, row, {
      mentions: mentionedIn(ctx, row.text, accountsByKey),
      emojis: emojisByShortcode,
      reactions: reactions.get(row.id) ?? [],
      isRead: read && read.has(row.id),
    }),
  )
}

/** A handle with our own domain is one of ours. */
function ownHandle({ config }: Ctx, handle: Handle): Handle {
  return handle.domain !== null && config.ownHosts.has(handle.domain.toLowerCase())
    ? { username: handle.username, domain: null }
    : handle
}

function uniqueHandles({ config }: Ctx, handles: readonly Handle[]): Handle[] {
  return [...new Map(handles.map((handle) => [handleKey(config, handle), handle])).values()]
}

function mentionedIn(
  ctx: Ctx,
  text: string,
  accounts: ReadonlyMap<string, HandledAccount>,
): HandledAccount[] {
  const handles = extractMentions(text).map((handle) => ownHandle(ctx, handle))
  return uniqueHandles(ctx, handles).flatMap((handle) => accounts.get(handleKey(ctx.config, handle)) ?? [])
}
