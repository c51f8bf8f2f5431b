import type { AccountRow, StatusRow } from '@anancus/db'
import { accountByUri } from '@anancus/db/queries/accounts'
import { answersLocalAccount } from '@anancus/db/queries/reports'
import { statusByUri } from '@anancus/db/queries/statuses'
import { httpUri, idOf, isSameOrigin, listOf, textOf } from '../../activitypub/parse/values.ts'
import type { Ctx } from '../../kernel/context.ts'
import { isLocal } from '../../kernel/uris.ts'
import { isOwnUri, localAccountByUri } from '../accounts/index.ts'
import { domainRule } from '../federation/index.ts'
import { fileRemoteReport } from '../moderation/index.ts'
import { localStatusByUri } from '../statuses/index.ts'
import type { InboxHandler, VerifiedActivity } from './handler.ts'
import { MAX_FLAG_TEXT, MAX_FLAGGED } from './limits.ts'
import { combined, ignored, type Outcome, processed } from './outcome.ts'

/**
 * Another server reports accounts of ours, or a remote one for what it answered to somebody of ours. Its instance actor
 * mostly speaks for whoever reported.
 *
 * @see https://docs.joinmastodon.org/spec/activitypub/#Flag
 */
export const receiveFlag: InboxHandler = async (ctx, activity, actor) => {
  if ((await domainRule(ctx, actor.domain ?? ''))?.rejectReports)
    return ignored('reports of this server are not wanted')
  const comment = textOf(activity.document.content, MAX_FLAG_TEXT) ?? ''
  const { accounts, statuses } = await findFlagged(ctx, urisOf(activity, comment))
  const outcomes: Outcome[] = []
  for (const account of accounts.values()) {
    const ids = statuses.filter((status) => status.account_id === account.id).map((status) => status.id)
    outcomes.push(await report(ctx, activity, actor, account, { statusIds: ids, comment }))
  }
  return combined(outcomes)
}

async function report(
  ctx: Ctx,
  activity: VerifiedActivity,
  actor: AccountRow,
  target: AccountRow,
  about: { statusIds: readonly string[]; comment: string },
): Promise<Outcome> {
  if (target.suspended_at !== null) return ignored('whom it is about is suspended')
  if (!isLocal(target) && !(await answersLocalAccount(ctx.db, about.statusIds)))
    return ignored('it is about nobody of ours')
  const uri = activity.id !== null && isSameOrigin(activity.id, actor.uri) ? activity.id : null
  const isNew = await fileRemoteReport(ctx, actor, target, { uri, ...about })
  return isNew ? processed() : ignored('it has come already')
}

/** What is named, once each; some servers name only the account, and the posts in the text. */
function urisOf(activity: VerifiedActivity, comment: string): string[] {
  const named = listOf(activity.object, MAX_FLAGGED).map(idOf)
  const inText = (comment.match(/https?:\/\/[^\s<>"']+/g) ?? []).map(httpUri)
  const all = [...named, ...inText].filter((uri) => uri !== null)
  return [...new Set(all)].slice(0, MAX_FLAGGED)
}

/** Only what we have is looked at: nothing is fetched for a report. */
async function findFlagged(ctx: Ctx, uris: readonly string[]) {
  const accounts = new Map<string, AccountRow>()
  const statuses: StatusRow[] = []
  for (const uri of uris) {
    const isOwn = isOwnUri(ctx, uri)
    const account = isOwn ? await localAccountByUri(ctx, uri) : await accountByUri(ctx.db, uri)
    if (account) accounts.set(account.id, account)
    if (account) continue
    const status = isOwn ? await localStatusByUri(ctx, uri) : await statusByUri(ctx.db, uri)
    if (status) statuses.push(status)
  }
  return { accounts, statuses }
}
