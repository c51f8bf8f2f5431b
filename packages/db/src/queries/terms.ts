import type { Db } from '../connection.ts'
import { type TermsOfServiceRow, termsOfServiceColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'

/** A version of the terms, its day as `2026-01-31`: a day has no time zone. */
export type TermsRow = Omit<TermsOfServiceRow, 'effective_date'> & { effective_date: string | null }

const ALL = `${columns(termsOfServiceColumns.filter((name) => name !== 'effective_date'))},
  effective_date::text as effective_date`

const byId = statement<TermsRow>('terms_by_id', `select ${ALL} from terms_of_services where id = $1`)
const draft = statement<TermsRow>(
  'terms_draft',
  `select ${ALL} from terms_of_services where published_at is null order by id desc limit 1`,
)

export async function termsById(db: Db, id: string): Promise<TermsRow | null> {
  return (await byId(db, [id]))[0] ?? null
}

/** The version that is being written; null when nobody writes one. */
export async function termsDraft(db: Db): Promise<TermsRow | null> {
  return (await draft(db, []))[0] ?? null
}

const save = statement<TermsRow>(
  'insert_terms',
  `insert into terms_of_services (text, changelog, effective_date) values ($1, $2, $3::date) returning ${ALL}`,
)
const change = statement<TermsRow>(
  'update_terms',
  `update terms_of_services set text = $2, changelog = $3, effective_date = $4::date, updated_at = now()
   where id = $1 and published_at is null returning ${ALL}`,
)

export interface TermsValues {
  text: string
  changelog: string
  /** `2026-01-31`, or null while it is open. */
  effectiveDate: string | null
}

/** Keeps a new draft. Throws the database's 23505 when another version begins on that day. */
export async function insertTerms(db: Db, values: TermsValues): Promise<TermsRow> {
  const [row] = await save(db, [values.text, values.changelog, values.effectiveDate])
  if (!row) throw new Error('The terms were not inserted.')
  return row
}

/** Changes a draft; null for what is published or gone. */
export async function updateTerms(db: Db, id: string, values: TermsValues): Promise<TermsRow | null> {
  return (await change(db, [id, values.text, values.changelog, values.effectiveDate]))[0] ?? null
}

const publish = statement<TermsRow>(
  'publish_terms',
  `update terms_of_services set published_at = $2, notification_sent_at = $2, updated_at = now()
   where id = $1 and published_at is null returning ${ALL}`,
)

/** Publishes a draft; null when that was done already. */
export async function publishTermsRow(db: Db, id: string, at: Date): Promise<TermsRow | null> {
  return (await publish(db, [id, at]))[0] ?? null
}

const interstitial = statement<{ id: string }>(
  'flag_users_for_terms',
  `update users u set require_tos_interstitial = true, updated_at = now() from accounts a
   where a.id = u.account_id and u.confirmed_at is not null and u.created_at <= $1
     and not u.require_tos_interstitial
     and (a.suspended_at is not null or u.current_sign_in_at is null or u.current_sign_in_at < $2)
   returning u.id`,
)

/** Lets users who get no mail see the terms when they come back: the suspended, and who was not here since a time. */
export async function flagForTerms(db: Db, publishedAt: Date, cutoff: Date): Promise<number> {
  return (await interstitial(db, [publishedAt, cutoff])).length
}

const unflag = statement(
  'unflag_user_for_terms',
  'update users set require_tos_interstitial = false, updated_at = now() where id = $1 and require_tos_interstitial',
)

/** Notes that a user has seen the terms. */
export async function unflagForTerms(db: Db, userId: string): Promise<void> {
  await unflag(db, [userId])
}

const readers = statement<{ id: string }>(
  'users_to_mail',
  `select u.id from users u join accounts a on a.id = u.account_id
   where u.id > $1 and u.confirmed_at is not null and u.approved and a.suspended_at is null
     and u.created_at <= $2 and ($3::timestamp is null or u.current_sign_in_at >= $3)
   order by u.id limit $4`,
)

/** Users who are there since before a time, by id, above `afterId`. @param cutoff only who was here since, or everyone */
export async function userIdsToMail(
  db: Db,
  afterId: string,
  joinedBefore: Date,
  cutoff: Date | null,
  limit: number,
): Promise<string[]> {
  return (await readers(db, [afterId, joinedBefore, cutoff, limit])).map((row) => row.id)
}
