import type { Transporter } from 'nodemailer'
import type { Options } from 'nodemailer/lib/smtp-pool/index.js'
import type { Config } from '../config.ts'
import { readAuthorities } from './authorities.ts'
import type { Mailer } from './mailer.ts'
import { messageOf } from './message.ts'

const CONNECTIONS = 3
const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 20_000

/** The server for single mails, or that for what goes to everyone. */
export type Lane = 'single' | 'bulk'

/** Sends by one SMTP server over a few kept connections, opened with the first mail. */
export function createSmtpMailer(config: Config, lane: Lane): Mailer {
  let transport: Promise<Transporter> | null = null
  return {
    async send(mail) {
      transport ??= open(config, lane)
      // A file of certificates that cannot be read now may be readable at the next attempt.
      const opened = await transport.catch((error: unknown) => {
        transport = null
        throw error
      })
      await opened.sendMail(messageOf(config, mail))
    },
    async close() {
      if (transport) (await transport).close()
    },
  }
}

/** The library is loaded with the first mail: most processes never send one. */
async function open(config: Config, lane: Lane): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const options = smtpOptions(config, lane)
  const ca = await readAuthorities(lane === 'bulk' ? config.env.BULK_SMTP_CA_FILE : config.env.SMTP_CA_FILE)
  return createTransport({ ...options, tls: { ...options.tls, ...(ca ? { ca } : {}) } })
}

/** Mastodon's variables in nodemailer's words, without the certificates. */
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

/** The word for STARTTLS, or where there is none, the older flag. */
function startTlsOf(word: 'auto' | 'always' | 'never' | '', isAuto: boolean): 'auto' | 'always' | 'never' {
  if (word !== '') return word
  return isAuto ? 'auto' : 'never'
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
    startTls: startTlsOf(env.SMTP_ENABLE_STARTTLS, env.SMTP_ENABLE_STARTTLS_AUTO),
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
    startTls: startTlsOf(env.BULK_SMTP_ENABLE_STARTTLS, env.BULK_SMTP_ENABLE_STARTTLS_AUTO),
    secure: env.BULK_SMTP_TLS || env.BULK_SMTP_SSL,
  }
}
