import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What a notification is about. */
export interface NotificationActivity {
  /** The status shown with it: of a reblog the original, of a favourite the favourited one. */
  status_id: string | null
  created_at: Date
}

// One branch a kind: the constant conditions let Postgres run only the one that is meant.
const activity = statement<NotificationActivity>(
  'notification_activity',
  `select status_id, created_at from mentions where $1 = 'Mention' and id = $2
   union all select status_id, created_at from favourites where $1 = 'Favourite' and id = $2
   union all select case when $3 = 'reblog' then reblog_of_id else id end, created_at from statuses
     where $1 = 'Status' and id = $2 and deleted_at is null
   union all select null, created_at from follows where $1 = 'Follow' and id = $2
   union all select null, created_at from follow_requests where $1 = 'FollowRequest' and id = $2
   union all select status_id, created_at from polls where $1 = 'Poll' and id = $2
   union all select status_id, created_at from quotes where $1 = 'Quote' and id = $2
   union all select null, created_at from account_relationship_severance_events
     where $1 = 'AccountRelationshipSeveranceEvent' and id = $2
   union all select null, created_at from account_warnings where $1 = 'AccountWarning' and id = $2
   union all select null, created_at from generated_annual_reports where $1 = 'GeneratedAnnualReport' and id = $2
   union all select null, created_at from accounts where $1 = 'Account' and id = $2
   union all select null, created_at from reports where $1 = 'Report' and id = $2
   union all select null, created_at from collections where $1 = 'Collection' and id = $2
   union all select null, created_at from collection_items where $1 = 'CollectionItem' and id = $2`,
)

/** Finds what a notification would be about; null when it is gone. */
export async function findNotificationActivity(
  db: Db,
  about: { activityType: string; activityId: string; type: string },
): Promise<NotificationActivity | null> {
  return (await activity(db, [about.activityType, about.activityId, about.type]))[0] ?? null
}

/** Everything that decides whether the recipient is told, and whether aside. */
export interface NotificationFacts {
  recipient_suspended: boolean
  sender_is_recipient: boolean
  sender_suspended: boolean
  sender_silenced: boolean
  sender_is_bot: boolean
  sender_created_at: Date
  /** The sender is staff above the recipient, with a visible role. */
  sender_is_staff: boolean
  /** The recipient follows the sender. */
  following: boolean
  /** Since when the sender follows the recipient. */
  followed_since: Date | null
  blocking: boolean
  muting_notifications: boolean
  domain_blocking: boolean
  /** The recipient once accepted the sender's notifications. */
  permitted: boolean
  conversation_muted: boolean
  /** The status mentions, or answers, somebody whom the recipient blocks, or mutes with notifications. */
  involves_blocked: boolean
  is_direct: boolean
  /** A status further up is a direct one by the recipient that mentions the sender. */
  answers_recipient: boolean
  for_not_following: number
  for_not_followers: number
  for_new_accounts: number
  for_private_mentions: number
  for_limited_accounts: number
  for_bots: number
  /** Subscriptions to push messages that ask for this type. */
  push_subscription_ids: string[]
  user_id: string
  /** Their preferences, as stored. */
  user_settings: string | null
}

/** Roles with one of these may write to whom they watch over: reports, appeals, users, their data. */
const MODERATION = 16 | 512 | 1024 | 262_144 | 524_288 | 1
const DIRECT = 3
const DEEPEST_THREAD = 100

const facts = statement<NotificationFacts>(
  'notification_facts',
  `select
     recipient.suspended_at is not null as recipient_suspended,
     recipient.id = sender.id as sender_is_recipient,
     sender.suspended_at is not null as sender_suspended,
     sender.silenced_at is not null as sender_silenced,
     coalesce(sender.actor_type in ('Application', 'Service'), false) as sender_is_bot,
     sender.created_at as sender_created_at,
     coalesce((
       select role.highlighted and role.permissions & ${MODERATION} <> 0 and role.position > coalesce(
         (select r.position from user_roles r where r.id = recipient_user.role_id), -1)
       from users u join user_roles role on role.id = u.role_id where u.account_id = sender.id), false) as sender_is_staff,
     exists (select from follows where account_id = $1 and target_account_id = $2) as following,
     (select created_at from follows where account_id = $2 and target_account_id = $1) as followed_since,
     exists (select from blocks where account_id = $1 and target_account_id = $2) as blocking,
     exists (select from mutes where account_id = $1 and target_account_id = $2 and hide_notifications
             and (expires_at is null or expires_at > now())) as muting_notifications,
     exists (select from account_domain_blocks where account_id = $1 and domain = sender.domain) as domain_blocking,
     exists (select from notification_permissions where account_id = $1 and from_account_id = $2) as permitted,
     exists (select from conversation_mutes where account_id = $1 and conversation_id = s.conversation_id)
       as conversation_muted,
     exists (
       select from (
         select m.account_id as id from mentions m where m.status_id = s.id and not m.silent
         union all select s.in_reply_to_account_id
       ) as involved
       where exists (select from blocks b where b.account_id = $1 and b.target_account_id = involved.id)
          or exists (select from mutes m where m.account_id = $1 and m.target_account_id = involved.id
                     and m.hide_notifications and (m.expires_at is null or m.expires_at > now()))
     ) as involves_blocked,
     coalesce(s.visibility = ${DIRECT}, false) as is_direct,
     coalesce(s.visibility = ${DIRECT}, false) and exists (
       with recursive thread as (
         select p.id, p.in_reply_to_id, p.account_id, p.visibility, 1 as depth
         from statuses p where p.id = s.in_reply_to_id
         union all
         select p.id, p.in_reply_to_id, p.account_id, p.visibility, t.depth + 1
         from thread t join statuses p on p.id = t.in_reply_to_id where t.depth < ${DEEPEST_THREAD}
       )
       select from thread t join mentions m on m.status_id = t.id and m.account_id = $2 and not m.silent
       where t.account_id = $1 and t.visibility = ${DIRECT}
     ) as answers_recipient,
     coalesce(policy.for_not_following, 0) as for_not_following,
     coalesce(policy.for_not_followers, 0) as for_not_followers,
     coalesce(policy.for_new_accounts, 0) as for_new_accounts,
     coalesce(policy.for_private_mentions, 1) as for_private_mentions,
     coalesce(policy.for_limited_accounts, 1) as for_limited_accounts,
     coalesce(policy.for_bots, 0) as for_bots,
     array(
       select p.id from web_push_subscriptions p
       where p.user_id = recipient_user.id
         and lower(coalesce(p.data -> 'alerts' ->> $4, '')) not in ('', '0', 'f', 'false', 'off')
       order by p.id
     ) as push_subscription_ids,
     recipient_user.id as user_id,
     recipient_user.settings as user_settings
   from accounts recipient
   join users recipient_user on recipient_user.account_id = recipient.id
   join accounts sender on sender.id = $2
   left join statuses s on s.id = $3
   left join notification_policies policy on policy.account_id = recipient.id
   where recipient.id = $1`,
)

/** Reads all facts about a notification in one statement; null when the recipient is no user of ours, or one is gone. */
export async function notificationFacts(
  db: Db,
  recipientId: string,
  fromAccountId: string,
  statusId: string | null,
  type: string,
): Promise<NotificationFacts | null> {
  return (await facts(db, [recipientId, fromAccountId, statusId, type]))[0] ?? null
}
