import type { HandledAccount } from '@anancus/db/queries/graph/handles'
import type { LinkedAccount } from '../kernel/text/format-text.ts'
import { extractMentions, type Handle } from '../kernel/text/extract.ts'
import { acct, accountUrl, isLocal, type Uris } from '../kernel/uris.ts'
import type { Graph } from './graph.ts'
import { profileFields } from './profile-fields.ts'

/** How `namedAccounts` is keyed; `domain` null or our own is the same. */
export function handleKey(uris: Uris, handle: Handle): string {
  const domain = handle.domain === uris.localDomain ? null : handle.domain
  return domain === null ? handle.username.toLowerCase() : `${handle.username}@${domain}`.toLowerCase()
}

/** The handles that biographies and profile fields of local accounts mention, each once. */
export function handlesInBiographies(graph: Graph): Handle[] {
  const handles = new Map<string, Handle>()
  for (const account of graph.accounts.values()) {
    if (!account || !isLocal(account)) continue
    const text = [account.note, ...profileFields(account).map((field) => field.value)].join('\n')
    if (!text.includes('@')) continue
    for (const found of extractMentions(text)) {
      const handle = found.domain === graph.uris.localDomain ? { ...found, domain: null } : found
      handles.set(handleKey(graph.uris, handle), handle)
    }
  }
  return [...handles.values()]
}

export function namedAccountsFrom(uris: Uris, rows: readonly HandledAccount[]): Map<string, LinkedAccount> {
  return new Map(
    rows.map((row) => [
      handleKey(uris, row),
      { username: row.username, domain: row.domain, acct: acct(row), url: accountUrl(uris, row) },
    ]),
  )
}
