import type { Db } from '../connection.ts'
import { type PollRow, pollColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

const POLL = columns(pollColumns)

const byId = statement<PollRow>('poll_by_id', `select ${POLL} from polls where id = $1`)

export async function pollById(db: Db, id: string): Promise<PollRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const lock = statement<PollRow>('poll_lock', `select ${POLL} from polls where id = $1 for update`)

/** A poll in which nobody else votes, and which nobody else edits, before our transaction ends. */
export async function lockPoll(db: Db, id: string): Promise<PollRow | null> {
  return (await lock(db, [id]))[0] ?? null
}

export interface PollContent {
  options: readonly string[]
  multiple: boolean
  hideTotals: boolean
  expiresAt: Date
}

const insert = statement<{ id: string }>(
  'poll_insert',
  `with poll as (
     insert into polls (account_id, status_id, options, multiple, hide_totals, expires_at, cached_tallies, voters_count)
     values ($1, $2, $3::text[], $4, $5, $6, array_fill(0::bigint, array[cardinality($3::text[])]), 0)
     returning id)
   update statuses set poll_id = poll.id from poll where statuses.id = $2 returning poll.id`,
)

/** Hangs a new poll on a status of ours; returns its id. */
export async function insertPoll(
  db: Db,
  accountId: string,
  statusId: string,
  { options, multiple, hideTotals, expiresAt }: PollContent,
): Promise<string> {
  const [row] = await insert(db, [accountId, statusId, options, multiple, hideTotals, expiresAt])
  return (row as { id: string }).id
}

const replace = statement<never>(
  'poll_replace',
  `with reset as (
     delete from poll_votes using polls
     where poll_votes.poll_id = polls.id and polls.id = $1 and (polls.options <> $2::text[] or polls.multiple <> $3)
   )
   update polls set options = $2::text[], multiple = $3, hide_totals = $4, expires_at = $5, updated_at = now(),
     cached_tallies = case when options <> $2::text[] or multiple <> $3
       then array_fill(0::bigint, array[cardinality($2::text[])]) else cached_tallies end,
     votes_count = case when options <> $2::text[] or multiple <> $3 then 0 else votes_count end,
     voters_count = case when options <> $2::text[] or multiple <> $3 then 0 else voters_count end,
     lock_version = lock_version + 1
   where id = $1`,
)

/** Changes a poll of ours; other options, or another number of choices, mean that all votes are void. */
export async function replacePoll(db: Db, pollId: string, poll: PollContent): Promise<void> {
  await replace(db, [pollId, poll.options, poll.multiple, poll.hideTotals, poll.expiresAt])
}

const remove = statement<never>('poll_delete', 'delete from polls where id = $1')

/** Deletes a poll with its votes. */
export async function deletePoll(db: Db, pollId: string): Promise<void> {
  await remove(db, [pollId])
}

const votes = statement<{ choice: number }>(
  'poll_votes_of_account',
  'select choice from poll_votes where poll_id = $1 and account_id = $2 order by choice',
)

/** What an account has chosen, as indexes. */
export async function votesOfAccount(db: Db, pollId: string, accountId: string): Promise<number[]> {
  return (await votes(db, [pollId, accountId])).map((row) => row.choice)
}

const addVotes = statement<{ id: string; choice: number }>(
  'poll_votes_insert',
  `insert into poll_votes (poll_id, account_id, choice, uri) select $1, $2, choice, $4 from unnest($3::int[]) as choice
   returning id, choice`,
)

/** Stores votes; whether they are allowed is known. */
export async function insertVotes(
  db: Db,
  pollId: string,
  accountId: string,
  choices: readonly number[],
  uri: string | null,
): Promise<{ id: string; choice: number }[]> {
  return addVotes(db, [pollId, accountId, choices, uri])
}

const tally = statement<never>(
  'poll_tally',
  `update polls set
     cached_tallies = (
       select array_agg(coalesce(cached_tallies[i], 0) + case when i - 1 = any($2::int[]) then 1 else 0 end order by i)
       from generate_subscripts(options, 1) as i),
     votes_count = votes_count + cardinality($2::int[]), voters_count = voters_count + $3, updated_at = now(),
     lock_version = lock_version + 1
   where id = $1`,
)

/**
 * Counts votes in the tallies that are shown. An unknown number of voters stays unknown.
 *
 * @param choices each once
 */
export async function countVotes(
  db: Db,
  pollId: string,
  choices: readonly number[],
  isNewVoter: boolean,
): Promise<void> {
  await tally(db, [pollId, choices, isNewVoter ? 1 : 0])
}

const voters = statement<{ id: string }>(
  'poll_local_voters',
  `select distinct v.account_id as id from poll_votes v join accounts a on a.id = v.account_id
   where v.poll_id = $1 and a.domain is null`,
)

/** Accounts of ours that have voted. */
export async function localVoters(db: Db, pollId: string): Promise<string[]> {
  return (await voters(db, [pollId])).map((row) => row.id)
}

const claim = statement<{ id: string }>(
  'poll_claim_refresh',
  `update polls set last_fetched_at = $2 where id = $1 and (last_fetched_at is null or last_fetched_at < $3)
   returning id`,
)

/** Notes that a poll is being fetched now; false when that was done after `before`. */
export async function claimPollRefresh(db: Db, pollId: string, now: Date, before: Date): Promise<boolean> {
  return (await claim(db, [pollId, now, before])).length > 0
}
