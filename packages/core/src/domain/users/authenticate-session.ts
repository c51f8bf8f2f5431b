import type { SessionActivationRow } from '@anancus/db'
import { sessionWithOwner } from '@anancus/db/queries/sessions'
import type { Ctx } from '../../kernel/context.ts'
import type { Viewer } from '../../kernel/viewer.ts'

const SESSION_ID = /^[\w-]{16,128}$/

/** Finds who is signed in by a session id, in one statement. Whether they may act is `standingOf` in policies/user. */
export async function authenticateSession(
  ctx: Ctx,
  sessionId: string,
): Promise<{ session: SessionActivationRow; viewer: Viewer } | null> {
  if (!SESSION_ID.test(sessionId)) return null
  const found = await sessionWithOwner(ctx.db, sessionId)
  return found && { session: found.session, viewer: found.owner }
}
