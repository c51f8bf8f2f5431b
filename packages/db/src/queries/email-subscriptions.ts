import type { Db } from '../connection.ts'
import { type EmailSubscriptionRow, emailSubscriptionColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const ALL = columns(emailSubscriptionColumns)

const insert = statement<EmailSubscriptionRow>(
  'insert_email_subscription',
  `insert into email_subscriptions (account_id, email, locale, confirmation_token) values ($1, $2, $3, $4)
   on conflict (account_id, email) do nothing returning ${ALL}`,
)

export type NewEmailSubscription = Pick<EmailSubscriptionRow, 'account_id' | 'email' | 'locale'> & {
  confirmation_token: string
}

/** Keeps somebody's wish to read an account by mail; null when the address has asked before. */
export async function insertEmailSubscription(
  db: Db,
  values: NewEmailSubscription,
): Promise<EmailSubscriptionRow | null> {
  const { account_id, email, locale, confirmation_token } = values
  return (await insert(db, [account_id, email, locale, confirmation_token]))[0] ?? null
}

const byId = statement<EmailSubscriptionRow>(
  'email_subscription_by_id',
  `select ${ALL} from email_subscriptions where id = $1`,
)

export async function emailSubscriptionById(db: Db, id: string): Promise<EmailSubscriptionRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const confirm = statement<EmailSubscriptionRow>(
  'confirm_email_subscription',
  `update email_subscriptions set confirmed_at = coalesce(confirmed_at, $2), updated_at = now()
   where confirmation_token = $1 returning ${ALL}`,
)

/** Confirms an address by the token it was sent; a second time changes nothing. Null for no such token. */
export async function confirmEmailSubscription(
  db: Db,
  token: string,
  at: Date,
): Promise<EmailSubscriptionRow | null> {
  return (await confirm(db, [token, at]))[0] ?? null
}

const remove = statement<{ id: string }>(
  'delete_email_subscription',
  'delete from email_subscriptions where id = $1 returning id',
)

/** Ends a subscription; false when there was none. */
export async function deleteEmailSubscription(db: Db, id: string): Promise<boolean> {
  return (await remove(db, [id])).length > 0
}

const readers = statement<{ id: string }>(
  'email_subscription_ids',
  `select id from email_subscriptions where account_id = $1 and confirmed_at is not null and id > $2
   order by id limit $3`,
)

/** Confirmed readers of an account, by id, above `afterId`. */
export async function readerIds(
  db: Db,
  accountId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  return (await readers(db, [accountId, afterId, limit])).map((row) => row.id)
}

const hasReaders = statement<{ found: boolean }>(
  'has_email_subscriptions',
  `select exists (select 1 from email_subscriptions where account_id = $1 and confirmed_at is not null) as found`,
)

/** Whether anybody reads an account by mail. */
export async function hasMailReaders(db: Db, accountId: string): Promise<boolean> {
  return (await hasReaders(db, [accountId]))[0]?.found ?? false
}

const counted = statement<{ count: string }>(
  'count_email_subscriptions',
  'select count(*) as count from email_subscriptions where account_id = $1 and confirmed_at is not null',
)

/** How many read an account by mail. */
export async function countMailReaders(db: Db, accountId: string): Promise<number> {
  return Number((await counted(db, [accountId]))[0]?.count ?? 0)
}

const posts = statement<{ id: string }>(
  'status_ids_to_mail',
  `select id from statuses
   where account_id = $1 and id > $2 and deleted_at is null and visibility = 0
     and reblog_of_id is null and in_reply_to_id is null and not reply
   order by id limit $3`,
)

/** An account's own public statuses above an id, the oldest first. */
export async function statusIdsToMail(
  db: Db,
  accountId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  return (await posts(db, [accountId, afterId, limit])).map((row) => row.id)
}

const unconfirmed = statement<{ id: string }>(
  'delete_unconfirmed_email_subscriptions',
  'delete from email_subscriptions where confirmed_at is null and created_at < $1 returning id',
)

/** Deletes what was asked for before a time and never confirmed; returns how many. */
export async function deleteUnconfirmedSubscriptions(db: Db, before: Date): Promise<number> {
  return (await unconfirmed(db, [before])).length
}
