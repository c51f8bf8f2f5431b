import type { Db } from '../connection.ts'
import { type Window, pagedStatement } from '../pagination.ts'
import { type ReportRow, type RuleTranslationRow, reportColumns } from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { visibleTo } from './visible.ts'

/** A report with the collections it names. */
export type FullReport = ReportRow & { collection_ids: string[] }

const FULL = `${columns(reportColumns, 'r')},
  array(select c.collection_id from collection_reports c where c.report_id = r.id order by c.id) as collection_ids`

export interface NewReport {
  accountId: string
  targetAccountId: string
  applicationId: string | null
  category: number
  comment: string
  forwarded: boolean
  ruleIds: readonly string[] | null
  statusIds: readonly string[]
  uri: string | null
}

const insert = statement<ReportRow>(
  'reports.insert',
  `insert into reports
     (account_id, target_account_id, application_id, category, comment, forwarded, rule_ids, status_ids, uri)
   values ($1, $2, $3, $4, $5, $6, $7::bigint[], $8::bigint[], $9)
   returning ${columns(reportColumns)}`,
)

export async function insertReport(db: Db, report: NewReport): Promise<ReportRow> {
  const { accountId, targetAccountId, applicationId, category, comment, forwarded, ruleIds } = report
  const [row] = await insert(db, [
    accountId,
    targetAccountId,
    applicationId,
    category,
    comment,
    forwarded,
    ruleIds,
    report.statusIds,
    report.uri,
  ])
  if (!row) throw new Error('The report was not inserted.')
  return row
}

const insertCollections = statement<never>(
  'reports.insert_collections',
  'insert into collection_reports (report_id, collection_id) select $1, unnest($2::bigint[])',
)

/** Names collections in a report. */
export async function insertCollectionReports(
  db: Db,
  reportId: string,
  collectionIds: readonly string[],
): Promise<void> {
  await insertCollections(db, [reportId, collectionIds])
}

const byIds = statement<FullReport>(
  'reports.by_ids',
  `select ${FULL} from reports r where r.id = any($1::bigint[])`,
)

/** Reports by their ids, unordered; missing ones are absent. No statement without ids. */
export async function reportsByIds(db: Db, ids: readonly string[]): Promise<FullReport[]> {
  return ids.length === 0 ? [] : byIds(db, [ids])
}

export async function reportById(db: Db, id: string): Promise<FullReport | null> {
  return (await reportsByIds(db, [id]))[0] ?? null
}

const page = pagedStatement<FullReport>(
  'reports.page',
  (order) => `select ${FULL} from reports r
   where r.id < $1 and r.id > $2
     and ($4::boolean is null or (r.action_taken_at is not null) = $4)
     and ($5::bigint is null or r.account_id = $5)
     and ($6::bigint is null or r.target_account_id = $6)
   order by r.id ${order} limit $3`,
)

export interface ReportSelection {
  /** Null: whether or not something was done about them. */
  resolved: boolean | null
  accountId: string | null
  targetAccountId: string | null
}

/** Reports, newest first. One statement. */
export async function reportPage(db: Db, window: Window, selection: ReportSelection): Promise<FullReport[]> {
  return page(db, window, [selection.resolved, selection.accountId, selection.targetAccountId])
}

const unresolved = statement<ReportRow>(
  'reports.unresolved_against',
  `select ${columns(reportColumns)} from reports where target_account_id = $1 and action_taken_at is null order by id`,
)

/** Reports about an account that wait for somebody, oldest first. */
export async function unresolvedReportsAgainst(db: Db, targetId: string): Promise<ReportRow[]> {
  return unresolved(db, [targetId])
}

const sibling = statement<{ found: boolean }>(
  'reports.has_unresolved_sibling',
  `select exists (
     select from reports where target_account_id = $1 and id <> $2 and action_taken_at is null) as found`,
)

/** Whether another report about the same account waits already. */
export async function hasUnresolvedSibling(db: Db, targetId: string, reportId: string): Promise<boolean> {
  return (await sibling(db, [targetId, reportId]))[0]?.found ?? false
}

export type ReportChange = Partial<
  Pick<
    ReportRow,
    'category' | 'rule_ids' | 'assigned_account_id' | 'action_taken_at' | 'action_taken_by_account_id'
  >
>

/** Changes any of these columns. */
export async function updateReport(db: Db, id: string, change: ReportChange): Promise<void> {
  await db('reports')
    .where({ id })
    .update({ ...change, updated_at: db.fn.now() })
}

const readable = statement<{ id: string }>(
  'reports.citable_statuses',
  `select s.id from statuses s
   where s.id = any($1::bigint[]) and s.account_id = $2 and ${visibleTo('s', '$3::bigint')}`,
)

