import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** An inbox that an activity about a remote status is passed on to, and the local account that does so. */
export interface ForwardTarget {
  signer_id: string
  inbox: string
}

const targets = statement<ForwardTarget>(
  'forwarding.targets',
  `
with status as (
  select s.id, s.in_reply_to_account_id, author.domain
  from statuses s join accounts author on author.id = s.account_id
  where s.id in (
      select id from statuses where uri = $1
      union
      -- What is taken back may be that a status may quote.
      select q.status_id from quotes q where q.approval_uri = $1 and $2)
    and s.visibility in (0, 1) and s.deleted_at is null and author.domain is not null
), voices as (
  select s.in_reply_to_account_id as id, 0 as rank from status s
  union
  select r.account_id, 1 from status s join statuses r on r.reblog_of_id = s.id where r.deleted_at is null and $2
  union
  select q.account_id, 2 from status s join quotes q on q.quoted_status_id = s.id where $2
), local_voices as (
  select v.id, v.rank from voices v join accounts a on a.id = v.id
  where a.domain is null and a.suspended_at is null
), inboxes as (
  select distinct coalesce(nullif(a.shared_inbox_url, ''), a.inbox_url) as inbox
  from local_voices v
  join follows f on f.target_account_id = v.id
  join accounts a on a.id = f.account_id
  where a.domain not in (select domain from status) and a.suspended_at is null
)
select (select v.id from local_voices v order by v.rank, v.id limit 1) as signer_id, inbox
from inboxes
where inbox <> '' and not exists (
  select 1 from unavailable_domains d where d.domain = lower(split_part(split_part(inbox, '://', 2), '/', 1)))`,
)

/**
 * The inboxes of those who follow the local account that a remote status answers, none on its author's server.
 *
 * @param uri of a public or unlisted status that we hold, or of the authorisation of its quote
 * @param isWide also the followers of local accounts that reblogged or quoted it
 */
export function forwardTargetsOf(db: Db, uri: string, isWide: boolean): Promise<ForwardTarget[]> {
  return targets(db, [uri, isWide])
}
