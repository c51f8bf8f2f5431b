import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What is kept of the addresses people come from, and for how long. */

const rules = statement<{ id: string }>(
  'ip_clean_up.rules',
  'delete from ip_blocks where expires_at < $1 returning id',
)

/** Deletes the IP rules that ran out; returns how many. */
export async function deleteExpiredIpRules(db: Db, now: Date): Promise<number> {
  return (await rules(db, [now])).length
}

const idle = statement<{ id: string }>(
  'ip_clean_up.sessions',
  `with gone as (
     delete from session_activations where id in (
       select id from session_activations where updated_at < $1 order by id limit $2)
     returning id, access_token_id
   ), tokens as (
     delete from oauth_access_tokens where id in (select access_token_id from gone)
   )
   select id from gone`,
)
const signIns = statement<{ id: string }>(
  'ip_clean_up.sign_ins',
  `delete from login_activities where id in (
     select id from login_activities where created_at < $1 order by id limit $2) returning id`,
)
const sessionAddresses = statement<{ id: string }>(
  'ip_clean_up.session_addresses',
  `update session_activations set ip = null where id in (
     select id from session_activations where updated_at < $1 and ip is not null order by id limit $2) returning id`,
)
const signUpAddresses = statement<{ id: string }>(
  'ip_clean_up.sign_up_addresses',
  `update users set sign_up_ip = null where id in (
     select id from users where current_sign_in_at < $1 and sign_up_ip is not null order by id limit $2) returning id`,
)
const tokenAddresses = statement<{ id: string }>(
  'ip_clean_up.token_addresses',
  `update oauth_access_tokens set last_used_ip = null where id in (
     select id from oauth_access_tokens where last_used_at < $1 and last_used_ip is not null order by id limit $2)
   returning id`,
)

const STEPS = { idle, signIns, sessionAddresses, signUpAddresses, tokenAddresses }
export type IpCleanUpStep = keyof typeof STEPS

/** Deletes or blanks at most `limit` rows that are older than `before`; returns how many. */
export async function cleanUpAddresses(
  db: Db,
  step: IpCleanUpStep,
  before: Date,
  limit: number,
): Promise<number> {
  return (await STEPS[step](db, [before, limit])).length
}
