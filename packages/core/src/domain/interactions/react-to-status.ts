import type { AccountRow, StatusRow } from '@anancus/db'
import { insertStatusReaction } from '@anancus/db/queries/status-reactions'
import type { ReactionDraft } from '../../activitypub/parse/reaction.ts'
import { sendReactionJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { canFavourite } from '../../policies/status.ts'
import { countInteraction } from '../instance/index.ts'
import type { VisibleStatus } from '../statuses/index.ts'
import { registerFavourite } from '../trends/index.ts'
import { actOn } from './act-on.ts'
import { addFavourite, lockReactions } from './favourite-row.ts'
import { MAX_REACTIONS_OF_ACCOUNT, MAX_REACTIONS_OF_STATUS } from './limits.ts'
import { type NamedReaction, nameReceived, nameTyped } from './reaction-name.ts'

const LIMITS = { ofAccount: MAX_REACTIONS_OF_ACCOUNT, ofStatus: MAX_REACTIONS_OF_STATUS }

/**
 * Reacts to a status with an emoji, for an account of ours; of a reblog to its original. It is a favourite too, for apps
 * and servers that know nothing else. The author's server hears of it by `interactions.send_reaction`. Repeating
 * changes nothing.
 *
 * @param name an emoji, or a custom one we know: a shortcode of ours or `shortcode@server`
 * @throws NotFoundError missing, or not visible to `account`
 * @throws ForbiddenError `account` blocks the author
 * @throws ValidationError no emoji, or one too many
 */
export async function reactToStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  name: string,
): Promise<void> {
  const { proper } = await actOn(ctx, account, status.id, canFavourite, 'favourite')
  const reaction = await nameTyped(ctx, name)
  if (reaction === null) throw ValidationError.failed('Name is not a recognized emoji')
  const isFavourite = await transaction(ctx, async (tx) => {
    const added = await addReaction(tx, account, proper, reaction, null)
    if (added.isRefused) throw ValidationError.failed('Limit of different reactions reached')
    const { reactionId } = added
    if (reactionId !== null && proper.author_domain !== null)
      await enqueue(tx, sendReactionJob, { reactionId })
    return added.isFavourite
  })
  if (isFavourite) await countFavourite(ctx, account, proper)
}

/**
 * Keeps a reaction of a remote account to a status. What is no emoji to us, or one too many, is kept as the favourite
 * that it is in any case.
 *
 * @param uri the activity
 * @throws NotFoundError missing, or not visible to `account`
 * @throws ForbiddenError `account` blocks the author
 */
export async function receiveReaction(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  draft: ReactionDraft,
  uri: string | null,
): Promise<void> {
  const { proper } = await actOn(ctx, account, status.id, canFavourite, 'favourite')
  const isFavourite = await transaction(ctx, async (tx) => {
    const reaction = await nameReceived(tx, account, draft)
    const added = reaction && (await addReaction(tx, account, proper, reaction, uri))
    if (added && !added.isRefused) return added.isFavourite
    return (await addFavourite(tx, account, proper, { uri })) !== null
  })
  if (isFavourite) await countFavourite(ctx, account, proper)
}

async function addReaction(
  tx: Ctx,
  account: AccountRow,
  status: VisibleStatus['proper'],
  { name, customEmojiId }: NamedReaction,
  uri: string | null,
): Promise<{ isRefused: boolean; reactionId: string | null; isFavourite: boolean }> {
  await lockReactions(tx, account, status)
  const row = { accountId: account.id, statusId: status.id, name, customEmojiId, uri }
  const { id, isThere } = await insertStatusReaction(tx.db, row, LIMITS)
  if (id === null) return { isRefused: !isThere, reactionId: null, isFavourite: false }
  const favouriteId = await addFavourite(tx, account, status, { uri: null, byReaction: true })
  return { isRefused: false, reactionId: id, isFavourite: favouriteId !== null }
}

async function countFavourite(ctx: Ctx, account: AccountRow, status: VisibleStatus['proper']): Promise<void> {
  await registerFavourite(ctx, status)
  await countInteraction(ctx, account)
}
