/**
 * The few preferences that show on the outside. They lie as JSON on the login, under Mastodon's keys; what is not set
 * has its default.
 */
export interface ShownSettings {
  noindex: boolean
  showApplication: boolean
  defaultPrivacy: 'public' | 'unlisted' | 'private' | null
  defaultSensitive: boolean
  defaultLanguage: string | null
  defaultQuotePolicy: 'public' | 'followers' | 'nobody'
  emailSubscriptions: boolean
}

/** Reads the settings column of a login. */
export function shownSettings(text: string | null): ShownSettings {
  const values = parsed(text)
  return {
    noindex: flag(values.noindex, false),
    showApplication: flag(values.show_application, true),
    defaultPrivacy: oneOf(values.default_privacy, ['public', 'unlisted', 'private']) ?? null,
    defaultSensitive: flag(values.default_sensitive, false),
    defaultLanguage:
      typeof values.default_language === 'string' && values.default_language !== ''
        ? values.default_language
        : null,
    defaultQuotePolicy: oneOf(values.default_quote_policy, ['public', 'followers', 'nobody']) ?? 'public',
    emailSubscriptions: flag(values.email_subscriptions, false),
  }
}

function parsed(text: string | null): Record<string, unknown> {
  if (!text) return {}
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback
}

function oneOf<const Name extends string>(value: unknown, names: readonly Name[]): Name | undefined {
  return names.find((name) => name === value)
}
