import type { AccountRow, CustomEmojiRow, StatusRow } from '@anancus/db'
import type { Graph } from '../../graph/index.ts'
import { actorUri, statusUri, type Uris } from '../../kernel/uris.ts'
import type { Document } from '../vocabulary.ts'
import { emojiJson } from './tags.ts'

/** In which words a server wants to hear of a reaction: as a Like with a content, or as an EmojiReact. */
export type ReactionDialect = 'like' | 'emoji-react'

const FRAGMENTS: Record<ReactionDialect, string> = { like: '#reactions/', 'emoji-react': '#emoji-reactions/' }

/** What a reaction of ours is called where it is told; says by itself in which dialect. */
export function reactionUri(
  uris: Uris,
  account: AccountRow,
  dialect: ReactionDialect,
  reactionId: string,
): string {
  return `${actorUri(uris, account)}${FRAGMENTS[dialect]}${reactionId}`
}

/** A reaction of ours as it is sent. */
export interface OutgoingReaction {
  uri: string
  /** An emoji, or the name of a custom one. */
  name: string
  /** Null for one of Unicode. */
  emoji: CustomEmojiRow | null
}

/**
 * A reaction to a remote status.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md
 */
export function reactionActivityJson(
  graph: Pick<Graph, 'fileUrl' | 'uris'>,
  account: AccountRow,
  status: StatusRow,
  author: AccountRow,
  reaction: OutgoingReaction,
): Document {
  const { uri, name, emoji } = reaction
  const content = emoji ? `:${name}:` : name
  const tag = emoji && tagJson(graph, emoji, content)
  const isLike = !uri.includes(FRAGMENTS['emoji-react'])
  return {
    id: uri,
    type: isLike ? 'Like' : 'EmojiReact',
    actor: actorUri(graph.uris, account),
    object: statusUri(graph.uris, status, author),
    content,
    ...(isLike ? { _misskey_reaction: content } : {}),
    ...(tag ? { tag: [tag] } : {}),
  }
}

/** An emoji of another server is shown as that server serves it. */
function tagJson(
  graph: Pick<Graph, 'fileUrl' | 'uris'>,
  emoji: CustomEmojiRow,
  name: string,
): Document | null {
  if (emoji.domain === null) return emojiJson(graph, graph.uris, emoji)
  if (!emoji.image_remote_url) return null
  return {
    ...(emoji.uri ? { id: emoji.uri } : {}),
    type: 'Emoji',
    name,
    icon: { type: 'Image', url: emoji.image_remote_url },
  }
}
