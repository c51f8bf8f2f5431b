import { type AccountRow, INSTANCE_ACTOR_ID } from '@anancus/db'
import { accountById } from '@anancus/db/queries/accounts'
import { type FullReport, remoteAccountsAnswered } from '@anancus/db/queries/reports'
import { reportedUris } from '@anancus/db/queries/reported'
import { flagJson } from '../../activitypub/render/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { InvariantError } from '../../kernel/errors.ts'
import { actorUri, collectionUri, isLocal, statusUri } from '../../kernel/uris.ts'
import { inboxOf, normalDomain, preferredInboxOf, sendActivity } from '../federation/index.ts'

interface Wish {
  forward?: boolean | undefined
  forwardToDomains?: readonly string[] | undefined
}

/** Servers that are to be told, in one spelling. */
function domainsOf(target: AccountRow, wish: Wish): Set<string> {
  if (isLocal(target) || !wish.forward) return new Set()
  const named = wish.forwardToDomains ?? [target.domain ?? '']
  return new Set(named.map((domain) => normalDomain(domain.slice(0, 300))).filter(Boolean))
}

/** Whether the server of a reported account is told. */
export function forwardsToOrigin(target: AccountRow, wish: Wish): boolean {
  return domainsOf(target, wish).has(normalDomain(target.domain ?? ''))
}

/**
 * Sends a report to the server of the account it is about, and to those of the named ones whose people its statuses
 * answer. It is signed by the server itself: who reported stays here.
 *
 * @see https://docs.joinmastodon.org/spec/activitypub/#Flag
 */
export async function forwardReport(
  tx: Ctx,
  report: FullReport,
  target: AccountRow,
  wish: Wish,
): Promise<void> {
  const domains = domainsOf(target, wish)
  if (domains.size === 0) return
  const answered = await remoteAccountsAnswered(tx.db, report.status_ids)
  const own = [target.inbox_url, target.shared_inbox_url]
  const inboxes = [
    ...(forwardsToOrigin(target, wish) ? [inboxOf(target)] : []),
    ...answered
      .filter((account) => domains.has(normalDomain(account.domain)))
      .map(preferredInboxOf)
      .filter((inbox) => !own.includes(inbox)),
  ]
  if (inboxes.length === 0) return
  const signer = await accountById(tx.db, INSTANCE_ACTOR_ID)
  if (!signer) throw new InvariantError('There is no instance actor.')
  const activity = flagJson(tx.config, signer, {
    id: report.uri ?? '',
    objects: await objectsOf(tx, report, target),
    content: report.comment,
  })
  await sendActivity(tx, { signer, activity, inboxes })
}

async function objectsOf(tx: Ctx, report: FullReport, target: AccountRow): Promise<string[]> {
  const { statuses, collections } = await reportedUris(tx.db, report.status_ids, report.collection_ids)
  return [
    actorUri(tx.config, target),
    ...statuses.map((status) => statusUri(tx.config, status, target)),
    ...collections.map((collection) => collectionUri(tx.config, collection)),
  ]
}