/** Of these statuses those by `authorId` that a local reporter may see; deleted ones stay citable. */
export async function citableStatusIds(
  db: Db,
  ids: readonly string[],
  authorId: string,
  reporterId: string,
): Promise<string[]> {
  return (await readable(db, [ids, authorId, reporterId])).map((row) => row.id)
}

const ofServer = statement<{ id: string }>(
  'reports.citable_by_server',
  `select s.id from statuses s
   where s.id = any($1::bigint[]) and s.account_id = $2 and (
     s.visibility < 2
     or (s.visibility = 2 and exists (
       select from follows f join accounts a on a.id = f.account_id
       where f.target_account_id = $2 and lower(a.domain) = $3))
     or exists (
       select from mentions m join accounts a on a.id = m.account_id
       where m.status_id = s.id and lower(a.domain) = $3))`,
)

/**
 * Of these statuses those by `authorId` that somebody of a server may know: open ones, those for followers where it has
 * one, those that name somebody of it. @param domain in lower case
 */
export async function citableStatusIdsByServer(
  db: Db,
  ids: readonly string[],
  authorId: string,
  domain: string,
): Promise<string[]> {
  return (await ofServer(db, [ids, authorId, domain])).map((row) => row.id)
}

const collections = statement<{ id: string }>(
  'reports.citable_collections',
  'select id from collections where id = any($1::bigint[]) and account_id = $2',
)

/** Of these collections those that an account made. */
export async function citableCollectionIds(
  db: Db,
  ids: readonly string[],
  ownerId: string,
): Promise<string[]> {
  return (await collections(db, [ids, ownerId])).map((row) => row.id)
}

const rules = statement<{ id: string }>(
  'reports.existing_rules',
  'select id from rules where id = any($1::bigint[])',
)

/** Of these rules those that there are, or were. */
export async function existingRuleIds(db: Db, ids: readonly string[]): Promise<string[]> {
  return (await rules(db, [ids])).map((row) => row.id)
}

export interface AnsweredAccount {
  id: string
  domain: string
  inbox_url: string
  shared_inbox_url: string
}

const answered = statement<AnsweredAccount>(
  'reports.accounts_answered',
  `select distinct a.id, a.domain, a.inbox_url, a.shared_inbox_url
   from statuses s join accounts a on a.id = s.in_reply_to_account_id
   where s.id = any($1::bigint[]) and a.domain is not null and a.suspended_at is null`,
)

/** The remote accounts that reported statuses answer. */
export async function remoteAccountsAnswered(
  db: Db,
  statusIds: readonly string[],
): Promise<AnsweredAccount[]> {
  return answered(db, [statusIds])
}

const answersLocal = statement<{ found: boolean }>(
  'reports.answers_local_account',
  `select exists (
     select from statuses s join accounts a on a.id = s.in_reply_to_account_id
     where s.id = any($1::bigint[]) and a.domain is null) as found`,
)

/** Whether one of these statuses answers somebody of ours. */
export async function answersLocalAccount(db: Db, statusIds: readonly string[]): Promise<boolean> {
  return (await answersLocal(db, [statusIds]))[0]?.found ?? false
}

const known = statement<{ id: string }>(
  'reports.by_uri',
  'select id from reports where account_id = $1 and uri = $2 and target_account_id = $3 limit 1',
)

/** Whether a server has told us of a report already. */
export async function hasReport(db: Db, accountId: string, uri: string, targetId: string): Promise<boolean> {
  return (await known(db, [accountId, uri, targetId])).length > 0
}

const note = statement<never>(
  'reports.insert_note',
  'insert into report_notes (report_id, account_id, content) values ($1, $2, $3)',
)

/** Writes what a moderator thinks of a report. */
export async function insertReportNote(
  db: Db,
  reportId: string,
  accountId: string,
  content: string,
): Promise<void> {
  await note(db, [reportId, accountId, content])
}

export interface CitedRule {
  id: string
  text: string
  hint: string
  translations: Pick<RuleTranslationRow, 'language' | 'text' | 'hint'>[]
}

const cited = statement<CitedRule>(
  'reports.rules_by_ids',
  `select r.id, r.text, r.hint, (
     select coalesce(json_agg(json_build_object('language', t.language, 'text', t.text, 'hint', t.hint)
       order by t.language), '[]')
     from rule_translations t where t.rule_id = r.id) as translations
   from rules r where r.id = any($1::bigint[]) order by r.priority, r.id`,
)

/** The rules that reports say were broken, withdrawn ones included. No statement without ids. */
export async function rulesByIds(db: Db, ids: readonly string[]): Promise<CitedRule[]> {
  return ids.length === 0 ? [] : cited(db, [ids])
}
