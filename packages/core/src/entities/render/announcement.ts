import type { AnnouncementRow, CustomEmojiRow } from '@anancus/db'
import type { ReactionCount } from '@anancus/db/queries/announcements'
import type { HandledAccount } from '@anancus/db/queries/graph/handles'
import { type Graph, isComplete, shortcodesIn } from '../../graph/index.ts'
import { extractHashtags } from '../../kernel/text/extract.ts'
import { formatStatusText } from '../../kernel/text/format-text.ts'
import { linkedAccount } from '../../kernel/text/status-content.ts'
import { normalizeTagName } from '../../kernel/text/tag-name.ts'
import { tagUrl, type Uris } from '../../kernel/uris.ts'
import type { Announcement, Reaction, StatusTag } from '../types/index.ts'
import { customEmojiJson } from './custom-emoji.ts'
import { toIso } from './dates.ts'
import { mentionJson } from './mention.ts'
import { statusJson } from './status.ts'

/** What an announcement shows besides its own row and the statuses in the graph. */
export interface AnnouncementParts {
  mentions: readonly HandledAccount[]
  /** Ours, by shortcode. */
  emojis: ReadonlyMap<string, CustomEmojiRow>
  reactions: readonly ReactionCount[]
  /** Null for the anonymous. */
  isRead: boolean | null
}

/** @see https://docs.joinmastodon.org/entities/Announcement/ */
export function announcementJson(graph: Graph, row: AnnouncementRow, parts: AnnouncementParts): Announcement {
  const { mentions, emojis, reactions, isRead } = parts
  return {
    id: row.id,
    content: formatStatusText(graph.uris, row.text, {
      mentions: mentions.map((account) => linkedAccount(graph.uris, account)),
    }),
    starts_at: toIso(row.starts_at),
    ends_at: toIso(row.ends_at),
    all_day: row.all_day,
    published_at: toIso(row.published_at ?? row.created_at),
    updated_at: toIso(row.updated_at),
    ...(isRead === null ? {} : { read: isRead }),
    mentions: mentions.map((account) => mentionJson(graph, account)),
    statuses: (row.status_ids ?? []).filter((id) => isComplete(graph, id)).map((id) => statusJson(graph, id)),
    tags: tagsIn(graph.uris, row.text),
    emojis: shortcodesIn(row.text).flatMap((name) => {
      const emoji = emojis.get(name)
      return (emoji && customEmojiJson(graph, emoji)) ?? []
    }),
    reactions: reactions.map((reaction) => reactionJson(graph, reaction, isRead !== null)),
  }
}

/** @see https://docs.joinmastodon.org/entities/Reaction/ */
export function reactionJson(
  graph: Pick<Graph, 'fileUrl'>,
  { name, count, me, emoji }: ReactionCount,
  hasViewer: boolean,
): Reaction {
  const picture = emoji && customEmojiJson(graph, emoji)
  return {
    name,
    count,
    ...(hasViewer ? { me } : {}),
    ...(picture ? { url: picture.url, static_url: picture.static_url } : {}),
  }
}

function tagsIn(uris: Uris, text: string): StatusTag[] {
  const names = new Set(extractHashtags(text).map(normalizeTagName).filter(Boolean))
  return [...names].map((name) => ({ name, url: tagUrl(uris, name) }))
}
