import type { Transporter } from 'nodemailer'
import type { Options } from 'nodemailer/lib/smtp-pool/index.js'
import type { Config } from '../config.ts'
import type { Mailer } from './mailer.ts'
import { messageOf } from './message.ts'

const CONNECTIONS = 3
const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 20_000

/** Sends by SMTP over a few kept connections, opened with the first mail. */
export function createSmtpMailer(config: Config): Mailer {
  let transport: Promise<Transporter> | undefined
  return {
    async send(mail) {
      transport ??= open(config)
      await (await transport).sendMail(messageOf(config, mail))
    },
    async close() {
      ;(await transport)?.close()
    },
  }
}

/** The library is loaded with the first mail: most processes never send one. */
async function open(config: Config): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  return createTransport(smtpOptions(config))
}

/** Mastodon's variables in nodemailer's words. */
export function smtpOptions({ env, localDomain }: Config): Options & { pool: true } {
  const method = env.SMTP_AUTH_METHOD.toLowerCase()
  const isSecure = env.SMTP_TLS || env.SMTP_SSL
  return {
    pool: true,
    maxConnections: CONNECTIONS,
    ...(env.SMTP_SERVER ? { host: env.SMTP_SERVER } : {}),
    port: env.SMTP_PORT,
    name: env.SMTP_DOMAIN ?? localDomain.replace(/:\d+$/, ''),
    secure: isSecure,
    requireTLS: env.SMTP_ENABLE_STARTTLS === 'always',
    ignoreTLS: !isSecure && env.SMTP_ENABLE_STARTTLS === 'never',
    tls: { rejectUnauthorized: env.SMTP_OPENSSL_VERIFY_MODE !== 'none' },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: SILENCE_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    ...(env.SMTP_LOGIN && method !== 'none'
      ? {
          auth: { user: env.SMTP_LOGIN, pass: env.SMTP_PASSWORD ?? '' },
          authMethod: method.replaceAll('_', '-').toUpperCase(),
        }
      : {}),
  }
}
