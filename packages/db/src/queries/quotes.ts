import type { Db } from '../connection.ts'
import { pagedStatement, type Window } from '../pagination.ts'
import { type QuoteRow, quoteColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** Quotes: which status quotes which, and whether the quoted author agrees. One row a quoting status. */

const all = columns(quoteColumns)

/** How a quote stands, as it is stored. */
export const QUOTE_STATES = ['pending', 'accepted', 'rejected', 'revoked', 'deleted'] as const
export type StoredQuoteState = (typeof QUOTE_STATES)[number]
const ACCEPTED = 1

export interface NewQuote {
  statusId: string
  accountId: string
  /** Null while we do not know the quoted status. */
  quotedStatusId: string | null
  quotedAccountId: string | null
  /** The address of our request; null for quotes of other servers. */
  activityUri: string | null
  legacy: boolean
  state: StoredQuoteState
}

const insert = statement<QuoteRow>(
  'quote_insert',
  `insert into quotes (status_id, account_id, quoted_status_id, quoted_account_id, activity_uri, legacy, state)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (status_id) do nothing returning ${all}`,
)

/** Writes down what a status quotes; null when it quotes something already. */
export async function insertQuote(db: Db, quote: NewQuote): Promise<QuoteRow | null> {
  const [row] = await insert(db, [
    quote.statusId,
    quote.accountId,
    quote.quotedStatusId,
    quote.quotedAccountId,
    quote.activityUri,
    quote.legacy,
    QUOTE_STATES.indexOf(quote.state),
  ])
  return row ?? null
}

const byId = statement<QuoteRow>('quote_by_id', `select ${all} from quotes where id = $1`)

export async function quoteById(db: Db, id: string): Promise<QuoteRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

const lock = statement<QuoteRow>('quote_lock', `select ${all} from quotes where id = $1 for update`)

/** A quote that nobody else settles before our transaction ends. */
export async function lockQuote(db: Db, id: string): Promise<QuoteRow | null> {
  return (await lock(db, [id]))[0] ?? null
}

const ofStatus = statement<QuoteRow>('quote_of_status', `select ${all} from quotes where status_id = $1`)

/** What a status quotes. */
export async function quoteOfStatus(db: Db, statusId: string): Promise<QuoteRow | null> {
  return (await ofStatus(db, [statusId]))[0] ?? null
}

const byActivity = statement<QuoteRow>(
  'quote_by_activity_uri',
  `select ${all} from quotes where activity_uri = $1 and quoted_account_id = $2`,
)

/** The quote that was asked for by a request with this address, if this account is the one who was asked. */
export async function quoteByRequest(
  db: Db,
  activityUri: string,
  quotedAccountId: string,
): Promise<QuoteRow | null> {
  return (await byActivity(db, [activityUri, quotedAccountId]))[0] ?? null
}

const byApproval = statement<QuoteRow>(
  'quotes_by_approval_uri',
  `select ${all} from quotes where approval_uri = $1 and quoted_account_id = $2 order by id limit 100`,
)

/** The quotes an authorisation of this account allows. */
export async function quotesByApproval(
  db: Db,
  approvalUri: string,
  quotedAccountId: string,
): Promise<QuoteRow[]> {
  return byApproval(db, [approvalUri, quotedAccountId])
}

const settle = statement<QuoteRow>(
  'quote_settle',
  `update quotes set state = $2, approval_uri = $3, updated_at = now() where id = $1 returning ${all}`,
)

/** Says how a quote stands from now on, and by which authorisation. */
export async function settleQuote(
  db: Db,
  id: string,
  change: { state: StoredQuoteState; approvalUri: string | null },
): Promise<QuoteRow | null> {
  const [row] = await settle(db, [id, QUOTE_STATES.indexOf(change.state), change.approvalUri])
  return row ?? null
}

const setQuoted = statement<QuoteRow>(
  'quote_set_quoted',
  `update quotes set quoted_status_id = $2, quoted_account_id = $3, updated_at = now()
   where id = $1 and quoted_status_id is null returning ${all}`,
)

/** Fills in the quoted status that was not known before; null when it was, or the quote is gone. */
export async function setQuotedStatus(
  db: Db,
  id: string,
  quoted: { id: string; account_id: string },
): Promise<QuoteRow | null> {
  return (await setQuoted(db, [id, quoted.id, quoted.account_id]))[0] ?? null
}

const remove = statement<QuoteRow>('quote_delete', `delete from quotes where id = $1 returning ${all}`)

export async function deleteQuote(db: Db, id: string): Promise<QuoteRow | null> {
  return (await remove(db, [id]))[0] ?? null
}

const touch = statement<QuoteRow>(
  'quote_touch_stale',
  `update quotes set updated_at = now()
   where id = $1 and updated_at < $2::timestamptz and state = ${ACCEPTED} and approval_uri is not null
   returning ${all}`,
)

/** Takes an accepted quote that was checked before `before` to check it again; null when another was faster. */
export async function touchStaleQuote(db: Db, id: string, before: Date): Promise<QuoteRow | null> {
  return (await touch(db, [id, before]))[0] ?? null
}

const changeCount = statement<never>(
  'quotes_count_change',
  `insert into status_stats as stats (status_id, quotes_count) values ($1, greatest($2::bigint, 0))
   on conflict (status_id) do update set
     quotes_count = greatest(stats.quotes_count + $2, 0), updated_at = now()`,
)

/** Adds to how often a status is quoted; never below 0. */
export async function changeQuotesCount(db: Db, statusId: string, by: number): Promise<void> {
  await changeCount(db, [statusId, by])
}

const uncount = statement<never>(
  'quotes_count_without',
  `update status_stats stats set quotes_count = greatest(stats.quotes_count - 1, 0), updated_at = now()
   from quotes q where q.status_id = $1 and q.state = ${ACCEPTED} and stats.status_id = q.quoted_status_id`,
)

/** Counts the quote in a status that goes away no longer. */
export async function uncountQuoteOf(db: Db, statusId: string): Promise<void> {
  await uncount(db, [statusId])
}

export interface QuotingStatus {
  /** The quote: the cursor of the list. */
  row_id: string
  status_id: string
}

const ofQuoted = pagedStatement<QuotingStatus>(
  'quotes_of_quoted_status',
  (order) => `select q.id as row_id, q.status_id from quotes q join statuses s on s.id = q.status_id
   where q.quoted_status_id = $4 and q.state = ${ACCEPTED} and q.id < $1 and q.id > $2 and s.deleted_at is null
   order by q.id ${order} limit $3`,
)

/** The statuses that quote one and may, newest first. Whether anybody may see them is the caller's question. */
export async function quotesOfQuoted(
  db: Db,
  window: Window,
  quotedStatusId: string,
): Promise<QuotingStatus[]> {
  return ofQuoted(db, window, [quotedStatusId])
}

const locals = statement<{ account_id: string; status_id: string }>(
  'quotes_by_locals',
  `select q.account_id, q.status_id from quotes q
   join accounts a on a.id = q.account_id and a.domain is null
   join statuses s on s.id = q.status_id and s.deleted_at is null
   where q.quoted_status_id = $1 and q.state = ${ACCEPTED}`,
)

/** Accounts of ours that quote a status, with the statuses they do it in. */
export async function localQuotesOf(
  db: Db,
  quotedStatusId: string,
): Promise<{ account_id: string; status_id: string }[]> {
  return locals(db, [quotedStatusId])
}

const pair = statement<QuoteRow>(
  'quote_pair',
  `select ${columns(quoteColumns, 'q')} from quotes q join statuses s on s.id = q.status_id and s.deleted_at is null
   where q.status_id = $1 and q.quoted_status_id = $2`,
)

/** The quote of one status in another that is not deleted. */
export async function quoteBetween(
  db: Db,
  statusId: string,
  quotedStatusId: string,
): Promise<QuoteRow | null> {
  return (await pair(db, [statusId, quotedStatusId]))[0] ?? null
}

export interface QuoteTies {
  /** The one who quotes follows the author. */
  follows: boolean
  /** The author follows the one who quotes. */
  is_followed: boolean
  /** Either blocks the other, or the server of the other. */
  is_blocked: boolean
}

const ties = statement<QuoteTies>(
  'quote_ties',
  `select
     exists (select from follows where account_id = quoter.id and target_account_id = author.id) as follows,
     exists (select from follows where account_id = author.id and target_account_id = quoter.id) as is_followed,
     exists (select from blocks where account_id = quoter.id and target_account_id = author.id)
       or exists (select from blocks where account_id = author.id and target_account_id = quoter.id)
       or exists (select from account_domain_blocks where account_id = quoter.id and domain = author.domain)
       or exists (select from account_domain_blocks where account_id = author.id and domain = quoter.domain)
       as is_blocked
   from accounts quoter, accounts author where quoter.id = $1 and author.id = $2`,
)

/** How somebody who wants to quote stands to the author. */
export async function quoteTies(db: Db, quoterId: string, authorId: string): Promise<QuoteTies> {
  const [row] = await ties(db, [quoterId, authorId])
  return row ?? { follows: false, is_followed: false, is_blocked: true }
}

const setPolicy = statement<{ id: string }>(
  'status_set_quote_policy',
  `update statuses set quote_approval_policy = $2, updated_at = now()
   where id = $1 and quote_approval_policy <> $2 and deleted_at is null returning id`,
)

/** Says who may quote a status; false when that is what it said before. */
export async function setQuotePolicy(db: Db, statusId: string, policy: number): Promise<boolean> {
  return (await setPolicy(db, [statusId, policy])).length > 0
}

const authorization = statement<{ quoted_status_id: string; status_id: string }>(
  'quote_authorization',
  `select q.quoted_status_id, q.status_id from quotes q
   join statuses quoting on quoting.id = q.status_id and quoting.deleted_at is null
   join statuses quoted on quoted.id = q.quoted_status_id and quoted.deleted_at is null
   where q.id = $1 and quoted.account_id = $2 and q.state = ${ACCEPTED}`,
)

/** The two statuses of a quote that an account has allowed, both still there. */
export async function quoteAuthorization(
  db: Db,
  quoteId: string,
  quotedAccountId: string,
): Promise<{ quoted_status_id: string; status_id: string } | null> {
  return (await authorization(db, [quoteId, quotedAccountId]))[0] ?? null
}
