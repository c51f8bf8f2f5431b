import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Mail, Mailer } from './mailer.ts'
import { renderMail } from './render.ts'

/** Writes each mail as a file any mail program opens, and logs the link in it: for development. */
export function createFolderMailer(config: Config, log: Logger): Mailer {
  return {
    async send(mail) {
      const folder = config.env.MAIL_FOLDER
      await mkdir(folder, { recursive: true })
      const file = join(folder, fileName(mail))
      const { source } = await renderMail(config, mail)
      await writeFile(file, source, { mode: 0o600 })
      log.info({ file, subject: mail.subject, link: /https?:\/\/\S+/.exec(mail.text)?.[0] }, 'mail written')
    },
    async close() {},
  }
}

/** Sorts by time; says to whom and what. */
function fileName(mail: Mail): string {
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  const what = `${mail.to} ${mail.subject}`.replace(/[^A-Za-z0-9@.]+/g, '_').slice(0, 80)
  return `${time}-${what}.eml`
}
