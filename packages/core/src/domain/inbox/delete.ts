import type { AccountRow } from '@anancus/db'
import { statusByUriWithDeleted } from '@anancus/db/queries/remote-statuses'
import { lockName } from '@anancus/db/queries/status-writes'
import { insertTombstone } from '@anancus/db/queries/tombstones'
import { idOf, isDocument, isSameOrigin, typesOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { transaction } from '../../kernel/transaction.ts'
import { forgetAuthorization } from '../collections/index.ts'
import { receiveRevocation, removeStatus } from '../statuses/index.ts'
import { deleteRemoteAccount } from './delete-remote-account.ts'
import type { InboxHandler } from './handler.ts'
import { ignored, type Outcome, processed, rejected } from './outcome.ts'

/**
 * Somebody deleted a status of theirs, took back that they may be quoted or be in a collection, or deleted themselves.
 * A tombstone keeps what comes too late from coming back.
 *
 * @see https://www.w3.org/TR/activitypub/#delete-activity-inbox
 */
export const receiveDelete: InboxHandler = async (ctx, activity, actor) => {
  const id = idOf(activity.object)
  if (id === null) return ignored('nothing is deleted')
  if (id === actor.uri) {
    await deleteRemoteAccount(ctx, actor)
    return processed()
  }
  if (!isSameOrigin(id, actor.uri)) return rejected('the object is of another house')
  if (await forgetAuthorization(ctx, actor, id)) return processed()
  if (await receiveRevocation(ctx, actor, id)) return processed()
  const { object } = activity
  if (isDocument(object) && typesOf(object).includes('QuoteAuthorization'))
    return ignored('it allowed nothing here')
  return deleteStatus(ctx, actor, id)
}

async function deleteStatus(ctx: Ctx, actor: AccountRow, uri: string): Promise<Outcome> {
  return transaction(ctx, async (tx) => {
    await lockName(tx.db, uri) // a Create of it waits here, or has left its row
    await insertTombstone(tx.db, actor.id, uri)
    const status = await statusByUriWithDeleted(tx.db, uri)
    if (!status) return ignored('unknown')
    if (status.account_id !== actor.id) return rejected('the status is by somebody else')
    return (await removeStatus(tx, status)) ? processed() : ignored('deleted already')
  })
}
