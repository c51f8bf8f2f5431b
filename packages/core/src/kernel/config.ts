import { StartError } from './errors.ts'

/**
 * The environment, read once and frozen. Names are Mastodon's where they exist, so that an operator's
 * `.env.production` moves over; `docs/configuration.md` and `.env.production.sample` are generated from this schema.
 */

/**
 * How a setting is read from its text. Written by hand, since a schema library in every process would cost 17 MB of memory
 * for five kinds of values.
 *
 * @throws Error what is wrong with the value, as the rest of a sentence that begins with the setting's name
 */
type Reader<T> = (value: string | undefined) => T

const flag =
  (fallback: boolean): Reader<boolean> =>
  (value) => {
    if (!value) return fallback
    if (value === 'true' || value === 'false') return value === 'true'
    throw new Error(`must be true or false, not "${value}"`)
  }

const text =
  (fallback: string): Reader<string> =>
  (value) =>
    value || fallback

const optional = (): Reader<string | undefined> => (value) => value || undefined

const integer =
  (fallback: number, min: number, max: number): Reader<number> =>
  (value) => {
    if (!value) return fallback
    const number = Number(value)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    throw new Error(`must be a whole number from ${min} to ${max}, not "${value}"`)
  }

const oneOf =
  <const Word extends string>(fallback: Word, ...words: Word[]): Reader<Word> =>
  (value) => {
    if (value === undefined) return fallback
    const word = words.find((known) => known === value)
    if (word !== undefined) return word
    throw new Error(`must be one of ${words.filter(Boolean).join(', ')}, not "${value}"`)
  }

const list = (): Reader<string[]> => (value) => (value ?? '').split(/[\s,]+/).filter(Boolean)

/** One setting: how it is read, which group of the docs it belongs to, and what it means to an operator. */
export interface Setting {
  group: string
  read: Reader<unknown>
  /** Shown in the docs; what happens without it. */
  fallback: string
  meaning: string
  /** Ours, not Mastodon's. */
  ours?: boolean
}

const define = <T>(group: string, read: Reader<T>, fallback: string, meaning: string, ours = false) => ({
  group,
  read,
  fallback,
  meaning,
  ours,
})

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i
const host =
  (fallback: string): Reader<string> =>
  (value) => {
    const name = (value || fallback).toLowerCase()
    if (HOST.test(name)) return name
    throw new Error(`must be a bare host name such as social.example.com, not "${value}"`)
  }

