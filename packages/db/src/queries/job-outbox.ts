import type { Db } from '../connection.ts'
import type { JobOutboxRow } from '../rows.gen.ts'
import { statement } from '../statement.ts'

const insert = statement<{ id: string; fresh: boolean }>(
  'job_outbox_insert',
  `insert into job_outbox (name, payload, key, run_at)
   select $1, job.payload, $3, now() + $4::double precision * interval '1 millisecond'
   from jsonb_array_elements($2::jsonb) with ordinality as job (payload, position)
   order by job.position
   on conflict (key) where key is not null do update set key = excluded.key
   returning id, xmax = 0 as fresh`,
)

/**
 * Writes jobs of one name into the outbox and returns their ids, in the order of the payloads; one statement. With a
 * key that a waiting job has already, nothing is added and nothing returned; that job's row stays locked until the
 * caller's transaction ends, so that it cannot start without seeing what the caller changed.
 */
export async function insertOutboxJobs(
  db: Db,
  jobs: { name: string; payloads: readonly unknown[]; key: string | null; delayMs: number },
): Promise<string[]> {
  const rows = await insert(db, [jobs.name, JSON.stringify(jobs.payloads), jobs.key, jobs.delayMs])
  return rows.filter((row) => row.fresh).map((row) => row.id)
}

const remove = statement<never>('job_outbox_delete', 'delete from job_outbox where id = $1')

/** Takes a job that is done, or given up, out of the outbox. */
export async function deleteOutboxJob(db: Db, id: string): Promise<void> {
  await remove(db, [id])
}

const release = statement<never>(
  'job_outbox_release_key',
  `update job_outbox set key = 'started:' || id where id = $1 and key not like 'started:%'`,
)

/** Lets a job with a key begin: from now on another one with its key is a new job. Waits for who is adding it. */
export async function releaseOutboxKey(db: Db, id: string): Promise<void> {
  await release(db, [id])
}

export type OutboxJob = Pick<JobOutboxRow, 'id' | 'name' | 'payload' | 'key' | 'run_at'>

interface Batch {
  olderThanMs: number
  afterId: string
  limit: number
}

const waiting = statement<OutboxJob>(
  'job_outbox_waiting',
  `select id, name, payload, key, run_at from job_outbox
   where accepted_at is null and id > $1
     and created_at <= now() - $2::double precision * interval '1 millisecond'
   order by id limit $3`,
)

/** Jobs that no queue is known to have, oldest first. */
export async function waitingOutboxJobs(db: Db, batch: Batch): Promise<OutboxJob[]> {
  return waiting(db, [batch.afterId, batch.olderThanMs, batch.limit])
}

const accepted = statement<OutboxJob>(
  'job_outbox_accepted',
  `select id, name, payload, key, run_at from job_outbox
   where accepted_at <= now() - $2::double precision * interval '1 millisecond' and id > $1
   order by id limit $3`,
)

/** Jobs that a queue took a while ago, oldest first. */
export async function acceptedOutboxJobs(db: Db, batch: Batch): Promise<OutboxJob[]> {
  return accepted(db, [batch.afterId, batch.olderThanMs, batch.limit])
}

const mark = statement<{ id: string }>(
  'job_outbox_mark_accepted',
  'update job_outbox set accepted_at = now() where id = any($1::bigint[]) returning id',
)

/** Notes that a queue has these jobs now; returns the ids of those that still exist. */
export async function markOutboxAccepted(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  return (await mark(db, [ids])).map((row) => row.id)
}

const forget = statement<never>(
  'job_outbox_forget_acceptance',
  'update job_outbox set accepted_at = null where accepted_at is not null',
)

/** Notes that no queue has anything: Redis lost its data. */
export async function forgetAcceptance(db: Db): Promise<void> {
  await forget(db, [])
}

const lock = statement<{ taken: boolean }>(
  'job_outbox_lock',
  `select pg_try_advisory_xact_lock(hashtext('job_outbox_sweep')) as taken`,
)

/** Takes the lock of the sweepers until the transaction ends; false while another process has it. */
export async function takeSweepLock(db: Db): Promise<boolean> {
  return (await lock(db, []))[0]?.taken === true
}
