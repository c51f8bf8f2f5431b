import { findAccessToken } from '@anancus/core/domain/oauth'
import {
  type InstanceSettings,
  defaultPrivacyOf,
  preferencesOf,
  readSettings,
} from '@anancus/core/domain/settings'
import { MAX_STATUS_CHARACTERS } from '@anancus/core/domain/statuses'
import { registrationMode } from '@anancus/core/domain/users'
import { renderCredentialAccount } from '@anancus/core/entities'
import type { Config } from '@anancus/core/kernel/config'
import type { Ctx } from '@anancus/core/kernel/context'
import { translationServiceName } from '@anancus/core/kernel/translation-service'
import type { Viewer } from '@anancus/core/kernel/viewer'
import { COMPATIBLE_VERSION } from '@anancus/core/kernel/version'
import type { SignedIn } from '../../http/session.ts'
import { languages } from './languages.ts'

/** A browser session with the token by which its client speaks to the API. */
export interface ClientSession extends SignedIn {
  accessToken: string
}

/** The session with its token; null when that is no longer good. */
export async function clientSession(ctx: Ctx, signedIn: SignedIn): Promise<ClientSession | null> {
  const { access_token_id: id } = signedIn.session
  const token = id === null ? null : await findAccessToken(ctx, id)
  return token && token.revoked_at === null ? { ...signedIn, accessToken: token.token } : null
}

/**
 * What the client starts with, so that its first picture needs no request: who it is for, and how they like it. Read by
 * `client/src/state/initial-state.ts`; the names are Mastodon's.
 */
export async function initialState(ctx: Ctx, session: ClientSession | null): Promise<object> {
  const [settings, mode] = await Promise.all([readSettings(ctx), registrationMode(ctx)])
  const general = { ...metaOf(ctx.config, settings), registrations_open: mode !== 'none' }
  if (!session) return { meta: { ...general, me: null }, accounts: {}, compose: {} }
  const { viewer, accessToken } = session
  const account = await renderCredentialAccount(ctx, viewer)
  return {
    meta: { ...general, ...likesOf(viewer), me: account.id, access_token: accessToken },
    accounts: { [account.id]: account },
    compose: composeOf(ctx.config, viewer),
    languages: languages(),
  }
}

function metaOf(config: Config, settings: InstanceSettings): object {
  return {
    streaming_api_base_url: config.streamingUrl,
    domain: config.localDomain,
    title: settings.site_title,
    // The client's words are English; dates in another language would look odd between them.
    locale: 'en',
    version: COMPATIBLE_VERSION,
    max_characters: MAX_STATUS_CHARACTERS,
    translation_enabled: translationServiceName(config) !== null,
  }
}

/** How the user likes things. Of two switches the browser knows better while nobody turned them on. */
function likesOf({ user }: Viewer): object {
  const own = preferencesOf(user)
  return {
    auto_play_gif: own['web.auto_play'] || null,
    reduce_motion: own['web.reduce_motion'] || null,
    display_media: own['web.display_media'],
    expand_spoilers: own['web.expand_content_warnings'],
    boost_modal: own['web.reblog_modal'],
    delete_modal: own['web.delete_modal'],
  }
}

function composeOf({ env }: Config, { user, account }: Viewer): object {
  const own = preferencesOf(user)
  return {
    default_privacy: defaultPrivacyOf(user, account),
    default_sensitive: own.default_sensitive,
    default_quote_policy: own.default_quote_policy,
    default_language: own.default_language ?? user.locale ?? env.DEFAULT_LOCALE,
  }
}
