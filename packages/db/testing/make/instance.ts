import type { AnnouncementRow, Db, EmailSubscriptionRow, InviteRow, UserRow } from '../../src/index.ts'
import type { AccountRow } from '../../src/index.ts'
import { insertRow, next } from './insert.ts'

/** A published announcement. */
export async function makeAnnouncement(
  db: Db,
  values: Partial<AnnouncementRow> = {},
): Promise<AnnouncementRow> {
  return insertRow(db, 'announcements', {
    text: 'Hello everybody',
    published: true,
    published_at: new Date(),
    ...values,
  })
}

/** An invitation of a user's, good for ever. */
export async function makeInvite(
  db: Db,
  { user, ...values }: Partial<InviteRow> & { user: UserRow },
): Promise<InviteRow> {
  return insertRow(db, 'invites', {
    user_id: user.id,
    code: `code${String(next()).padStart(4, 'x')}`,
    ...values,
  })
}

/** A reader by mail, confirmed. */
export async function makeEmailSubscription(
  db: Db,
  { account, ...values }: Partial<EmailSubscriptionRow> & { account: AccountRow },
): Promise<EmailSubscriptionRow> {
  return insertRow(db, 'email_subscriptions', {
    account_id: account.id,
    email: `reader${next()}@mail.test`,
    locale: 'en',
    confirmed_at: new Date(),
    ...values,
  })
}
