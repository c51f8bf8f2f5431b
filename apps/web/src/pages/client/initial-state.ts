import { readLanguages } from '@anancus/core/domain/instance'
import { findAccessToken } from '@anancus/core/domain/oauth'
import {
  defaultPrivacyOf,
  type InstanceSettings,
  preferencesOf,
  readSettings,
  readWebSettings,
} from '@anancus/core/domain/settings'
import { registrationMode } from '@anancus/core/domain/users'
import { MAX_STATUS_CHARACTERS } from '@anancus/core/domain/statuses'
import { renderCredentialAccount } from '@anancus/core/entities'
import type { CredentialAccount } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { COMPATIBLE_VERSION, SOURCE_URL } from '@anancus/core/kernel/version'
import type { SignedIn } from '../../http/session.ts'

/** What the client starts with, so that its first picture needs no request: who it is for, and how they like it. */
export async function initialState(ctx: Ctx, signedIn: SignedIn | null): Promise<Record<string, unknown>> {
  const [settings, mode] = await Promise.all([readSettings(ctx), registrationMode(ctx)])
  const general = { ...metaOf(ctx, settings), registrations_open: mode !== 'none' }
  if (!signedIn) return { meta: { ...general, me: null }, accounts: {}, compose: {}, languages: languages() }
  const { viewer, session } = signedIn
  const [account, token, webSettings] = await Promise.all([
    renderCredentialAccount(ctx, viewer),
    session.access_token_id === null ? null : findAccessToken(ctx, session.access_token_id),
    readWebSettings(ctx, viewer.user),
  ])
  return {
    meta: {
      ...general,
      ...ownMeta(signedIn),
      me: viewer.account.id,
      access_token: token && token.revoked_at === null ? token.token : null,
    },
    accounts: { [account.id]: account },
    compose: composeOf(ctx, signedIn, account),
    role: account.role,
    settings: webSettings ?? {},
    languages: languages(),
  }
}

function metaOf({ config }: Ctx, settings: InstanceSettings): Record<string, unknown> {
  return {
    streaming_api_base_url: config.streamingUrl,
    domain: config.localDomain,
    title: settings.site_title,
    locale: 'en',
    version: COMPATIBLE_VERSION,
    source_url: SOURCE_URL,
    max_characters: MAX_STATUS_CHARACTERS,
    limited_federation_mode: config.env.LIMITED_FEDERATION_MODE,
    single_user_mode: config.env.SINGLE_USER_MODE,
    landing_page: settings.landing_page,
    profile_directory: settings.profile_directory,
    trends_enabled: settings.trends,
    status_page_url: settings.status_page_url || null,
    local_live_feed_access: settings.local_live_feed_access,
    remote_live_feed_access: settings.remote_live_feed_access,
    local_topic_feed_access: settings.local_topic_feed_access,
    remote_topic_feed_access: settings.remote_topic_feed_access,
  }
}

/** How the user likes things. Switches left alone are left out, so that the browser's own wish counts. */
function ownMeta({ viewer }: SignedIn): Record<string, unknown> {
  const own = preferencesOf(viewer.user)
  return {
    auto_play_gif: own['web.auto_play'] || null,
    reduce_motion: own['web.reduce_motion'] || null,
    display_media: own['web.display_media'],
    expand_spoilers: own['web.expand_content_warnings'],
    boost_modal: own['web.reblog_modal'],
    quick_boosting: own['web.quick_boosting'],
    delete_modal: own['web.delete_modal'],
    missing_alt_text_modal: own['web.missing_alt_text_modal'],
    use_blurhash: own['web.use_blurhash'],
    use_pending_items: own['web.use_pending_items'],
    disable_hover_cards: own['web.disable_hover_cards'],
    system_font: own['web.use_system_font'],
    color_scheme: own['web.color_scheme'],
    contrast: own['web.contrast'],
    emoji_style: own['web.emoji_style'],
  }
}

function composeOf(
  { config }: Ctx,
  { viewer }: SignedIn,
  account: CredentialAccount,
): Record<string, unknown> {
  const own = preferencesOf(viewer.user)
  return {
    me: account.id,
    default_privacy: defaultPrivacyOf(viewer.user, viewer.account),
    default_sensitive: own.default_sensitive,
    default_language: own.default_language ?? viewer.user.locale ?? config.env.DEFAULT_LOCALE,
    default_quote_policy: own.default_quote_policy,
    text: '',
  }
}

type Language = [code: string, name: string, ownName: string]
let known: Language[] | undefined

/** Code, English name and own name of every language. Worked out once: it takes a moment. */
function languages(): Language[] {
  known ??= readLanguages().map(({ code, name }) => [code, name, ownNameOf(code) ?? name])
  return known
}

function ownNameOf(code: string): string | undefined {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code)
}
