import { randomInt } from 'node:crypto'
import type { InviteRow } from '@anancus/db'
import { expireInviteRow, insertInvite, invitesOfUser } from '@anancus/db/queries/invites'
import type { Ctx } from '../../kernel/context.ts'
import { ForbiddenError, InvariantError, NotFoundError, ValidationError } from '../../kernel/errors.ts'
import type { Viewer } from '../../kernel/viewer.ts'
import { mayInvite } from './find-invite.ts'
import { CODE_ALPHABET, CODE_LENGTH, HIGHEST_USES, MAX_INVITE_COMMENT, SHOWN_INVITES } from './limits.ts'

const TRIES = 5

export interface InviteValues {
  /** How often it can be used; null is without end. */
  maxUses: number | null
  /** How long it is good, in seconds; null is for ever. */
  expiresInSeconds: number | null
  /** Newcomers follow whoever invited them. */
  autofollow: boolean
  comment: string
}

/** The invitations of a user, newest first. @throws ForbiddenError not allowed to invite */
export async function listInvites(ctx: Ctx, viewer: Viewer): Promise<InviteRow[]> {
  await checkMayInvite(ctx, viewer)
  return invitesOfUser(ctx.db, viewer.user.id, SHOWN_INVITES)
}

/**
 * Makes an invitation.
 *
 * @throws ForbiddenError not allowed to invite
 * @throws ValidationError a number that is none, or too long a comment
 */
export async function createInvite(ctx: Ctx, viewer: Viewer, values: InviteValues): Promise<InviteRow> {
  await checkMayInvite(ctx, viewer)
  const { maxUses, expiresInSeconds, autofollow, comment } = values
  if (!isCountOrNothing(maxUses)) throw ValidationError.failed('Max uses is not a number')
  if (!isCountOrNothing(expiresInSeconds)) throw ValidationError.failed('Expires in is not a number')
  if (Array.from(comment).length > MAX_INVITE_COMMENT)
    throw ValidationError.failed(`Comment is too long (maximum is ${MAX_INVITE_COMMENT} characters)`)
  const expires_at =
    expiresInSeconds === null ? null : new Date(ctx.clock.now().getTime() + expiresInSeconds * 1000)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const invite = await insertInvite(ctx.db, {
      user_id: viewer.user.id,
      code: randomCode(),
      max_uses: maxUses,
      expires_at,
      autofollow,
      comment: comment || null,
    })
    if (invite) return invite
  }
  throw new InvariantError('Every code tried is taken.')
}

/** Ends an invitation of the viewer's at once. @throws NotFoundError none of theirs */
export async function expireInvite(ctx: Ctx, viewer: Viewer, id: string): Promise<void> {
  if (!(await expireInviteRow(ctx.db, id, viewer.user.id, ctx.clock.now()))) throw new NotFoundError()
}

async function checkMayInvite(ctx: Ctx, viewer: Viewer): Promise<void> {
  if (!(await mayInvite(ctx, viewer))) throw new ForbiddenError()
}

function isCountOrNothing(value: number | null): boolean {
  return value === null || (Number.isSafeInteger(value) && value > 0 && value <= HIGHEST_USES)
}

function randomCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
}
