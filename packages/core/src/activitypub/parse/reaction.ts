import { unicodeEmoji } from '../../kernel/text/unicode-emoji.ts'
import type { Document } from '../vocabulary.ts'
import { imageOf } from './image.ts'
import { dateOf, httpUri, isDocument, listOf, stringOf } from './values.ts'

const MAX_TAGS = 100
const MAX_TEXT = 300
const SHORTCODE = /^[a-zA-Z0-9_]{2,128}$/
const CUSTOM = /^(:?)([^:@]+)(?:@([^:@]+(?::\d{1,5})?))?(:?)$/
/** What Misskey and its kin send for a plain favourite. */
const PLAIN = new Set(['❤️', '⭐'])

/** A custom emoji as the reacting server describes it. */
export interface CustomReaction {
  shortcode: string
  /** The server the emoji is of, when that is another than the reacting one. */
  host: string | null
  picture: { imageUrl: string; uri: string | null; updatedAt: Date | null } | null
}

export type ReactionDraft = { emoji: string } | { custom: CustomReaction }

/**
 * Reads the emoji of a Like or an EmojiReact: one of Unicode, or a custom one, whose picture is among the tags.
 *
 * @returns null where there is none, nothing that is one, or where it means a plain favourite
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md
 */
export function reactionIn(activity: Document): ReactionDraft | null {
  const text = (stringOf(activity.content) ?? stringOf(activity._misskey_reaction))?.trim() ?? ''
  if (text === '' || text.length > MAX_TEXT) return null
  const emoji = unicodeEmoji(text)
  if (emoji !== null) return PLAIN.has(emoji) && activity.type === 'Like' ? null : { emoji }
  const [, before, shortcode = '', host = null, after] = CUSTOM.exec(text) ?? []
  if (!SHORTCODE.test(shortcode) || before !== after) return null
  const tag = tagOf(activity, shortcode)
  if (before === '' && tag === null) return null
  const custom = { shortcode, host: host ?? hostOf(activity, tag), picture: pictureOf(tag) }
  return { custom: { ...custom, host: custom.host === '.' ? null : custom.host } }
}

function tagOf(activity: Document, shortcode: string): Document | null {
  const tags = listOf(activity.tag, MAX_TAGS).filter(isDocument)
  const isNamed = (name: string | null) => name?.replaceAll(':', '').split('@', 1)[0] === shortcode
  return tags.find((tag) => tag.type === 'Emoji' && isNamed(stringOf(tag.name))) ?? null
}

/** The server that the emoji's own id is of, if not that of the activity. */
function hostOf(activity: Document, tag: Document | null): string | null {
  const named = stringOf(tag?.name)?.replace(/:$/, '').split('@')[1]
  const uri = httpUri(tag?.id)
  const host = named ?? (uri === null ? null : URL.parse(uri)?.host)
  const own = URL.parse(stringOf(activity.id) ?? '')?.host
  return host === undefined || host === own ? null : host
}

function pictureOf(tag: Document | null): CustomReaction['picture'] {
  const imageUrl = imageOf(tag?.icon)?.url
  return imageUrl ? { imageUrl, uri: httpUri(tag?.id), updatedAt: dateOf(tag?.updated) } : null
}
