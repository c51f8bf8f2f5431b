import type { StatusEditRow } from '@anancus/db'
import type { EmojiName } from '@anancus/db/queries/graph/emojis'
import { emojiKey, type Graph, type ShownAccount } from './graph.ts'
import { profileFields } from './profile-fields.ts'

/** A shortcode stands free: no letter, digit or colon may touch its colons. */
const SHORTCODE = /(?<![\p{L}\p{N}:]):([a-zA-Z0-9_]{2,}):(?![\p{L}\p{N}:])/gu

/** The shortcodes in a text, each once, in the order in which they appear. */
export function shortcodesIn(text: string): string[] {
  if (!text.includes(':')) return []
  return [...new Set([...text.matchAll(SHORTCODE)].map((match) => match[1] ?? ''))]
}

/** Where custom emojis of an account may stand. */
export function accountEmojiText(account: ShownAccount): string {
  const fields = profileFields(account).flatMap((field) => [field.name, field.value])
  return [account.note, account.display_name, ...fields].join(' ')
}

/** Where those of a status may stand: warning, text, poll options. */
export function statusEmojiText(graph: Graph, statusId: string): string {
  const status = graph.statuses.get(statusId)
  if (!status) return ''
  return [status.spoiler_text, status.text, ...(graph.polls.get(statusId)?.options ?? [])].join(' ')
}

/** Those of an older version of a status. */
export function editEmojiText(edit: Pick<StatusEditRow, 'spoiler_text' | 'text' | 'poll_options'>): string {
  return [edit.spoiler_text, edit.text, ...(edit.poll_options ?? [])].join(' ')
}

/** Every custom emoji that the statuses and accounts of a graph name, and versions of the statuses; each once. */
export function emojiNamesIn(graph: Graph, edits: readonly StatusEditRow[]): EmojiName[] {
  const names = new Map<string, EmojiName>()
  const collect = (text: string, domain: string | null) => {
    for (const shortcode of shortcodesIn(text)) names.set(emojiKey(shortcode, domain), { shortcode, domain })
  }
  for (const account of graph.accounts.values())
    if (account) collect(accountEmojiText(account), account.domain)
  for (const [id, status] of graph.statuses) {
    const author = status && graph.accounts.get(status.account_id)
    if (author) collect(statusEmojiText(graph, id), author.domain)
  }
  for (const edit of edits) {
    const author = graph.accounts.get(graph.statuses.get(edit.status_id)?.account_id ?? '')
    if (author) collect(editEmojiText(edit), author.domain)
  }
  return [...names.values()]
}
