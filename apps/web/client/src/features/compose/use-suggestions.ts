import type { CustomEmoji } from '@anancus/core/entities/types'
import { useEffect, useState } from 'react'
import { suggestAccounts } from '../../api/accounts.ts'
import { fetchCustomEmojis } from '../../api/instance.ts'
import { suggestTags } from '../../api/search.ts'
import { queryClient } from '../../state/query-client.ts'
import type { Token } from './token.ts'

export type Suggestion =
  | { kind: 'account'; accountId: string; insert: string }
  | { kind: 'hashtag'; name: string; insert: string }
  | { kind: 'emoji'; emoji: CustomEmoji; insert: string }

/** Long enough not to ask at every key. */
const PAUSE_MS = 180
const MAX_EMOJIS = 5

const NONE: readonly Suggestion[] = []

/** What could be meant by what is being typed. While the answer is on its way, what was found last stays. */
export function useSuggestions(token: Token | null): readonly Suggestion[] {
  const [found, setFound] = useState<{ kind: Token['kind']; list: readonly Suggestion[] } | null>(null)
  const kind = token?.kind
  const query = token?.query
  useEffect(() => {
    if (!kind || !query) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      suggest(kind, query, abort.signal).then(
        (list) => abort.signal.aborted || setFound({ kind, list }),
        // No suggestions is all that is lost.
        () => abort.signal.aborted || setFound(null),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [kind, query])
  useEffect(() => {
    if (!kind) return
    return () => setFound(null)
  }, [kind])
  return kind && found?.kind === kind ? found.list : NONE
}

async function suggest(kind: Token['kind'], query: string, signal: AbortSignal): Promise<Suggestion[]> {
  if (kind === 'account') {
    const accounts = await suggestAccounts(query, signal)
    return accounts.map(({ id, acct }) => ({ kind, accountId: id, insert: `@${acct}` }))
  }
  if (kind === 'hashtag') {
    const tags = await suggestTags(query, signal)
    return tags.map(({ name }) => ({ kind, name, insert: `#${name}` }))
  }
  const emojis = await queryClient.fetchQuery({
    queryKey: ['custom-emojis'],
    queryFn: fetchCustomEmojis,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const wanted = query.toLowerCase()
  return emojis
    .filter((emoji) => emoji.visible_in_picker && emoji.shortcode.toLowerCase().includes(wanted))
    .slice(0, MAX_EMOJIS)
    .map((emoji) => ({ kind, emoji, insert: `:${emoji.shortcode}:` }))
}
