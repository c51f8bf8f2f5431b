import { randomBytes } from 'node:crypto'
import type { SessionActivationRow } from '@anancus/db'
import {
  deleteOldestSessions,
  deleteOtherSessions,
  deleteSession,
  insertSession,
  sessionsOfUser,
  touchSession,
} from '@anancus/db/queries/sessions'
import { updateSignIn } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { NotFoundError } from '../../kernel/errors.ts'
import { transaction } from '../../kernel/transaction.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { recordVisit } from '../instance/index.ts'
import { getWebApplication, issueNewToken, revokeTokens, splitScopes } from '../oauth/index.ts'
import { VISIT_INTERVAL_MS } from './limits.ts'
import type { Visitor } from './verify-password.ts'

const MAX_USER_AGENT = 512

/**
 * Signs a browser in: a session with a token of its own for the web client. The oldest sessions beyond
 * MAX_SESSION_ACTIVATIONS end.
 *
 * @returns the session; its `session_id` is what the cookie holds
 */
export async function startSession(
  ctx: Ctx,
  viewer: Viewer,
  visitor: Visitor,
): Promise<SessionActivationRow> {
  const app = await getWebApplication(ctx)
  const now = ctx.clock.now()
  const session = await transaction(ctx, async (tx) => {
    const token = await issueNewToken(tx, app, viewer.user.id, splitScopes(app.scopes))
    const row = await insertSession(tx.db, {
      userId: viewer.user.id,
      sessionId: randomBytes(32).toString('base64url'),
      accessTokenId: token.id,
      ip: visitor.ip,
      userAgent: visitor.userAgent.slice(0, MAX_USER_AGENT),
    })
    await updateSignIn(tx.db, viewer.user.id, now, 1)
    const ended = await deleteOldestSessions(tx.db, viewer.user.id, tx.config.env.MAX_SESSION_ACTIVATIONS)
    await endTokens(tx, ended)
    return row
  })
  await recordVisit(ctx, viewer.user.id)
  return session
}

/** Ends one session of a user: its token stops working, its sockets close. @throws NotFoundError not theirs */
export async function endSession(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  const ended = await deleteSession(ctx.db, viewer.user.id, id)
  if (!ended) throw new NotFoundError()
  await endTokens(ctx, [ended])
}

/** Ends all sessions of a user but one (null: none is kept). */
export async function endOtherSessions(ctx: Ctx, userId: string, keptId: string | null): Promise<void> {
  await endTokens(ctx, await deleteOtherSessions(ctx.db, userId, keptId))
}

/** The browsers a user is signed in with, last used first. */
export async function listSessions(ctx: Ctx, viewer: Viewer): Promise<SessionActivationRow[]> {
  return sessionsOfUser(ctx.db, viewer.user.id)
}

/** Writes down, once a day, that a browser was here. */
export async function noteSessionUse(
  ctx: Ctx,
  session: SessionActivationRow,
  visitor: Visitor,
): Promise<void> {
  const now = ctx.clock.now()
  if (now.getTime() - session.updated_at.getTime() < VISIT_INTERVAL_MS) return
  await touchSession(ctx.db, session.id, {
    at: now,
    ip: visitor.ip,
    userAgent: visitor.userAgent.slice(0, MAX_USER_AGENT),
  })
}

/** Writes down, once a day, that a user was here, by browser or app: decides who keeps a home feed. */
export async function noteVisit(ctx: Ctx, viewer: Viewer): Promise<void> {
  const now = ctx.clock.now()
  const last = viewer.user.current_sign_in_at?.getTime() ?? 0
  if (now.getTime() - last < VISIT_INTERVAL_MS) return
  await updateSignIn(ctx.db, viewer.user.id, now, 0)
  await recordVisit(ctx, viewer.user.id)
}

async function endTokens(ctx: Ctx, sessions: readonly SessionActivationRow[]): Promise<void> {
  const ids = sessions.flatMap((session) => session.access_token_id ?? [])
  await revokeTokens(ctx, ids)
}
