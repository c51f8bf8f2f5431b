import type { AccountRow, AnnouncementRow } from '@anancus/db'
import {
  announcementById,
  deleteAnnouncementReaction,
  insertAnnouncementMute,
  insertAnnouncementReaction,
  lockedReactionNames,
  reactionCounts,
} from '@anancus/db/queries/announcements'
import { emojisByNames } from '@anancus/db/queries/graph/emojis'
import { reactionJson } from '../../entities/index.ts'
import { publishReactionJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { NotFoundError, ValidationError } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { unicodeEmoji } from '../../kernel/text/unicode-emoji.ts'
import { transaction } from '../../kernel/transaction.ts'
import { streamToActive } from './announcement-streams.ts'
import { MAX_REACTIONS, REACTION_DELAY_MS } from './limits.ts'

/** An announcement that readers may see. @throws NotFoundError */
async function getPublished(ctx: Ctx, id: string): Promise<AnnouncementRow> {
  const row = isId(id) ? await announcementById(ctx.db, id) : null
  if (!row?.published) throw new NotFoundError()
  return row
}

/**
 * Notes that an account has read an announcement.
 *
 * @throws NotFoundError
 * @see https://docs.joinmastodon.org/methods/announcements/#dismiss
 */
export async function dismissAnnouncement(ctx: Ctx, account: AccountRow, id: string): Promise<void> {
  const announcement = await getPublished(ctx, id)
  await insertAnnouncementMute(ctx.db, account.id, announcement.id)
}

/**
 * Reacts to an announcement with an emoji or one of the server's own; at most eight different ones for all.
 *
 * @throws NotFoundError
 * @throws ValidationError no emoji, one too many, or given before
 * @see https://docs.joinmastodon.org/methods/announcements/#put-reactions
 */
export async function reactToAnnouncement(
  ctx: Ctx,
  account: AccountRow,
  id: string,
  name: string,
): Promise<void> {
  const announcement = await getPublished(ctx, id)
  const customEmojiId = await customEmojiCalled(ctx, name)
  if (name.trim() === '') throw ValidationError.failed("Name can't be blank")
  if (customEmojiId === null && unicodeEmoji(name) === null)
    throw ValidationError.failed('Name is not a recognized emoji')
  await transaction(ctx, async (tx) => {
    const names = await lockedReactionNames(tx.db, announcement.id)
    if (!names.has(name) && names.size >= MAX_REACTIONS)
      throw ValidationError.failed('Limit of different reactions reached')
    const reaction = { accountId: account.id, announcementId: announcement.id, name, customEmojiId }
    if (!(await insertAnnouncementReaction(tx.db, reaction))) throw new ValidationError('Duplicate record')
    await tellLater(tx, announcement.id, name)
  })
}

/** Takes a reaction back. @throws NotFoundError no such announcement, or not reacted so */
export async function withdrawReaction(
  ctx: Ctx,
  account: AccountRow,
  id: string,
  name: string,
): Promise<void> {
  const announcement = await getPublished(ctx, id)
  await transaction(ctx, async (tx) => {
    if (!(await deleteAnnouncementReaction(tx.db, account.id, announcement.id, name)))
      throw new NotFoundError()
    await tellLater(tx, announcement.id, name)
  })
}

/** Many reactions within a moment are one message. */
async function tellLater(tx: Ctx, announcementId: string, name: string): Promise<void> {
  await enqueue(
    tx,
    publishReactionJob,
    { announcementId, name },
    { delayMs: REACTION_DELAY_MS, jobId: `reaction-${announcementId}-${Buffer.from(name).toString('hex')}` },
  )
}

/** Tells open clients how often a reaction was given; 0 is not at all any more. Runs `instance.publish_reaction`. */
export async function publishReaction(
  ctx: Ctx,
  payload: { announcementId: string; name: string },
): Promise<void> {
  const { announcementId, name } = payload
  const announcement = await announcementById(ctx.db, announcementId)
  if (!announcement?.published) return
  const counts = (await reactionCounts(ctx.db, [announcementId], null)).get(announcementId) ?? []
  const count = counts.find((reaction) => reaction.name === name)
  const fileUrl = (key: string) => ctx.storage.url(key)
  const shown = count ? reactionJson({ fileUrl }, count, false) : { name, count: 0 }
  await streamToActive(ctx, {
    event: 'announcement.reaction',
    payload: { ...shown, announcement_id: announcementId },
  })
}

async function customEmojiCalled(ctx: Ctx, shortcode: string): Promise<string | null> {
  const [emoji] = await emojisByNames(ctx.db, [{ shortcode, domain: null }])
  return emoji?.id ?? null
}
