import type { UserRow } from '@anancus/db'

const boolean = (fallback: boolean) => ({
  fallback: fallback as boolean,
  accepts: (value: unknown): value is boolean => typeof value === 'boolean',
})
/** True, false, or nothing: then the instance's setting or another preference decides. */
const booleanOrNothing = () => ({
  fallback: null as boolean | null,
  accepts: (value: unknown): value is boolean | null => value === null || typeof value === 'boolean',
})
const word = <Word extends string>(fallback: Word, ...words: readonly Word[]) => ({
  fallback,
  accepts: (value: unknown): value is Word => words.includes(value as Word),
})
const wordOrNothing = <Word extends string>(...words: readonly Word[]) => ({
  fallback: null as Word | null,
  accepts: (value: unknown): value is Word | null => value === null || words.includes(value as Word),
})
const textOrNothing = () => ({
  fallback: null as string | null,
  accepts: (value: unknown): value is string | null => value === null || typeof value === 'string',
})

/** Every preference a user can set; the keys are those of Mastodon's JSON in `users.settings`. */
export const preferenceDefinitions = {
  theme: textOrNothing(),
  noindex: booleanOrNothing(),
  show_application: boolean(true),
  aggregate_reblogs: boolean(true),
  always_send_emails: boolean(false),
  default_language: textOrNothing(),
  default_sensitive: boolean(false),
  /** Nothing: private for a locked account, else public. */
  default_privacy: wordOrNothing('public', 'unlisted', 'private'),
  default_quote_policy: word('public', 'public', 'followers', 'nobody'),
  email_subscriptions: boolean(false),

  'web.color_scheme': word('auto', 'auto', 'light', 'dark'),
  'web.contrast': word('auto', 'auto', 'high'),
  'web.emoji_style': word('auto', 'auto', 'native', 'twemoji'),
  'web.advanced_layout': boolean(false),
  'web.use_pending_items': boolean(false),
  'web.auto_play': boolean(false),
  'web.reduce_motion': boolean(false),
  'web.disable_swiping': boolean(false),
  'web.disable_hover_cards': boolean(false),
  'web.use_system_font': boolean(false),
  'web.use_system_scrollbars': boolean(false),
  'web.trends': boolean(true),
  'web.reblog_modal': boolean(false),
  'web.quick_boosting': boolean(false),
  'web.delete_modal': boolean(true),
  'web.missing_alt_text_modal': boolean(true),
  'web.display_media': word('default', 'default', 'show_all', 'hide_all'),
  'web.use_blurhash': boolean(true),
  'web.expand_content_warnings': boolean(false),

  'notification_emails.follow': boolean(true),
  'notification_emails.follow_request': boolean(true),
  'notification_emails.reblog': boolean(false),
  'notification_emails.favourite': boolean(false),
  'notification_emails.mention': boolean(true),
  'notification_emails.quote': boolean(true),
  'notification_emails.report': boolean(true),
  'notification_emails.appeal': boolean(true),
  'notification_emails.pending_account': boolean(true),
  'notification_emails.trends': boolean(true),
  'notification_emails.software_updates': word('critical', 'none', 'critical', 'patch', 'all'),

  'interactions.must_be_follower': boolean(false),
  'interactions.must_be_following': boolean(false),
  'interactions.must_be_following_dm': boolean(false),
} as const

export type PreferenceKey = keyof typeof preferenceDefinitions
export type Preferences = { [Key in PreferenceKey]: (typeof preferenceDefinitions)[Key]['fallback'] }

/** A user's preferences, with the default for each that is not set or not understood. */
export function preferencesOf(user: Pick<UserRow, 'settings'>): Preferences {
  const stored = storedPreferences(user)
  return Object.fromEntries(
    Object.entries(preferenceDefinitions).map(([key, definition]) => {
      const value = stored[key]
      return [key, value !== undefined && definition.accepts(value) ? value : definition.fallback]
    }),
  ) as Preferences
}

/** What is stored as it stands, keys of other versions included. */
export function storedPreferences(user: Pick<UserRow, 'settings'>): Record<string, unknown> {
  if (!user.settings) return {}
  try {
    const parsed: unknown = JSON.parse(user.settings)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {} // not ours to mend while reading; the next save writes it anew
  }
}

/** The visibility of a new status while its author says nothing. */
export function defaultPrivacyOf(
  user: Pick<UserRow, 'settings'>,
  account: { locked: boolean },
): 'public' | 'unlisted' | 'private' {
  return preferencesOf(user).default_privacy ?? (account.locked ? 'private' : 'public')
}

/** The language of a new status while its author says nothing: the default one, else that of the interface. */
export function defaultLanguageOf(user: Pick<UserRow, 'settings' | 'locale'>): string | null {
  return preferencesOf(user).default_language ?? user.locale
}
