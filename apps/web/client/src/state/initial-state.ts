import type { Account, CredentialAccount, Visibility } from '@anancus/core/entities/types'

/** Who may quote a post. */
export type QuotePolicy = 'public' | 'followers' | 'nobody'

/** What the server writes into the page; everything may be missing, for a visitor or an older page. */
interface InitialStateJson {
  meta?: Partial<InitialState['meta']>
  accounts?: Record<string, Account | CredentialAccount>
  compose?: Partial<{
    default_privacy: Visibility
    default_sensitive: boolean
    default_quote_policy: QuotePolicy
    default_language: string | null
    text: string
  }>
  languages?: [code: string, name: string, ownName: string][]
}

export interface InitialState {
  meta: {
    /** Id of the own account, or null for a visitor. */
    me: string | null
    access_token: string | null
    streaming_api_base_url: string | null
    domain: string
    title: string
    locale: string
    version: string
    registrations_open: boolean
    auto_play_gif: boolean | null
    reduce_motion: boolean | null
    display_media: 'default' | 'show_all' | 'hide_all'
    expand_spoilers: boolean
    boost_modal: boolean
    delete_modal: boolean
    max_characters: number | null
    translation_enabled: boolean
  }
  accounts: Record<string, Account | CredentialAccount>
  compose: {
    defaultVisibility: Visibility
    defaultSensitive: boolean
    defaultQuotePolicy: QuotePolicy
    defaultLanguage: string | null
    text: string
  }
  languages: [code: string, name: string, ownName: string][]
}

/** Fills in what the page did not say. `host` is the page's own. */
export function completeInitialState(json: InitialStateJson, host: string): InitialState {
  const meta = json.meta ?? {}
  const compose = json.compose ?? {}
  return {
    meta: {
      me: meta.me ?? null,
      access_token: meta.access_token ?? null,
      streaming_api_base_url: meta.streaming_api_base_url ?? null,
      domain: meta.domain ?? host,
      title: meta.title || 'Anancus',
      locale: meta.locale ?? 'en',
      version: meta.version ?? '',
      registrations_open: meta.registrations_open ?? true,
      auto_play_gif: meta.auto_play_gif ?? null,
      reduce_motion: meta.reduce_motion ?? null,
      display_media: meta.display_media ?? 'default',
      expand_spoilers: meta.expand_spoilers ?? false,
      boost_modal: meta.boost_modal ?? false,
      delete_modal: meta.delete_modal ?? true,
      max_characters: meta.max_characters ?? null,
      translation_enabled: meta.translation_enabled ?? false,
    },
    accounts: json.accounts ?? {},
    compose: {
      defaultVisibility: compose.default_privacy ?? 'public',
      defaultSensitive: compose.default_sensitive ?? false,
      defaultQuotePolicy: compose.default_quote_policy ?? 'public',
      defaultLanguage: compose.default_language ?? null,
      text: compose.text ?? '',
    },
    languages: json.languages ?? [],
  }
}
