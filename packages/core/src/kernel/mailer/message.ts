import type { SendMailOptions } from 'nodemailer'
import type { Config } from '../config.ts'
import type { Mail } from './mailer.ts'

/** Tells other programs that nobody wrote this by hand, so that none answers "out of office". */
const AUTOMATIC = {
  'Auto-Submitted': 'auto-generated',
  Precedence: 'list',
  'X-Auto-Response-Suppress': 'All',
}

/**
 * A mail in nodemailer's words. Addresses go in as data, never as text to be parsed, so that one recipient stays one;
 * bodies are never read from files or the network.
 */
export function messageOf(config: Config, mail: Mail): SendMailOptions {
  const { env } = config
  return {
    from: env.SMTP_FROM_ADDRESS,
    to: { name: '', address: mail.to },
    ...(env.SMTP_REPLY_TO ? { replyTo: env.SMTP_REPLY_TO } : {}),
    ...(env.SMTP_RETURN_PATH ? { envelope: envelopeOf(env.SMTP_RETURN_PATH, mail) } : {}),
    subject: mail.subject.replace(/[\r\n]+/g, ' '),
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.messageId}>`,
    headers: { ...AUTOMATIC, ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The library takes addresses as data here too, which its types do not say. */
function envelopeOf(from: string, mail: Mail): { from: string; to: string[] } {
  const to: unknown[] = [{ name: '', address: mail.to }]
  return { from, to: to as string[] }
}
