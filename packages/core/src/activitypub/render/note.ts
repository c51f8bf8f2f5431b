import type { PollRow, StatusRow } from '@anancus/db'
import { accountIn, isCollectionShown, quotedUrlOf, statusEmojiText, statusIn } from '../../graph/index.ts'
import { statusContentHtml } from '../../kernel/text/status-content.ts'
import {
  actorUri,
  collectionUri,
  fullAcct,
  isLocal,
  statusUri,
  statusUrl,
  type Uris,
} from '../../kernel/uris.ts'
import type { Document } from '../vocabulary.ts'
import { attachmentJson } from './attachment.ts'
import { audienceOf } from './audience.ts'
import { toWire } from './dates.ts'
import { approvalJson, conversationUri, type NoteGraph } from './note-graph.ts'
import { quotePartJson, quoteTags } from './quote.ts'
import { quotePolicyJson } from './quote-policy.ts'
import { emojiTags, hashtagJson } from './tags.ts'
import { titleJson } from './title.ts'

/**
 * A local status as a Note, or a Question when it has a poll.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-note
 * @see https://docs.joinmastodon.org/spec/activitypub/#status
 */
export function noteJson(graph: NoteGraph, uris: Uris, statusId: string): Document {
  const status = statusIn(graph, statusId)
  const account = accountIn(graph, status.account_id)
  const uri = statusUri(uris, status, account)
  const poll = graph.polls.get(status.id)
  return {
    id: uri,
    type: poll ? 'Question' : 'Note',
    ...titleJson(graph, status),
    summary: status.spoiler_text || null,
    ...parentJson(graph, uris, status),
    published: toWire(status.created_at),
    ...(status.edited_at === null ? {} : { updated: toWire(status.edited_at) }),
    url: statusUrl(uris, status, account),
    attributedTo: actorUri(uris, account),
    ...audienceOf(graph, uris, status),
    sensitive: status.sensitive || account.sensitized_at !== null,
    atomUri: uri,
    ...conversationJson(graph, uris, status),
    ...contentJson(graph, uris, status),
    ...quotePartJson(graph, uris, status.id),
    interactionPolicy: quotePolicyJson(uris, status, account),
    ...approvalJson(graph, status.id),
    attachment: (graph.media.get(status.id) ?? []).flatMap((media) => attachmentJson(graph, media) ?? []),
    tag: tagsJson(graph, uris, status),
    ...(poll ? pollJson(poll, graph.now) : {}),
    ...collectionsJson(graph, uris, status, uri),
  }
}

function parentJson(graph: NoteGraph, uris: Uris, status: StatusRow): Document {
  const parent = status.in_reply_to_id === null ? null : graph.statuses.get(status.in_reply_to_id)
  const author = parent ? graph.accounts.get(parent.account_id) : null
  const uri = parent && author ? statusUri(uris, parent, author) : null
  return { inReplyTo: uri, inReplyToAtomUri: uri }
}

function conversationJson(graph: NoteGraph, uris: Uris, status: StatusRow): Document {
  const conversation = graph.conversations.get(status.id)
  if (!conversation) return {}
  const uri = conversationUri(uris, conversation)
  return uri.startsWith('http') ? { conversation: uri, context: uri } : { conversation: uri }
}

function contentJson(graph: NoteGraph, uris: Uris, status: StatusRow): Document {
  const content = statusContentHtml(uris, status, graph.mentions.get(status.id) ?? [], {
    quotedUrl: quotedUrlOf(graph, status),
  })
  return status.language === null ? { content } : { content, contentMap: { [status.language]: content } }
}

function tagsJson(graph: NoteGraph, uris: Uris, status: StatusRow): Document[] {
  const mentions = (graph.mentions.get(status.id) ?? []).filter((mention) => !mention.silent)
  return [
    ...mentions.map((mention) => ({
      type: 'Mention',
      href: actorUri(uris, mention),
      name: `@${isLocal(mention) ? mention.username : fullAcct(uris, mention)}`,
    })),
    ...(graph.tags.get(status.id) ?? []).map((tag) =>
      hashtagJson(uris, tag.name, tag.display_name ?? tag.name),
    ),
    ...emojiTags(graph, uris, statusEmojiText(graph, status.id)),
    ...quoteTags(graph, uris, status),
    ...collectionTags(graph, status.id),
  ]
}

/** The collections of accounts that a status links to. */
function collectionTags(graph: NoteGraph, statusId: string): Document[] {
  return (graph.taggedCollections.get(statusId) ?? []).flatMap((id): Document[] => {
    const facts = graph.collections.get(id)
    if (!facts || !isCollectionShown(graph, facts)) return []
    const { collection } = facts
    return [{ type: 'FeaturedCollection', id: collectionUri(graph.uris, collection), name: collection.name }]
  })
}

function pollJson(poll: PollRow, now: Date): Document {
  const isOver = poll.expires_at !== null && poll.expires_at <= now
  const options = poll.options.map((name, index) => ({
    type: 'Note',
    name,
    replies: {
      type: 'Collection',
      totalItems: poll.hide_totals && !isOver ? 0 : Number(poll.cached_tallies[index] ?? 0),
    },
  }))
  const end = poll.expires_at === null ? null : toWire(poll.expires_at)
  return {
    [poll.multiple ? 'anyOf' : 'oneOf']: options,
    ...(end === null ? {} : { endTime: end }),
    ...(end !== null && isOver ? { closed: end } : {}),
    votersCount: Number(poll.voters_count ?? 0),
  }
}

function collectionsJson(graph: NoteGraph, uris: Uris, status: StatusRow, uri: string): Document {
  const counts = graph.statusCounts.get(status.id)
  const account = accountIn(graph, status.account_id)
  const replies = `${uri}/replies`
  return {
    replies: {
      id: replies,
      type: 'Collection',
      first: {
        type: 'CollectionPage',
        next: `${replies}?only_other_accounts=true&page=true`,
        partOf: replies,
        items: (graph.selfReplies.get(status.id) ?? []).map(
          (id) => `${actorUri(uris, account)}/statuses/${id}`,
        ),
      },
    },
    likes: { id: `${uri}/likes`, type: 'Collection', totalItems: Number(counts?.favourites_count ?? 0) },
    shares: { id: `${uri}/shares`, type: 'Collection', totalItems: Number(counts?.reblogs_count ?? 0) },
  }
}
