/** Kinds of settings: how a value is checked and which types it has. */
interface Definition<T> {
  fallback: T
  accepts: (value: unknown) => value is T
}

const text = (fallback = ''): Definition<string> => ({
  fallback,
  accepts: (value): value is string => typeof value === 'string',
})
const flag = (fallback: boolean): Definition<boolean> => ({
  fallback,
  accepts: (value): value is boolean => typeof value === 'boolean',
})
const word = <Word extends string>(fallback: Word, ...words: readonly Word[]): Definition<Word> => ({
  fallback,
  accepts: (value): value is Word => words.includes(value as Word),
})
/** A whole number above zero, or null for "not set". */
const countOrNothing = (fallback: number | null): Definition<number | null> => ({
  fallback,
  accepts: (value): value is number | null =>
    value === null || (Number.isSafeInteger(value) && (value as number) > 0),
})

const access = () => word('public', 'public', 'authenticated', 'disabled')
const audience = () => word('disabled', 'disabled', 'users', 'all')

/**
 * Every setting an administrator can change while the instance runs: its name (Mastodon's), its kind, and what holds
 * while nobody changed it.
 */
export const instanceSettings = {
  site_title: text('Anancus'),
  site_short_description: text(),
  site_extended_description: text(),
  site_contact_username: text(),
  site_contact_email: text(),
  site_terms: text(),
  thumbnail_description: text(),
  status_page_url: text(),
  custom_css: text(),
  theme: text('default'),
  email_footer_text: text(),
  email_subscriptions: flag(false),
  disallowed_hashtags: text(),
  landing_page: word('trends', 'trends', 'local_feed', 'overview', 'about'),

  registrations_mode: word('none', 'open', 'approved', 'none'),
  closed_registrations_message: text(),
  require_invite_text: flag(false),
  captcha_enabled: flag(false),
  min_age: countOrNothing(null),
  bootstrap_timeline_accounts: text(),

  local_live_feed_access: access(),
  remote_live_feed_access: access(),
  local_topic_feed_access: access(),
  remote_topic_feed_access: access(),
  trends: flag(true),
  trendable_by_default: flag(false),
  profile_directory: flag(true),
  wrapstodon: flag(true),
  noindex: flag(false),
  allow_referrer_origin: flag(false),
  activity_api_enabled: flag(true),
  peers_api_enabled: flag(true),
  show_domain_blocks: audience(),
  show_domain_blocks_rationale: audience(),
  preview_sensitive_media: flag(false),
  authorized_fetch: flag(false),

  media_cache_retention_period: countOrNothing(null),
  content_cache_retention_period: countOrNothing(null),
  backups_retention_period: countOrNothing(7),
} as const

export type SettingKey = keyof typeof instanceSettings
export type InstanceSettings = { [Key in SettingKey]: (typeof instanceSettings)[Key]['fallback'] }
