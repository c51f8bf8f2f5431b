import type { AccountRow, CustomEmojiRow, StatusReactionRow, StatusRow } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { emojiById } from '@anancus/db/queries/emoji-files'
import { type DeletedFavourite, favouriteOf } from '@anancus/db/queries/favourites'
import { lockStatusReaction, setReactionUri, statusReactionById } from '@anancus/db/queries/status-reactions'
import { statusById } from '@anancus/db/queries/statuses'
import {
  reactionActivityJson,
  type ReactionDialect,
  reactionUri,
  undoJson,
} from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { actorUri } from '../../kernel/uris.ts'
import { inboxOf, peerSoftware, sendActivity } from '../federation/index.ts'
import { authorOf, sendLike, sendUndoneLike } from './favourite-row.ts'

/** Software by the words in which it wants to hear of reactions. All else hears of a favourite. */
const DIALECTS: Record<ReactionDialect, ReadonlySet<string>> = {
  like: new Set([
    'misskey',
    'calckey',
    'catodon',
    'cherrypick',
    'firefish',
    'foundkey',
    'iceshrimp',
    'iceshrimp.net',
    'magnetar',
    'sharkey',
  ]),
  'emoji-react': new Set(['akkoma', 'hollo', 'mitra', 'pleroma']),
}

/**
 * Tells the author of a remote status of a reaction, in the words their server understands, or as a plain Like where it
 * knows none or does not say what it is. Nothing when the reaction was taken back meanwhile. Runs
 * `interactions.send_reaction`.
 */
export async function sendReaction(ctx: Ctx, payload: { reactionId: string }): Promise<void> {
  const known = await statusReactionById(ctx.db, payload.reactionId)
  const status = known && (await statusById(ctx.db, known.status_id))
  const account = known && (await accountById(ctx.db, known.account_id))
  if (!status || !account || account.suspended_at !== null) return
  const author = await authorOf(ctx, status)
  const dialect = await dialectOf(ctx, author)
  await transaction(ctx, async (tx) => {
    const reaction = await lockStatusReaction(tx.db, known.id)
    if (!reaction || reaction.uri !== null) return
    if (dialect === null) return sendAsLike(tx, account, status)
    const uri = reactionUri(tx.config, account, dialect, reaction.id)
    await setReactionUri(tx.db, reaction.id, uri)
    const activity = await activityOf(tx, account, status, author, { ...reaction, uri })
    await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
  })
}

async function dialectOf(ctx: Ctx, author: AccountRow): Promise<ReactionDialect | null> {
  const origin = URL.parse(author.uri)?.origin
  const software = origin === undefined ? null : await peerSoftware(ctx, origin)
  if (software === null) return null
  if (DIALECTS.like.has(software)) return 'like'
  return DIALECTS['emoji-react'].has(software) ? 'emoji-react' : null
}

/** Once more for a second reaction is the same Like again; a favourite that stands by itself was sent already. */
async function sendAsLike(tx: Ctx, account: AccountRow, status: StatusRow): Promise<void> {
  const favourite = await favouriteOf(tx.db, account.id, status.id)
  if (favourite?.by_reaction) await sendLike(tx, account, status, favourite.id)
}

/**
 * Takes reactions of ours back where they were told, and the favourite that ended with them if it was.
 *
 * @param reactions rows that are gone
 */
export async function sendWithdrawal(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  reactions: readonly StatusReactionRow[],
  favourite: DeletedFavourite | null,
): Promise<void> {
  const author = await authorOf(tx, status)
  for (const { uri, ...reaction } of reactions) {
    if (uri === null) continue
    const done = await activityOf(tx, account, status, author, { ...reaction, uri })
    const activity = undoJson(done, actorUri(tx.config, account))
    await sendActivity(tx, { signer: account, activity, inboxes: [inboxOf(author)] })
  }
  const wasLiked = favourite && (!favourite.by_reaction || reactions.some(({ uri }) => uri === null))
  if (wasLiked) await sendUndoneLike(tx, account, status, favourite.id)
}

async function activityOf(
  tx: Ctx,
  account: AccountRow,
  status: StatusRow,
  author: AccountRow,
  reaction: StatusReactionRow & { uri: string },
) {
  const emoji: CustomEmojiRow | null =
    reaction.custom_emoji_id === null ? null : await emojiById(tx.db, reaction.custom_emoji_id)
  const graph = { uris: tx.config, fileUrl: (key: string) => tx.storage.url(key) }
  return reactionActivityJson(graph, account, status, author, {
    uri: reaction.uri,
    name: reaction.name,
    emoji,
  })
}
