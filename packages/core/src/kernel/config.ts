import { settings } from './config/settings.ts'
import { StartError } from './errors.ts'

/**
 * The environment, read once and frozen. Names are Mastodon's where they exist, so that an operator's
 * `.env.production` moves over; `docs/configuration.md` and `.env.production.sample` are generated from this schema.
 */

export { type Setting, settings } from './config/settings.ts'

type Settings = { [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]['read']> }

const NEEDED_IN_PRODUCTION = [
  'LOCAL_DOMAIN',
  'SECRET_KEY_BASE',
  'ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY',
  'ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY',
  'ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT',
] as const

/** Names that Mastodon gave up and still reads. */
const OLD_NAMES: Partial<Record<keyof typeof settings, string>> = {
  LIMITED_FEDERATION_MODE: 'WHITELIST_MODE',
  EMAIL_DOMAIN_ALLOWLIST: 'EMAIL_DOMAIN_WHITELIST',
  EMAIL_DOMAIN_DENYLIST: 'EMAIL_DOMAIN_BLACKLIST',
}

/** The settings of this process, and what follows from them. */
export type Config = Readonly<ReturnType<typeof derive>>

/**
 * Reads the environment.
 *
 * @throws StartError one message that lists everything that is wrong
 */
export function loadConfig(environment: Record<string, string | undefined> = process.env): Config {
  const problems: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) {
    try {
      const oldName = OLD_NAMES[name as keyof typeof settings]
      values[name] = setting.read(environment[name] ?? (oldName && environment[oldName]))
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`)
    }
  }
  if (environment.NODE_ENV === 'production') {
    for (const name of NEEDED_IN_PRODUCTION) if (!environment[name]) problems.push(`${name} is not set`)
    for (const name of NEEDED_IN_PRODUCTION) {
      if (environment[name]?.endsWith('DO_NOT_USE_IN_PRODUCTION'))
        problems.push(`${name} still has its sample value`)
    }
  }
  problems.push(...contradictions(environment))
  if (problems.length > 0)
    throw new StartError(
      `The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    )
  return Object.freeze(derive(values as Settings))
}

function contradictions(environment: Record<string, string | undefined>): string[] {
  const found: string[] = []
  if (environment.REDIS_NAMESPACE)
    found.push('REDIS_NAMESPACE is no longer supported: move the keys, or use REDIS_PREFIX')
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    found.push('NODE_TLS_REJECT_UNAUTHORIZED=0 would disable every certificate check: remove it')
  if (environment.S3_ENABLED === 'true' && !environment.S3_BUCKET)
    found.push('S3_BUCKET is not set although S3_ENABLED is true')
  if (environment.MEDIA_MOVING_FROM === (environment.S3_ENABLED === 'true' ? 's3' : 'local'))
    found.push('MEDIA_MOVING_FROM names the store that is in use: it is for the one before (S3_ENABLED)')
  if (environment.MEDIA_MOVING_FROM === 's3' && !environment.S3_BUCKET)
    found.push('S3_BUCKET is not set although MEDIA_MOVING_FROM is s3')
  if (['true', '0.0.0.0/0', '::/0'].includes(environment.TRUSTED_PROXY_IP ?? ''))
    found.push('TRUSTED_PROXY_IP must name proxies, not everybody')
  return found
}

function derive(env: Settings) {
  const isProduction = env.NODE_ENV === 'production'
  const scheme = isProduction || env.LOCAL_HTTPS ? 'https' : 'http'
  const webDomain = (env.WEB_DOMAIN ?? env.LOCAL_DOMAIN).toLowerCase()
  return {
    env,
    isProduction,
    /** Domain in handles, lower case, with its port when it has one. */
    localDomain: env.LOCAL_DOMAIN,
    webDomain,
    /** Scheme and host of every address of ours, without a trailing slash. */
    baseUrl: `${scheme}://${webDomain}`,
    streamingUrl: env.STREAMING_API_BASE_URL ?? (isProduction ? `wss://${webDomain}` : 'ws://127.0.0.1:4000'),
    /** Every host that means this server. */
    ownHosts: new Set([
      env.LOCAL_DOMAIN,
      webDomain,
      ...env.ALTERNATE_DOMAINS.map((domain) => domain.toLowerCase()),
    ]),
    logLevel: env.LOG_LEVEL ?? env.RAILS_LOG_LEVEL,
    secretKeyBase: env.SECRET_KEY_BASE ?? 'development only: sessions signed with this are worth nothing',
    redis: { prefix: env.REDIS_PREFIX },
    backfillStatuses: env.BACKFILL_STATUSES,
    secureMode: env.AUTHORIZED_FETCH || env.LIMITED_FEDERATION_MODE,
  }
}
