import type { Db } from '../connection.ts'
import { EVERYONE_ROLE_ID } from '../enums.ts'
import { joinedColumns, joinedRow } from '../joined.ts'
import {
  type AccountRow,
  accountColumns,
  type NotificationRow,
  notificationColumns,
  type UserRoleRow,
  type UserRow,
  userColumns,
  userRoleColumns,
  type WebPushSubscriptionRow,
  webPushSubscriptionColumns,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const SUBSCRIPTION = columns(webPushSubscriptionColumns)

const lockLiveToken = statement<{ id: string }>(
  'lock_live_token',
  'select id from oauth_access_tokens where id = $1 and revoked_at is null for update',
)

/** Locks a token, so that nobody else gives or takes its push subscription meanwhile; false when it was revoked. */
export async function lockTokenForPush(tx: Db, tokenId: string): Promise<boolean> {
  return (await lockLiveToken(tx, [tokenId])).length > 0
}

const insert = statement<WebPushSubscriptionRow>(
  'replace_push_subscription',
  `with gone as (delete from web_push_subscriptions where access_token_id = $1)
   insert into web_push_subscriptions (access_token_id, user_id, endpoint, key_p256dh, key_auth, standard, data)
   values ($1, $2, $3, $4, $5, $6, $7) returning ${SUBSCRIPTION}`,
)

/** Stores the subscription of a token in place of the one it had. The caller holds `lockTokenForPush`. */
export async function replacePushSubscription(
  tx: Db,
  subscription: {
    tokenId: string
    userId: string
    endpoint: string
    keyP256dh: string
    keyAuth: string
    standard: boolean
    data: object
  },
): Promise<WebPushSubscriptionRow> {
  const { tokenId, userId, endpoint, keyP256dh, keyAuth, standard, data } = subscription
  const [row] = await insert(tx, [
    tokenId,
    userId,
    endpoint,
    keyP256dh,
    keyAuth,
    standard,
    JSON.stringify(data),
  ])
  if (!row) throw new Error('The push subscription was not inserted.')
  return row
}

const ofToken = statement<WebPushSubscriptionRow>(
  'push_subscription_of_token',
  `select ${SUBSCRIPTION} from web_push_subscriptions where access_token_id = $1 order by id desc limit 1`,
)

/** The subscription of a token, or null. */
export async function pushSubscriptionOfToken(
  db: Db,
  tokenId: string,
): Promise<WebPushSubscriptionRow | null> {
  return (await ofToken(db, [tokenId]))[0] ?? null
}

const changeOfToken = statement<WebPushSubscriptionRow>(
  'update_push_subscription_of_token',
  `update web_push_subscriptions set data = $2, updated_at = now()
   where access_token_id = $1 returning ${SUBSCRIPTION}`,
)

/** Changes what a token is told of; null when it has no subscription. */
export async function updatePushSubscriptionOfToken(
  db: Db,
  tokenId: string,
  data: object,
): Promise<WebPushSubscriptionRow | null> {
  return (await changeOfToken(db, [tokenId, JSON.stringify(data)]))[0] ?? null
}

const changeOfUser = statement<WebPushSubscriptionRow>(
  'update_push_subscription_of_user',
  `update web_push_subscriptions set data = $3, updated_at = now()
   where id = $1 and user_id = $2 returning ${SUBSCRIPTION}`,
)

/** Changes what one subscription of a user is told of; null when it is not theirs. */
export async function updatePushSubscriptionOfUser(
  db: Db,
  id: string,
  userId: string,
  data: object,
): Promise<WebPushSubscriptionRow | null> {
  return (await changeOfUser(db, [id, userId, JSON.stringify(data)]))[0] ?? null
}

const removeOfToken = statement(
  'delete_push_subscriptions_of_token',
  'delete from web_push_subscriptions where access_token_id = $1',
)

export async function deletePushSubscriptionsOfToken(db: Db, tokenId: string): Promise<void> {
  await removeOfToken(db, [tokenId])
}

const remove = statement(
  'delete_push_subscription',
  `with gone as (delete from web_push_subscriptions where id = $1 returning id)
   update session_activations set web_push_subscription_id = null
   where web_push_subscription_id = (select id from gone)`,
)

/** Deletes a subscription, and its session's memory of it. */
export async function deletePushSubscription(db: Db, id: string): Promise<void> {
  await remove(db, [id])
}

const bind = statement(
  'bind_push_subscription',
  'update session_activations set web_push_subscription_id = $2 where id = $1',
)

/** Remembers which subscription a browser session made. */
export async function bindPushSubscription(tx: Db, sessionId: string, id: string): Promise<void> {
  await bind(tx, [sessionId, id])
}

/** One notification on its way to one subscription, with all that decides whether it may go. */
export interface PushTarget {
  subscription: WebPushSubscriptionRow
  notification: NotificationRow
  /** Secret of the subscription's token, which lives. */
  token: string
  recipient: { user: UserRow; account: AccountRow; role: UserRoleRow }
  /** The recipient follows the sender. */
  following: boolean
  /** The sender follows the recipient. */
  followed: boolean
}

const target = statement<Record<string, unknown>>(
  'push_target',
  `select ${joinedColumns('p', webPushSubscriptionColumns)}, ${joinedColumns('n', notificationColumns)},
     ${joinedColumns('u', userColumns)}, ${joinedColumns('a', accountColumns)}, ${joinedColumns('r', userRoleColumns)},
     t.token,
     exists (select from follows where account_id = a.id and target_account_id = n.from_account_id) as following,
     exists (select from follows where account_id = n.from_account_id and target_account_id = a.id) as followed
   from web_push_subscriptions p
   join oauth_access_tokens t on t.id = p.access_token_id and t.revoked_at is null
     and (t.expires_in is null or t.created_at + t.expires_in * interval '1 second' > now())
   join users u on u.id = p.user_id and not u.disabled
   join accounts a on a.id = u.account_id and a.suspended_at is null
   join user_roles r on r.id = coalesce(u.role_id, ${EVERYONE_ROLE_ID})
   join notifications n on n.id = $2 and n.account_id = a.id and not n.filtered
   where p.id = $1`,
)

/**
 * Finds what a push needs, in one statement; null when the subscription, its token or the notification is gone, or the
 * recipient may not act.
 */
export async function findPushTarget(
  db: Db,
  subscriptionId: string,
  notificationId: string,
): Promise<PushTarget | null> {
  const [row] = await target(db, [subscriptionId, notificationId])
  if (!row) return null
  const subscription = joinedRow<WebPushSubscriptionRow>(row, 'p', webPushSubscriptionColumns)
  const notification = joinedRow<NotificationRow>(row, 'n', notificationColumns)
  const user = joinedRow<UserRow>(row, 'u', userColumns)
  const account = joinedRow<AccountRow>(row, 'a', accountColumns)
  const role = joinedRow<UserRoleRow>(row, 'r', userRoleColumns)
  if (!subscription || !notification || !user || !account || !role) return null
  return {
    subscription,
    notification,
    token: row.token as string,
    recipient: { user, account, role },
    following: row.following === true,
    followed: row.followed === true,
  }
}
