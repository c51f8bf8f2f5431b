import type { Db } from '../connection.ts'
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
