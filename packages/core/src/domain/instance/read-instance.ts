import { PERMISSIONS } from '@anancus/db'
import { everyonePermissions } from '@anancus/db/queries/invites'
import { localAccountByUsername } from '@anancus/db/queries/accounts'
import { renderAccounts } from '../../entities/index.ts'
import type { Account, Instance, V1Instance } from '../../entities/types/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { hasFfmpeg } from '../../kernel/ffmpeg.ts'
import { hasHeif } from '../../kernel/heif.ts'
import { renderMarkdown } from '../../kernel/text/markdown.ts'
import { translationServiceName } from '../../kernel/translation-service.ts'
import { COMPATIBLE_VERSION, SOURCE_URL } from '../../kernel/version.ts'
import { type InstanceSettings, readSettings } from '../settings/index.ts'
import { activeUsers } from './activity.ts'
import { reportYear } from './campaign.ts'
import { readCounts } from './counts.ts'
import { hasTerms } from './documents.ts'
import { API_VERSION, CONFIGURATION_LIMITS, FILM_TYPES, HEIF_TYPES, ICON_SIZES } from './limits.ts'
import { readRules } from './rules.ts'

const MONTH_DAYS = 28

/** The document every client reads first. @see https://docs.joinmastodon.org/entities/Instance/ */
export async function readInstance(ctx: Ctx): Promise<Instance> {
  const { config } = ctx
  const [settings, rules, termsExist] = await Promise.all([readSettings(ctx), readRules(ctx), hasTerms(ctx)])
  return {
    domain: config.localDomain,
    title: settings.site_title,
    version: COMPATIBLE_VERSION,
    source_url: SOURCE_URL,
    description: settings.site_short_description,
    usage: {
      users: { active_month: config.env.LIMITED_FEDERATION_MODE ? 0 : await activeUsers(ctx, MONTH_DAYS) },
    },
    thumbnail: thumbnailOf(ctx, settings),
    icon: ICON_SIZES.map((size) => ({
      src: `${config.baseUrl}/icons/android-chrome-${size}x${size}.png`,
      size: `${size}x${size}`,
    })),
    languages: [config.env.DEFAULT_LOCALE],
    configuration: await configurationOf(ctx, settings, termsExist),
    registrations: registrationsOf(ctx, settings),
    api_versions: { mastodon: API_VERSION },
    wrapstodon: await reportYear(ctx),
    contact: { email: settings.site_contact_email, account: await contactOf(ctx, settings) },
    rules,
  }
}

/** The older document. @see https://docs.joinmastodon.org/entities/V1_Instance/ */
export async function readV1Instance(ctx: Ctx): Promise<V1Instance> {
  const { config } = ctx
  const [settings, rules, counts] = await Promise.all([readSettings(ctx), readRules(ctx), readCounts(ctx)])
  const { description_limit: _, ...media } = await mediaLimits()
  return {
    uri: config.localDomain,
    title: settings.site_title,
    short_description: settings.site_short_description,
    description: settings.site_short_description,
    email: settings.site_contact_email,
    version: COMPATIBLE_VERSION,
    urls: { streaming_api: config.streamingUrl },
    stats: { user_count: counts.users, status_count: counts.statuses, domain_count: counts.domains },
    thumbnail: thumbnailOf(ctx, settings).url,
    languages: [config.env.DEFAULT_LOCALE],
    registrations: registrationsOf(ctx, settings).enabled,
    approval_required: settings.registrations_mode === 'approved',
    invites_enabled: ((await everyonePermissions(ctx.db)) & PERMISSIONS.invite_users) !== 0n,
    configuration: {
      accounts: { max_featured_tags: CONFIGURATION_LIMITS.accounts.max_featured_tags },
      statuses: { ...CONFIGURATION_LIMITS.statuses },
      media_attachments: media,
      polls: { ...CONFIGURATION_LIMITS.polls },
      reactions: { ...CONFIGURATION_LIMITS.reactions },
    },
    contact_account: await contactOf(ctx, settings),
    rules,
  }
}

async function configurationOf(
  { config }: Ctx,
  settings: InstanceSettings,
  termsExist: boolean,
): Promise<Instance['configuration']> {
  const live = { local: settings.local_live_feed_access, remote: settings.remote_live_feed_access }
  const topic = { local: settings.local_topic_feed_access, remote: settings.remote_topic_feed_access }
  return {
    urls: {
      streaming: config.streamingUrl,
      status: settings.status_page_url || null,
      about: `${config.baseUrl}/about`,
      privacy_policy: `${config.baseUrl}/privacy-policy`,
      terms_of_service: termsExist ? `${config.baseUrl}/terms-of-service` : null,
    },
    vapid: { public_key: config.env.VAPID_PUBLIC_KEY ?? '' },
    accounts: { ...CONFIGURATION_LIMITS.accounts },
    statuses: { ...CONFIGURATION_LIMITS.statuses },
    media_attachments: await mediaLimits(),
    polls: { ...CONFIGURATION_LIMITS.polls },
    reactions: { ...CONFIGURATION_LIMITS.reactions },
    translation: { enabled: translationServiceName(config) !== null },
    timelines_access: { live_feeds: live, hashtag_feeds: topic, trending_link_feeds: topic },
    limited_federation: config.env.LIMITED_FEDERATION_MODE,
  }
}

async function mediaLimits() {
  const limits = CONFIGURATION_LIMITS.media_attachments
  const films = (await hasFfmpeg()) ? FILM_TYPES : []
  const heif = (await hasHeif()) ? HEIF_TYPES : []
  return { ...limits, supported_mime_types: [...limits.supported_mime_types, ...heif, ...films] }
}

function registrationsOf({ config }: Ctx, settings: InstanceSettings): Instance['registrations'] {
  const enabled = settings.registrations_mode !== 'none' && !config.env.SINGLE_USER_MODE
  const needsApproval = settings.registrations_mode === 'approved'
  const closedMessage = settings.closed_registrations_message
  return {
    enabled,
    approval_required: needsApproval,
    reason_required: needsApproval && settings.require_invite_text,
    message: enabled || closedMessage === '' ? null : renderMarkdown(closedMessage),
    min_age: settings.min_age,
    url: null,
  }
}

function thumbnailOf({ config }: Ctx, settings: InstanceSettings): Instance['thumbnail'] {
  return { url: `${config.baseUrl}/preview.png`, description: settings.thumbnail_description }
}

async function contactOf(ctx: Ctx, settings: InstanceSettings): Promise<Account | null> {
  const username = settings.site_contact_username.trim().replace(/^@/, '').split('@')[0]
  const account = username ? await localAccountByUsername(ctx.db, username) : null
  if (!account) return null
  const [shown] = await renderAccounts(ctx, null, [account.id])
  return shown ?? null
}
