import { type AccountRow, idAt, type StatusRow, stored, VISIBILITIES } from '@anancus/db'
import { incrementAccountStats } from '@anancus/db/queries/accounts'
import { tiesBetween } from '@anancus/db/queries/inbox'
import { insertApproval } from '@anancus/db/queries/interaction-policies'
import { findReblog, insertStatus, lockName } from '@anancus/db/queries/status-writes'
import { incrementStatusStats, statusByUri } from '@anancus/db/queries/statuses'
import { userByAccountId } from '@anancus/db/queries/users'
import { shownSettings } from '../../graph/index.ts'
import { distributeStatusJob, notifyJob } from '../../jobs/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { enqueue } from '../../kernel/enqueue.ts'
import { RaceError, ValidationError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import { actorUri, isLocal } from '../../kernel/uris.ts'
import { canReblog } from '../../policies/status.ts'
import { countInteraction } from '../instance/index.ts'
import { removeStatus } from '../statuses/index.ts'
import { actOn } from './act-on.ts'

export interface ReblogOptions {
  /** `public`, `unlisted` or `private`; the account's own default when absent. */
  visibility?: string | undefined
  /** The id of a remote Announce. */
  uri?: string | null | undefined
  /** When a remote Announce says it was made. */
  createdAt?: Date | undefined
}

const PRIVATE = stored(VISIBILITIES, 'private')

/**
 * Reblogs a status, by an account of ours or another server's; of a reblog its original. Consequences follow by
 * `statuses.distribute`. Repeating, also at the same time, gives the reblog that is there.
 *
 * @throws NotFoundError missing, or not visible to `account`
 * @throws ForbiddenError others' private, direct, or by somebody `account` blocks
 * @throws ValidationError a visibility no reblog can have
 * @see https://docs.joinmastodon.org/methods/statuses/#boost
 */
export async function reblogStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
  options: ReblogOptions = {},
): Promise<StatusRow> {
  const { proper, permission } = await actOn(ctx, account, status.id, canReblog, 'reblog')
  const existing = await findReblog(ctx.db, account.id, proper.id)
  if (existing) return existing
  const visibility = await visibilityOf(ctx, account, proper, options.visibility)
  return transaction(ctx, async (tx) => {
    // No index can hold this rule: an account reblogs, takes it back and reblogs again.
    await lockName(tx.db, `reblog:${account.id}:${proper.id}`)
    const other = await findReblog(tx.db, account.id, proper.id)
    if (other) return other
    const reblog = await insertReblog(tx, account, proper, visibility, options)
    if (permission === 'asked') await insertApproval(tx.db, reblog.id)
    await incrementAccountStats(tx.db, account.id, { statuses: 1, lastStatusAt: reblog.created_at })
    await incrementStatusStats(tx.db, proper.id, { reblogs: 1 })
    await enqueue(tx, distributeStatusJob, { statusId: reblog.id, kind: 'create' })
    if (proper.author_domain === null) await notifyAuthor(tx, account, proper, reblog)
    await countInteraction(tx, account)
    return reblog
  })
}

async function visibilityOf(
  ctx: Ctx,
  account: AccountRow,
  original: StatusRow,
  wanted: string | undefined,
): Promise<number> {
  const name = wanted || (await defaultVisibility(ctx, account))
  if (name === 'direct') throw ValidationError.failed('Visibility is reserved')
  const visibility = VISIBILITIES.slice(0, PRIVATE + 1).indexOf(name as 'public')
  if (visibility < 0) throw ValidationError.failed('Visibility is not included in the list')
  return Math.max(visibility, original.visibility === PRIVATE ? PRIVATE : visibility)
}

async function defaultVisibility(ctx: Ctx, account: AccountRow): Promise<string> {
  const user = isLocal(account) ? await userByAccountId(ctx.db, account.id) : null
  return shownSettings(user?.settings ?? null).defaultPrivacy ?? (account.locked ? 'private' : 'public')
}

async function insertReblog(
  tx: Ctx,
  account: AccountRow,
  original: StatusRow,
  visibility: number,
  options: ReblogOptions,
): Promise<StatusRow> {
  const now = tx.clock.now()
  const createdAt = options.createdAt && options.createdAt < now ? options.createdAt : now
  const uri = isLocal(account) ? null : (options.uri ?? null)
  const reblog = await insertStatus(tx.db, {
    id: createdAt < now ? idAt(createdAt) : undefined,
    accountId: account.id,
    inReplyToId: null,
    inReplyToAccountId: null,
    isReply: false,
    reblogOfId: original.id,
    applicationId: null,
    conversationId: null,
    language: null,
    isLocal: isLocal(account),
    mediaIds: [],
    quoteApprovalPolicy: 0,
    sensitive: false,
    spoilerText: '',
    text: '',
    visibility,
    uri,
    uriPrefix: `${actorUri(tx.config, account)}/statuses/`,
    uriSuffix: '/activity',
    createdAt,
  })
  if (reblog) return reblog
  const known = uri === null ? null : await statusByUri(tx.db, uri)
  if (known?.account_id === account.id && known.reblog_of_id === original.id) return known
  throw new RaceError('the id of a reblog is taken')
}

async function notifyAuthor(
  tx: Ctx,
  account: AccountRow,
  original: StatusRow,
  reblog: StatusRow,
): Promise<void> {
  if (original.account_id === account.id) return
  // Whoever follows a group expects it to pass on what is sent to it.
  if (account.actor_type === 'Group' && (await tiesBetween(tx.db, original.account_id, account.id)).follows)
    return
  await enqueue(tx, notifyJob, {
    recipientId: original.account_id,
    type: 'reblog',
    activityType: 'Status',
    activityId: reblog.id,
    fromAccountId: account.id,
  })
}

/**
 * Takes a reblog back, by an account of ours or another server's. Takes the original; needs no access to it.
 *
 * @returns false when there was none
 * @see https://docs.joinmastodon.org/methods/statuses/#unreblog
 */
export async function unreblogStatus(
  ctx: Ctx,
  account: AccountRow,
  status: Pick<StatusRow, 'id'>,
): Promise<boolean> {
  const reblog = await findReblog(ctx.db, account.id, status.id)
  return reblog ? removeStatus(ctx, reblog) : false
}
