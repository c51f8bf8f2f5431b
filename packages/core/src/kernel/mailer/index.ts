import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { createFolderMailer } from './folder.ts'
import type { Mailer } from './mailer.ts'
import { createSendmailMailer } from './sendmail.ts'
import { createSmtpMailer } from './smtp.ts'

/**
 * Sends as SMTP_DELIVERY_METHOD says. Where that is SMTP and SMTP_SERVER names no server, mail becomes files in
 * MAIL_FOLDER, whose links are logged so that development needs no mail. What goes to everyone leaves by BULK_SMTP_SERVER
 * where that names one, so that nobody waits behind it.
 */
export function createMailer(config: Config, log: Logger): Mailer {
  const single = createSingleMailer(config, log)
  if (!config.env.BULK_SMTP_SERVER) return single
  const bulk = createSmtpMailer(config, 'bulk')
  return {
    send: (mail) => (mail.isBulk ? bulk : single).send(mail),
    async close() {
      await Promise.all([single.close(), bulk.close()])
    },
  }
}

function createSingleMailer(config: Config, log: Logger): Mailer {
  if (config.env.SMTP_DELIVERY_METHOD === 'sendmail') return createSendmailMailer(config)
  return config.env.SMTP_SERVER ? createSmtpMailer(config, 'single') : createFolderMailer(config, log)
}
