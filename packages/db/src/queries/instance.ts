import type { Db } from '../connection.ts'
import {
  type CustomEmojiRow,
  customEmojiColumns,
  type DomainBlockRow,
  type RuleRow,
  type RuleTranslationRow,
  ruleColumns,
  ruleTranslationColumns,
  type SettingRow,
  type SiteUploadRow,
  siteUploadColumns,
  type TermsOfServiceRow,
} from '../rows.gen.ts'
import { columns, statement } from '../statement.ts'
import { groupedBy } from '../to-map.ts'

const counts = statement<{ users: string; statuses: string; domains: string }>(
  'instance_counts',
  `select
     (select count(*) from users u join accounts a on a.id = u.account_id
      where u.confirmed_at is not null and a.suspended_at is null) as users,
     (select coalesce(sum((select s.statuses_count from account_stats s where s.account_id = u.account_id)), 0)
        from users u) as statuses,
     (select count(distinct domain) from accounts where domain is not null) as domains`,
)

/** How many confirmed users, statuses of theirs, and other servers we know. Reads whole tables: cache it. */
export async function instanceCounts(db: Db): Promise<{ users: number; statuses: number; domains: number }> {
  const [row] = await counts(db, [])
  return { users: Number(row?.users), statuses: Number(row?.statuses), domains: Number(row?.domains) }
}

const rules = statement<RuleRow>(
  'rules',
  `select ${columns(ruleColumns)} from rules where deleted_at is null order by priority, id`,
)
const translations = statement<RuleTranslationRow>(
  'rule_translations',
  `select ${columns(ruleTranslationColumns)} from rule_translations order by rule_id, language`,
)

export type RuleWithTranslations = RuleRow & { translations: RuleTranslationRow[] }

/** The rules of the server in their order, with their translations. Two statements. */
export async function allRules(db: Db): Promise<RuleWithTranslations[]> {
  const [found, all] = await Promise.all([rules(db, []), translations(db, [])])
  const byRule = groupedBy(all, 'rule_id')
  return found.map((rule) => ({ ...rule, translations: byRule.get(rule.id) ?? [] }))
}

const peers = statement<{ domain: string }>(
  'peers',
  `select distinct a.domain from accounts a
   where a.domain is not null and not exists (select 1 from domain_blocks b where b.domain = a.domain)
   order by a.domain`,
)

/** Every server we know and do not limit. Reads the whole table: cache it. */
export async function peerDomains(db: Db): Promise<string[]> {
  return (await peers(db, [])).map((row) => row.domain)
}

const statusWeeks = statement<{ week: Date; count: string }>(
  'statuses_per_week',
  `select date_trunc('week', created_at at time zone 'UTC') at time zone 'UTC' as week, count(*) as count from statuses
   where (local or uri is null) and deleted_at is null and reblog_of_id is null and id >= $1 group by 1`,
)
const registrationWeeks = statement<{ week: Date; count: string }>(
  'registrations_per_week',
  `select date_trunc('week', created_at at time zone 'UTC') at time zone 'UTC' as week, count(*) as count from users
   where created_at >= $1 group by 1`,
)

export interface WeekCounts {
  /** By the start of the week (Monday, UTC) in milliseconds since 1970. */
  statuses: Map<number, number>
  registrations: Map<number, number>
}

/** Statuses written and users joined here by week. @param firstId the first id of that time. Cache it. */
export async function weekCounts(db: Db, since: Date, firstId: string): Promise<WeekCounts> {
  const [statuses, registrations] = await Promise.all([
    statusWeeks(db, [firstId]),
    registrationWeeks(db, [since]),
  ])
  const toMap = (rows: { week: Date; count: string }[]) =>
    new Map(rows.map((row) => [row.week.getTime(), Number(row.count)]))
  return { statuses: toMap(statuses), registrations: toMap(registrations) }
}

const blocks = statement<Pick<DomainBlockRow, 'domain' | 'severity' | 'public_comment' | 'obfuscate'>>(
  'visible_domain_blocks',
  `select domain, severity, public_comment, obfuscate from domain_blocks
   where severity in (0, 1) order by severity, domain`,
)

/** The servers we limit (0) or suspend (1). */
export async function visibleDomainBlocks(db: Db) {
  return blocks(db, [])
}

const emojis = statement<CustomEmojiRow & { category: string | null }>(
  'local_custom_emojis',
  `select ${columns(customEmojiColumns, 'e')}, c.name as category from custom_emojis e
   left join custom_emoji_categories c on c.id = e.category_id
   where e.domain is null and not e.disabled and e.visible_in_picker order by e.shortcode`,
)

/** The custom emojis of this server that people may pick. */
export async function pickableEmojis(db: Db): Promise<(CustomEmojiRow & { category: string | null })[]> {
  return emojis(db, [])
}

const upload = statement<SiteUploadRow>(
  'site_upload',
  `select ${columns(siteUploadColumns)} from site_uploads where var = $1`,
)

/** A picture of the site: `thumbnail`, `mascot`, `favicon`, `app_icon`. */
export async function siteUpload(db: Db, name: string): Promise<SiteUploadRow | null> {
  return (await upload(db, [name]))[0] ?? null
}

export type PublishedTerms = Pick<TermsOfServiceRow, 'text' | 'published_at'> & {
  effective_date: string | null
}

const terms = statement<PublishedTerms>(
  'published_terms',
  `select effective_date::text as effective_date, text, published_at from terms_of_services
   where published_at is not null order by coalesce(effective_date, published_at::date) desc, id desc`,
)

/** Every published version of the terms, the newest first. Dates as `2026-01-31`. */
export async function publishedTerms(db: Db): Promise<PublishedTerms[]> {
  return terms(db, [])
}

const changed = statement<Pick<SettingRow, 'updated_at'>>(
  'setting_updated_at',
  'select updated_at from settings where var = $1',
)

/** When a setting was last saved; null when it never was. */
export async function settingSavedAt(db: Db, name: string): Promise<Date | null> {
  return (await changed(db, [name]))[0]?.updated_at ?? null
}

const firstLocal = statement<{ username: string }>(
  'first_local_username',
  `select a.username from accounts a join users u on u.account_id = a.id
   where a.domain is null and a.suspended_at is null order by u.id limit 1`,
)

/** The name of the first user: the owner of a server for one person. */
export async function firstLocalUsername(db: Db): Promise<string | null> {
  return (await firstLocal(db, []))[0]?.username ?? null
}
