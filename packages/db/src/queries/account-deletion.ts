import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

const suspend = statement<never>(
  'account_deletion.suspend',
  `update accounts set suspended_at = coalesce(suspended_at, $2), suspension_origin = 0, updated_at = $2 where id = $1`,
)

/** Hides an account for good. Without a row in `account_deletion_requests` other servers are told that it is gone. */
export async function suspendForGood(db: Db, accountId: string, at: Date): Promise<void> {
  await suspend(db, [accountId, at])
}

const user = statement<never>('account_deletion.user', 'delete from users where id = $1')

/** Deletes a login with its sessions, tokens and settings; the name stays taken by the account. */
export async function deleteUser(db: Db, userId: string): Promise<void> {
  await user(db, [userId])
}

const belongings = statement<never>(
  'account_deletion.belongings',
  `with a as (delete from bookmarks where account_id = $1), b as (delete from blocks where account_id = $1),
     c as (delete from mutes where account_id = $1), d as (delete from account_domain_blocks where account_id = $1),
     e as (delete from lists where account_id = $1), f as (delete from custom_filters where account_id = $1),
     g as (delete from notifications where account_id = $1), h as (delete from tag_follows where account_id = $1),
     i as (delete from featured_tags where account_id = $1), j as (delete from account_notes where account_id = $1),
     k as (delete from account_pins where account_id = $1), l as (delete from status_pins where account_id = $1),
     m as (delete from scheduled_statuses where account_id = $1), n as (delete from conversation_mutes where account_id = $1),
     o as (delete from collection_items where account_id = $1), p as (delete from collections where account_id = $1)
   delete from account_conversations where account_id = $1`,
)

/** Deletes what only the account itself could see, its collections, and its places in those of others. */
export async function deleteBelongings(db: Db, accountId: string): Promise<void> {
  await belongings(db, [accountId])
}
