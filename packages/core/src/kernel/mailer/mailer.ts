/** A message ready to go. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Stable for one message, so that a repeated job does not send a second one that looks different. */
  messageId: string
  headers?: Record<string, string>
  /** Goes to everyone: by the server for such mail, where the operator named one. */
  isBulk?: boolean
}

/** Sends mail by SMTP, or into a folder while no server is set. */
export interface Mailer {
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
