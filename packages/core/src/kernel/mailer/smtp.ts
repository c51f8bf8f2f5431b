import type { Transporter } from 'nodemailer'
import type { Options } from 'nodemailer/lib/smtp-pool/index.js'
import type { Config } from '../config.ts'
import type { Mailer } from './mailer.ts'
import { messageOf } from './message.ts'

const CONNECTIONS = 3
const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 20_000

/**
 * Sends by SMTP over a few kept connections, opened with the first mail. What goes to everyone has connections of its own
 * where BULK_SMTP_SERVER names a server, so that nobody waits behind it.
 */
export function createSmtpMailer(config: Config): Mailer {
  const transports = new Map<Lane, Promise<Transporter>>()
  const transportOf = (lane: Lane): Promise<Transporter> => {
    const known = transports.get(lane)
    if (known) return known
    const opened = open(config, lane)
    transports.set(lane, opened)
    return opened
  }
  return {
    async send(mail) {
      const lane = mail.isBulk && config.env.BULK_SMTP_SERVER ? 'bulk' : 'single'
      const transport = await transportOf(lane)
      await transport.sendMail(messageOf(config, mail))
    },
    async close() {
      for (const transport of transports.values()) (await transport).close()
    },
  }
}

type Lane = 'single' | 'bulk'

/** The library is loaded with the first mail: most processes never send one. */
async function open(config: Config, lane: Lane): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport(smtpOptions(config, lane))
}

/** Mastodon's variables in nodemailer's words. */
export function smtpOptions({ env, localDomain }: Config, lane: Lane = 'single'): Options & { pool: true } {
  const is = lane === 'bulk' ? bulkSettings(env) : singleSettings(env)
  const method = is.authMethod.toLowerCase()
  return {
    pool: true,
    maxConnections: CONNECTIONS,
    ...(is.server ? { host: is.server } : {}),
    port: is.port,
    name: is.domain ?? localDomain.replace(/:\d+$/, ''),
    secure: is.secure,
    requireTLS: is.startTls === 'always',
    ignoreTLS: !is.secure && is.startTls === 'never',
    tls: { rejectUnauthorized: is.verifyMode !== 'none' },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: SILENCE_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    ...(is.login && method !== 'none'
      ? {
          auth: { user: is.login, pass: is.password ?? '' },
          authMethod: method.replaceAll('_', '-').toUpperCase(),
        }
      : {}),
  }
}

function singleSettings(env: Config['env']) {
  return {
    server: env.SMTP_SERVER,
    port: env.SMTP_PORT,
    login: env.SMTP_LOGIN,
    password: env.SMTP_PASSWORD,
    domain: env.SMTP_DOMAIN,
    authMethod: env.SMTP_AUTH_METHOD,
    verifyMode: env.SMTP_OPENSSL_VERIFY_MODE,
    startTls: env.SMTP_ENABLE_STARTTLS,
    secure: env.SMTP_TLS || env.SMTP_SSL,
  }
}

function bulkSettings(env: Config['env']): ReturnType<typeof singleSettings> {
  return {
    server: env.BULK_SMTP_SERVER,
    port: env.BULK_SMTP_PORT,
    login: env.BULK_SMTP_LOGIN,
    password: env.BULK_SMTP_PASSWORD,
    domain: env.BULK_SMTP_DOMAIN,
    authMethod: env.BULK_SMTP_AUTH_METHOD,
    verifyMode: env.BULK_SMTP_OPENSSL_VERIFY_MODE,
    startTls: env.BULK_SMTP_ENABLE_STARTTLS,
    secure: env.BULK_SMTP_TLS || env.BULK_SMTP_SSL,
  }
}
