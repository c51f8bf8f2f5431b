import { createHash } from 'node:crypto'
import type { Config } from '../../../kernel/config.ts'

/** Our name in ids of messages and lists: the domain without a port. */
export function mailHost({ localDomain }: Pick<Config, 'localDomain'>): string {
  return localDomain.replace(/:\d+$/, '')
}

/** One id for one job, however often it runs. */
export function messageIdOf(config: Pick<Config, 'localDomain'>, payload: object): string {
  const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 40)
  return `${digest}@${mailHost(config)}`
}

/**
 * Says which list a mail is of, and how a mail program ends it without asking anybody.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2919
 * @see https://www.rfc-editor.org/rfc/rfc8058
 */
export function listHeaders(
  config: Pick<Config, 'localDomain'>,
  list: string,
  unsubscribeUrl: string,
): Record<string, string> {
  return {
    'List-ID': `<${list}.${mailHost(config)}>`,
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** Lets mail programs show the mails about one conversation together. */
export function threadHeaders(
  config: Pick<Config, 'localDomain'>,
  conversationId: string | null,
): Record<string, string> {
  if (conversationId === null) return {}
  const root = `<conversation-${conversationId}@${mailHost(config)}>`
  return { 'In-Reply-To': root, References: root }
}

/** Puts a mail before the others, as far as mail programs heed it. */
export const URGENT = { Priority: 'urgent', 'X-Priority': '1', Importance: 'high' }
