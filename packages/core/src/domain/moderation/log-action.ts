import { insertActionLog } from '@anancus/db/queries/admin-action-logs'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

/** What was acted on, as the audit log keeps it when the thing itself is gone. */
export interface LogTarget {
  /** Mastodon's name of the model: `Account`, `DomainBlock`, `Report`, … */
  type: string
  /** Null for what has no row, such as a server. */
  id: string | null
  /** What people call it: a handle, a domain, an address. */
  humanIdentifier?: string
  /** What its admin page is addressed by, where that is not the id. */
  routeParam?: string
  permalink?: string
}

/**
 * Writes what a moderator did into the audit log. Called in the transaction of the deed, so that neither is there without
 * the other.
 *
 * @param action Mastodon's word: `create`, `destroy`, `suspend`, …
 */
export async function logAction(
  ctx: Ctx,
  viewer: Pick<Viewer, 'account'>,
  action: string,
  target: LogTarget,
): Promise<void> {
  await insertActionLog(ctx.db, {
    accountId: viewer.account.id,
    action,
    targetType: target.type,
    targetId: target.id,
    humanIdentifier: target.humanIdentifier ?? null,
    routeParam: target.routeParam ?? null,
    permalink: target.permalink ?? null,
  })
}
