import type { UserRow } from '@anancus/db'
import { viewerByUserId } from '@anancus/db/queries/users'
import type { Ctx } from '../../kernel/context.ts'
import { signedToken, subjectOfToken } from '../../kernel/signed-token.ts'
import { MAILED_TYPES, type MailedType } from '../notifications/index.ts'
import { savePreferences } from '../settings/index.ts'

/** Mails about notifications that a link in them can end. */
export const UNSUBSCRIBABLE = MAILED_TYPES

export type UnsubscribableMail = MailedType

const PURPOSE = 'unsubscribe-user'
const LIFETIME_MS = 10 * 365 * 86_400_000

/** The address in a mail about notifications that ends mails of its kind, with or without signing in. */
export function unsubscribeUrl(ctx: Ctx, user: Pick<UserRow, 'id'>, kind: UnsubscribableMail): string {
  const expiresAt = new Date(ctx.clock.now().getTime() + LIFETIME_MS)
  const token = signedToken(ctx.config, PURPOSE, `${user.id}:${kind}`, expiresAt)
  return `${ctx.config.baseUrl}/unsubscribe?${new URLSearchParams({ token, type: kind })}`
}

export interface UnsubscribeWish {
  user: UserRow
  kind: UnsubscribableMail
}

/** Whose mails of which kind a token ends; null for another's token or a user who is gone. */
export async function mailOfUnsubscribeToken(ctx: Ctx, token: string): Promise<UnsubscribeWish | null> {
  const [id = '', name] = (subjectOfToken(ctx.config, PURPOSE, token, ctx.clock.now()) ?? '').split(':')
  const kind = UNSUBSCRIBABLE.find((known) => known === name)
  const viewer = kind && (await viewerByUserId(ctx.db, id))
  return viewer ? { user: viewer.user, kind } : null
}

/** Ends the mails of one kind. */
export async function stopMails(ctx: Ctx, { user, kind }: UnsubscribeWish): Promise<void> {
  await savePreferences(ctx, user, { [`notification_emails.${kind}`]: false })
}
