import type { Db } from '../connection.ts'
import { statement } from '../statement.ts'

/** What authors of other servers let be done to their statuses, and what they answered when ours asked. */

/** Audiences as bits; null is everybody. */
export interface StoredInteractionPolicy {
  favourite: number | null
  reply: number | null
  reblog: number | null
}

const upsert = statement<never>(
  'interaction_policies.upsert',
  `insert into status_interaction_policies (status_id, favourite, reply, reblog) values ($1, $2, $3, $4)
   on conflict (status_id) do update
     set favourite = excluded.favourite, reply = excluded.reply, reblog = excluded.reblog`,
)

const remove = statement<never>(
  'interaction_policies.delete',
  `delete from status_interaction_policies where status_id = $1`,
)

/** Keeps what may be done to a status; null is everything, by everybody. */
export async function setInteractionPolicy(
  db: Db,
  statusId: string,
  policy: StoredInteractionPolicy | null,
): Promise<void> {
  if (policy === null) await remove(db, [statusId])
  else await upsert(db, [statusId, policy.favourite, policy.reply, policy.reblog])
}

/** How it stands with a status that has to be approved. */
export interface Approval {
  /** Null while its author waits. */
  accepted_at: Date | null
  /** Where it is said. */
  approval_uri: string | null
}

const ask = statement<never>(
  'status_approvals.insert',
  `insert into status_approvals (status_id) values ($1) on conflict do nothing`,
)

/** Notes that an answer or reblog by one of ours waits for the other author. */
export async function insertApproval(db: Db, statusId: string): Promise<void> {
  await ask(db, [statusId])
}

const select = statement<Approval>(
  'status_approvals.of_status',
  `select accepted_at, approval_uri from status_approvals where status_id = $1`,
)

/** Whether and how a status was approved; null when nobody had to be asked. */
export async function approvalOf(db: Db, statusId: string): Promise<Approval | null> {
  return (await select(db, [statusId]))[0] ?? null
}

const accept = statement<{ status_id: string }>(
  'status_approvals.accept',
  `update status_approvals set accepted_at = $3, approval_uri = $2
   where status_id = $1 and accepted_at is null returning status_id`,
)

/** Notes that a status was approved, and where that is said; false when it was before, or nobody had to be asked. */
export async function acceptApproval(
  db: Db,
  statusId: string,
  approvalUri: string | null,
  at: Date,
): Promise<boolean> {
  return (await accept(db, [statusId, approvalUri, at])).length > 0
}

const likeById = statement<{ account_id: string; status_id: string }>(
  'interaction_policies.favourite',
  `select account_id, status_id from favourites where id = $1`,
)

/** Whose favourite of what an id is; null when there is none. */
export async function favouriteById(
  db: Db,
  id: string,
): Promise<{ account_id: string; status_id: string } | null> {
  return (await likeById(db, [id]))[0] ?? null
}