export const settings = {
  NODE_ENV: define(
    'Process',
    oneOf('development', 'development', 'test', 'production'),
    'development',
    'Kind of environment.',
  ),
  LOCAL_DOMAIN: define(
    'Federation',
    host('localhost:3000'),
    'localhost:3000',
    'Domain in handles. Must never change.',
  ),
  WEB_DOMAIN: define(
    'Federation',
    (value: string | undefined) => (value ? host(value)(value) : undefined),
    '= LOCAL_DOMAIN',
    'Host where the web server answers, when handles use another domain. Must never change.',
  ),
  ALTERNATE_DOMAINS: define(
    'Federation',
    list(),
    'empty',
    'Further domains treated as this server when a local account is addressed.',
  ),
  LOCAL_HTTPS: define('Federation', flag(false), 'false', 'Outside production: generate https addresses.'),
  AUTHORIZED_FETCH: define(
    'Federation',
    flag(false),
    'false',
    'Secure mode: ActivityPub objects are served to signed requests only.',
  ),
  LIMITED_FEDERATION_MODE: define(
    'Federation',
    flag(false),
    'false',
    'Federate with allowed domains only; implies secure mode.',
  ),
  DISALLOW_UNAUTHENTICATED_API_ACCESS: define(
    'Federation',
    flag(false),
    'false',
    'Refuse the REST API to anonymous visitors.',
  ),
  SINGLE_USER_MODE: define(
    'Federation',
    flag(false),
    'false',
    'Registrations off; the front page is the first account.',
  ),
  ALLOWED_PRIVATE_ADDRESSES: define(
    'Federation',
    list(),
    'empty',
    'IP addresses or CIDR ranges exempt from the guard of outgoing requests.',
  ),
  ALLOWED_PRIVATE_HOSTS: define(
    'Federation',
    list(),
    'empty',
    'Single host:port pairs exempt from the guard and reached by plain http: for development and tests. Names below .localhost mean this machine.',
    true,
  ),
  DEFAULT_LOCALE: define('Federation', text('en'), 'en', 'Language of the interface when nothing else says.'),
  SECRET_KEY_BASE: define(
    'Secrets',
    optional(),
    'none, required in production',
    'Signs sessions. Changing it signs everyone out.',
  ),
  ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: define(
    'Secrets',
    optional(),
    'none, required in production',
    'Encrypts columns (two-factor secrets). Never change it.',
  ),
  ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: define(
    'Secrets',
    optional(),
    'none, required in production',
    'As above. Never change it.',
  ),
  ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: define(
    'Secrets',
    optional(),
    'none, required in production',
    'As above. Never change it.',
  ),
  VAPID_PRIVATE_KEY: define(
    'Secrets',
    optional(),
    'none',
    'Web Push key pair. Changing it ends all push subscriptions.',
  ),
  VAPID_PUBLIC_KEY: define('Secrets', optional(), 'none', 'Web Push key pair.'),
  OAUTH_PASSWORD_GRANT: define(
    'Secrets',
    flag(false),
    'false',
    'Allow the password grant at /oauth/token, which Mastodon no longer has.',
    true,
  ),
  PORT: define('Process', integer(0, 1, 65_535), '3000 (web), 4000 (streaming)', 'TCP port of the process.'),
  BIND: define('Process', text('127.0.0.1'), '127.0.0.1', 'Address to listen on.'),
  SOCKET: define('Process', optional(), 'none', 'Unix socket path instead of a TCP port.'),
  STREAMING_API_BASE_URL: define(
    'Process',
    optional(),
    'wss://WEB_DOMAIN in production, ws://127.0.0.1:4000 otherwise',
    'Public address of the streaming server.',
  ),
  TRUSTED_PROXY_IP: define(
    'Process',
    list(),
    'loopback and private ranges',
    'Proxies whose X-Forwarded-For counts, as addresses or CIDR ranges.',
  ),
  SIDEKIQ_CONCURRENCY: define(
    'Process',
    integer(5, 1, 500),
    '5',
    'Jobs a worker process runs at once in each queue.',
  ),
  RAILS_LOG_LEVEL: define('Process', text('info'), 'info', 'Log level of web and worker.'),
  LOG_LEVEL: define('Process', optional(), '= RAILS_LOG_LEVEL', 'Log level; wins over RAILS_LOG_LEVEL.'),
  METRICS_TOKEN: define(
    'Process',
    optional(),
    'none: metrics on loopback requests only',
    'Bearer token that opens /metrics to other hosts.',
    true,
  ),
  WORKER_PORT: define(
    'Process',
    integer(3035, 1, 65_535),
    '3035',
    "TCP port of the worker's health and metrics.",
    true,
  ),
  DATABASE_URL: define('PostgreSQL', optional(), 'none', 'postgres://… ; wins over the parts below.'),
  DB_HOST: define('PostgreSQL', text('localhost'), 'localhost', 'Host or socket directory.'),
  DB_PORT: define('PostgreSQL', integer(5432, 1, 65_535), '5432', 'Port.'),
  DB_NAME: define('PostgreSQL', text('mastodon_production'), 'mastodon_production', 'Database.'),
  DB_USER: define('PostgreSQL', text('mastodon'), 'mastodon', 'User.'),
  DB_PASS: define('PostgreSQL', text(''), 'empty', 'Password.'),
  DB_POOL: define(
    'PostgreSQL',
    integer(0, 1, 1000),
    '10 (web, worker), 5 (streaming)',
    'Connections a process may hold.',
  ),
  DB_SSLMODE: define(
    'PostgreSQL',
    oneOf('prefer', 'disable', 'prefer', 'require', 'verify-full', 'no-verify'),
    'prefer',
    'TLS to the database.',
  ),
  PREPARED_STATEMENTS: define(
    'PostgreSQL',
    flag(true),
    'true',
    'False behind transaction pooling of an old PgBouncer.',
  ),
  REDIS_URL: define('Redis', optional(), 'none', 'redis://… ; wins over the parts below.'),
  REDIS_HOST: define('Redis', text('localhost'), 'localhost', 'Host.'),
  REDIS_PORT: define('Redis', integer(6379, 1, 65_535), '6379', 'Port.'),
  REDIS_DB: define('Redis', integer(0, 0, 1024), '0', 'Database number.'),
  REDIS_USER: define('Redis', optional(), 'none', 'User.'),
  REDIS_PASSWORD: define('Redis', optional(), 'none', 'Password.'),
  REDIS_PREFIX: define(
    'Redis',
    text(''),
    'empty',
    'Prefix of every key and channel: several instances on one Redis.',
    true,
  ),
  PAPERCLIP_ROOT_PATH: define(
    'Media',
    text('data/system'),
    'data/system',
    'Folder of uploads on local disk.',
  ),
  PAPERCLIP_ROOT_URL: define('Media', text('/system'), '/system', 'Path or address they are served under.'),
  S3_ENABLED: define('Media', flag(false), 'false', 'Keep uploads in an S3-compatible store.'),
  S3_BUCKET: define('Media', optional(), 'none', 'Bucket.'),
  AWS_ACCESS_KEY_ID: define('Media', optional(), 'none', 'Access key.'),
  AWS_SECRET_ACCESS_KEY: define('Media', optional(), 'none', 'Secret key.'),
  S3_REGION: define('Media', text('us-east-1'), 'us-east-1', 'Region.'),
  S3_PROTOCOL: define('Media', oneOf('https', 'http', 'https'), 'https', 'Scheme of public addresses.'),
  S3_HOSTNAME: define('Media', optional(), 's3-REGION.amazonaws.com', 'Host of public addresses.'),
  S3_ENDPOINT: define('Media', optional(), 'none', 'Endpoint of another store; turns path style on.'),
  S3_OVERRIDE_PATH_STYLE: define('Media', flag(false), 'false', 'Domain style even with an endpoint.'),
  S3_ALIAS_HOST: define('Media', optional(), 'none', 'Public host of the files, without the bucket.'),
  S3_CLOUDFRONT_HOST: define('Media', optional(), 'none', 'As S3_ALIAS_HOST.'),
  S3_KEY_PREFIX: define('Media', optional(), 'none', 'Prefix of object keys.'),
  S3_PERMISSION: define(
    'Media',
    (value: string | undefined) => value ?? 'public-read',
    'public-read',
    'ACL of written objects; empty: send none.',
  ),
  S3_STORAGE_CLASS: define('Media', optional(), 'none', 'Storage class.'),
  S3_OPEN_TIMEOUT: define('Media', integer(5, 1, 600), '5', 'Seconds to connect.'),
  S3_READ_TIMEOUT: define('Media', integer(5, 1, 600), '5', 'Seconds to wait for an answer.'),
  S3_RETRY_LIMIT: define('Media', integer(0, 0, 20), '0', 'Retries of a failed request.'),
  CDN_HOST: define('Media', optional(), 'none', 'Host of the static assets.'),
  EXTRA_MEDIA_HOSTS: define('Media', list(), 'empty', 'Further media hosts for the content security policy.'),
  SMTP_SERVER: define('E-mail', optional(), 'none: mail goes to a folder', 'Mail server.'),
  SMTP_PORT: define('E-mail', integer(25, 1, 65_535), '25', 'Port.'),
  SMTP_LOGIN: define('E-mail', optional(), 'none', 'User.'),
  SMTP_PASSWORD: define('E-mail', optional(), 'none', 'Password.'),
  SMTP_DOMAIN: define('E-mail', optional(), '= LOCAL_DOMAIN', 'Name used in HELO.'),
  SMTP_FROM_ADDRESS: define('E-mail', text('notifications@localhost'), 'notifications@localhost', 'Sender.'),
  SMTP_REPLY_TO: define('E-mail', optional(), 'none', 'Reply address.'),
  SMTP_AUTH_METHOD: define('E-mail', text('plain'), 'plain', 'plain, login, cram_md5 or none.'),
  SMTP_OPENSSL_VERIFY_MODE: define(
    'E-mail',
    optional(),
    'peer',
    'none: accept any certificate of the mail server.',
  ),
  SMTP_ENABLE_STARTTLS: define('E-mail', oneOf('auto', 'auto', 'always', 'never', ''), 'auto', 'STARTTLS.'),
  SMTP_TLS: define('E-mail', flag(false), 'false', 'TLS from the first byte.'),
  SMTP_SSL: define('E-mail', flag(false), 'false', 'As SMTP_TLS.'),
  MAIL_FOLDER: define(
    'E-mail',
    text('data/mails'),
    'data/mails',
    'Where mail is written while no SMTP_SERVER is set.',
    true,
  ),
  MAX_SESSION_ACTIVATIONS: define('Limits', integer(10, 1, 1000), '10', 'Browser sessions a user may have.'),
  USER_ACTIVE_DAYS: define('Limits', integer(7, 1, 3650), '7', 'Who keeps a home feed in Redis.'),
  MAX_FOLLOWS_THRESHOLD: define('Limits', integer(7500, 1, 10_000_000), '7500', 'Below it follow freely.'),
  EMAIL_DOMAIN_ALLOWLIST: define(
    'Limits',
    optional(),
    'empty',
    'Pipe-separated e-mail domains that may sign up.',
  ),
  EMAIL_DOMAIN_DENYLIST: define('Limits', optional(), 'empty', 'Pipe-separated e-mail domains that may not.'),
} as const

type Settings = { [Name in keyof typeof settings]: ReturnType<(typeof settings)[Name]['read']> }

const NEEDED_IN_PRODUCTION = [
  'LOCAL_DOMAIN',
  'SECRET_KEY_BASE',
  'ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY',
  'ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY',
  'ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT',
] as const

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
      values[name] = setting.read(environment[name])
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
    secureMode: env.AUTHORIZED_FETCH || env.LIMITED_FEDERATION_MODE,
  }
}
