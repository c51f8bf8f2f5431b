import type { MediaAttachmentRow } from '@anancus/db'
import {
  accountIn,
  editEmojiText,
  type Graph,
  quotedUrlOf,
  type StatusVersion,
  statusIn,
} from '../../graph/index.ts'
import { statusContentHtml } from '../../kernel/text/status-content.ts'
import type { StatusEdit } from '../types/index.ts'
import { accountJson } from './account.ts'
import { emojisOf } from './custom-emoji.ts'
import { toIso } from './dates.ts'
import { mediaAttachmentJson } from './media-attachment.ts'
import { quoteJson } from './quote.ts'
import { quotedStatusJson } from './status.ts'

/**
 * A version of a status that is in the graph.
 *
 * @param media by id, those of all versions
 * @see https://docs.joinmastodon.org/entities/StatusEdit/
 */
export function statusEditJson(
  graph: Graph,
  statusId: string,
  version: StatusVersion,
  media: ReadonlyMap<string, MediaAttachmentRow>,
): StatusEdit {
  const status = statusIn(graph, statusId)
  const { domain } = accountIn(graph, status.account_id)
  const options = version.poll_options
  const quote = version.quote_id === null ? null : quoteJson(graph, statusId, quotedStatusJson)
  return {
    account: accountJson(graph, status.account_id),
    content: statusContentHtml(
      graph.uris,
      { text: version.text, local: status.local },
      graph.mentions.get(statusId) ?? [],
      { quotedUrl: quote ? quotedUrlOf(graph, status) : null },
    ),
    spoiler_text: version.spoiler_text,
    sensitive: version.sensitive ?? status.sensitive,
    created_at: toIso(version.created_at),
    media_attachments: attachmentsOf(graph, version, media),
    emojis: emojisOf(graph, editEmojiText(version), domain),
    ...(options ? { poll: { options: options.map((title) => ({ title })) } } : {}),
    ...(quote ? { quote } : {}),
  }
}

/** A snapshot keeps the descriptions as they were then. */
function attachmentsOf(graph: Graph, version: StatusVersion, media: ReadonlyMap<string, MediaAttachmentRow>) {
  return (version.ordered_media_attachment_ids ?? []).flatMap((id, index) => {
    const attachment = media.get(id)
    if (!attachment) return []
    const json = mediaAttachmentJson(graph, attachment)
    const description = version.media_descriptions?.[index]
    return version.media_descriptions ? { ...json, description: description ?? null } : json
  })
}
