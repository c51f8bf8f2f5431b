import type { AccountRow } from '@anancus/db'
import { emojisByNames } from '@anancus/db/queries/graph/emojis'
import type { CustomReaction, ReactionDraft } from '../../activitypub/parse/reaction.ts'
import type { Ctx } from '../../kernel/context.ts'
import { unicodeEmoji } from '../../kernel/text/unicode-emoji.ts'
import { normalDomain } from '../federation/index.ts'
import { keepRemoteEmojis } from '../media/index.ts'
import { MAX_REACTION_NAME } from './limits.ts'

/** What a reaction is kept as: an emoji, a shortcode of ours, or `shortcode@server`. */
export interface NamedReaction {
  name: string
  customEmojiId: string | null
}

const TYPED = /^:?([a-zA-Z0-9_]{2,128})(?:@([^\s:@/]+(?::\d{1,5})?))?:?$/

/** The name that is meant by what a client typed; null when it is none. */
export function typedName(ctx: Ctx, text: string): string | null {
  const emoji = unicodeEmoji(text)
  const [, shortcode, host] = TYPED.exec(text) ?? []
  if (emoji !== null || shortcode === undefined) return emoji
  const domain = host === undefined ? null : normalDomain(host)
  return domain === null || isOurs(ctx, domain) ? shortcode : `${shortcode}@${domain}`
}

/** A reaction as a client names it; null when it is no emoji, or a custom one that we do not know. */
export async function nameTyped(ctx: Ctx, text: string): Promise<NamedReaction | null> {
  const name = typedName(ctx, text)
  if (name === null || name.length > MAX_REACTION_NAME) return null
  if (unicodeEmoji(name) !== null) return { name, customEmojiId: null }
  const [shortcode = '', domain = null] = name.split('@')
  const [emoji] = await emojisByNames(ctx.db, [{ shortcode, domain }])
  return emoji ? { name, customEmojiId: emoji.id } : null
}

/**
 * A reaction as another server describes it. Its custom emoji is kept under that server's name, as is what it says of a
 * third server's, unless we know that one: nobody defines the emojis of others. Null when its name is too long.
 */
export async function nameReceived(
  ctx: Ctx,
  account: AccountRow,
  draft: ReactionDraft,
): Promise<NamedReaction | null> {
  if ('emoji' in draft) return { name: draft.emoji, customEmojiId: null }
  const own = account.domain ?? ''
  const { custom } = draft
  const host = custom.host === null ? own : normalDomain(custom.host)
  const found = host === own ? null : await knownOfThird(ctx, custom.shortcode, host)
  const named = found ?? (await keptOfSender(ctx, own, custom, host))
  return named.name.length <= MAX_REACTION_NAME ? named : null
}

async function knownOfThird(ctx: Ctx, shortcode: string, host: string): Promise<NamedReaction | null> {
  const domain = isOurs(ctx, host) ? null : host
  const [emoji] = await emojisByNames(ctx.db, [{ shortcode, domain }])
  if (!emoji) return null
  return { name: domain === null ? shortcode : `${shortcode}@${domain}`, customEmojiId: emoji.id }
}

async function keptOfSender(
  ctx: Ctx,
  own: string,
  custom: CustomReaction,
  host: string,
): Promise<NamedReaction> {
  const isOwn = host === own
  // Apart from what the sender itself calls so.
  const shortcode = isOwn ? custom.shortcode : `${custom.shortcode}_${host.replaceAll(/[^a-zA-Z0-9]+/g, '_')}`
  if (custom.picture) await keepRemoteEmojis(ctx, own, [{ shortcode, ...custom.picture }])
  const [emoji] = await emojisByNames(ctx.db, [{ shortcode, domain: own }])
  return { name: `${shortcode}@${own}`, customEmojiId: emoji?.id ?? null }
}

function isOurs(ctx: Ctx, domain: string): boolean {
  return domain === ctx.config.localDomain || ctx.config.ownHosts.has(domain)
}
