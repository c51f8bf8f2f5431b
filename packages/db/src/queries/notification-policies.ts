import type { Db } from '../connection.ts'
import type { NotificationPolicyRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

/** Accept 0, filter 1, drop 2: Mastodon's integers. */
export type PolicyChoices = Pick<
  NotificationPolicyRow,
  | 'for_not_following'
  | 'for_not_followers'
  | 'for_new_accounts'
  | 'for_private_mentions'
  | 'for_limited_accounts'
  | 'for_bots'
>

export interface NotificationPolicyFacts extends PolicyChoices {
  pending_requests_count: number
  pending_notifications_count: number
}

const find = statement<NotificationPolicyFacts>(
  'notification_policy_of',
  `select
     coalesce(p.for_not_following, 0) as for_not_following, coalesce(p.for_not_followers, 0) as for_not_followers,
     coalesce(p.for_new_accounts, 0) as for_new_accounts, coalesce(p.for_private_mentions, 1) as for_private_mentions,
     coalesce(p.for_limited_accounts, 1) as for_limited_accounts, coalesce(p.for_bots, 0) as for_bots,
     pending.requests as pending_requests_count, pending.notifications as pending_notifications_count
   from (
     select count(*)::int as requests, coalesce(sum(r.notifications_count), 0)::int as notifications
     from notification_requests r join accounts a on a.id = r.from_account_id and a.suspended_at is null
     where r.account_id = $1
   ) as pending left join notification_policies p on p.account_id = $1`,
)

/** Reads the choices of an account, the defaults where it made none, and what waits aside. */
export async function notificationPolicyOf(db: Db, accountId: string): Promise<NotificationPolicyFacts> {
  const [row] = await find(db, [accountId])
  return row as NotificationPolicyFacts
}

const save = statement<never>(
  'notification_policy_upsert',
  `insert into notification_policies as p (account_id, for_not_following, for_not_followers, for_new_accounts,
     for_private_mentions, for_limited_accounts, for_bots)
   values ($1, coalesce($2::int, 0), coalesce($3::int, 0), coalesce($4::int, 0), coalesce($5::int, 1),
     coalesce($6::int, 1), coalesce($7::int, 0))
   on conflict (account_id) do update set
     for_not_following = coalesce($2::int, p.for_not_following),
     for_not_followers = coalesce($3::int, p.for_not_followers),
     for_new_accounts = coalesce($4::int, p.for_new_accounts),
     for_private_mentions = coalesce($5::int, p.for_private_mentions),
     for_limited_accounts = coalesce($6::int, p.for_limited_accounts),
     for_bots = coalesce($7::int, p.for_bots), updated_at = now()`,
)

/** Saves choices; absent ones stay. */
export async function saveNotificationPolicy(
  db: Db,
  accountId: string,
  choices: Partial<PolicyChoices>,
): Promise<void> {
  await save(db, [
    accountId,
    choices.for_not_following ?? null,
    choices.for_not_followers ?? null,
    choices.for_new_accounts ?? null,
    choices.for_private_mentions ?? null,
    choices.for_limited_accounts ?? null,
    choices.for_bots ?? null,
  ])
}
