import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { createFolderMailer } from './folder.ts'
import type { Mailer } from './mailer.ts'
import { createSmtpMailer } from './smtp.ts'

/** SMTP where SMTP_SERVER names one; else files in MAIL_FOLDER, whose links are logged so that development needs no mail. */
export function createMailer(config: Config, log: Logger): Mailer {
  return config.env.SMTP_SERVER ? createSmtpMailer(config) : createFolderMailer(config, log)
}
