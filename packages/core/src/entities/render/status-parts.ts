import { named, type StatusRow, type StoredVisibility, VISIBILITIES } from '@anancus/db'
import {
  accountIn,
  type Graph,
  isCollectionShown,
  shownSettings,
  statusEmojiText,
} from '../../graph/index.ts'
import { isLocal, statusUri, statusUrl, tagUrl } from '../../kernel/uris.ts'
import type { Status, Visibility } from '../types/index.ts'
import { collectionJson } from './collection.ts'
import { emojisOf } from './custom-emoji.ts'
import { toIso } from './dates.ts'
import { mediaAttachmentJson } from './media-attachment.ts'
import { mentionJson } from './mention.ts'
import { statusContent } from './status-content.ts'

/** `limited` is a way of delivering; to clients it is private. */
const SHOWN_VISIBILITIES: Record<StoredVisibility, Visibility> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'private',
  direct: 'direct',
  limited: 'private',
}

/** What stands in the row and its counters. */
export function ownFields(graph: Graph, status: StatusRow) {
  const author = accountIn(graph, status.account_id)
  return {
    id: status.id,
    created_at: toIso(status.created_at),
    in_reply_to_id: status.in_reply_to_id,
    in_reply_to_account_id: status.in_reply_to_account_id,
    spoiler_text: status.spoiler_text,
    visibility: SHOWN_VISIBILITIES[named(VISIBILITIES, status.visibility)],
    language: status.language,
    uri: statusUri(graph.uris, status, author),
    url: statusUrl(graph.uris, status, author),
    ...counters(graph, status.id),
    edited_at: toIso(status.edited_at),
    content: status.reblog_of_id === null ? statusContent(graph, status) : '',
  }
}

/** A remote status shows what its own server counts, where it told. */
function counters(graph: Graph, id: string) {
  const counts = graph.statusCounts.get(id)
  return {
    replies_count: Number(counts?.replies_count ?? 0),
    reblogs_count: Number(counts?.untrusted_reblogs_count ?? counts?.reblogs_count ?? 0),
    favourites_count: Number(counts?.untrusted_favourites_count ?? counts?.favourites_count ?? 0),
    quotes_count: Number(counts?.quotes_count ?? 0),
  }
}

/** What hangs on a status. On a reblog nothing does. */
export function hangersOf(
  graph: Graph,
  status: StatusRow,
): Pick<Status, 'media_attachments' | 'mentions' | 'tags' | 'emojis' | 'tagged_collections'> {
  const { id } = status
  const author = accountIn(graph, status.account_id)
  const mentions = (graph.mentions.get(id) ?? []).filter((account) => !account.silent)
  return {
    media_attachments: (graph.media.get(id) ?? []).map((media) => mediaAttachmentJson(graph, media)),
    mentions: mentions.map((account) => mentionJson(graph, account)),
    tags: (graph.tags.get(id) ?? []).map((tag) => ({ name: tag.name, url: tagUrl(graph.uris, tag.name) })),
    emojis: emojisOf(graph, statusEmojiText(graph, id), author.domain),
    tagged_collections: (graph.taggedCollections.get(id) ?? [])
      .filter((each) => isCollectionShown(graph, graph.collections.get(each)))
      .map((each) => collectionJson(graph, each)),
  }
}

/** A moderator may have forced it upon an account; its owner is shown what was chosen. */
export function isSensitive(graph: Graph, status: StatusRow): boolean {
  if (status.sensitive) return true
  const isOwn = graph.viewer?.account.id === status.account_id
  return !isOwn && accountIn(graph, status.account_id).sensitized_at !== null
}

/** The app a local status was written with, unless its author keeps that to herself. */
export function applicationOf(graph: Graph, status: StatusRow): Pick<Status, 'application'> {
  const isOwn = graph.viewer?.account.id === status.account_id
  if (!isOwn && !showsApplication(graph, status.account_id)) return {}
  const application = graph.applications.get(status.id)
  if (!application) return { application: null }
  return { application: { name: application.name, website: application.website || null } }
}

function showsApplication(graph: Graph, accountId: string): boolean {
  const user = graph.users.get(accountId)
  return (
    user !== undefined && isLocal(accountIn(graph, accountId)) && shownSettings(user.settings).showApplication
  )
}
