import type { Config } from '../config.ts'
import type { Mail } from './mailer.ts'
import { messageOf } from './message.ts'

/** A mail as the text that travels, and between which addresses. */
export interface Rendered {
  source: Buffer
  from: string
  to: string[]
}

/** Writes a mail out, with the line ends that programs of this machine expect. */
export async function renderMail(config: Config, mail: Mail): Promise<Rendered> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const { message, envelope } = await transport.sendMail(messageOf(config, mail))
  return { source: message as Buffer, from: envelope.from || '', to: envelope.to }
}
