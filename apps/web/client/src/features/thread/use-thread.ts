import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { fetchContext, fetchStatus } from '../../api/statuses.ts'
import { watchThreads } from '../../streaming/thread-watch.ts'

interface Context {
  ancestors: string[]
  descendants: string[]
}

/** A thread on the screen is asked for anew this often: answers of strangers come by no stream. */
const REFRESH_MS = 30_000

export function useThread(id: string) {
  const client = useQueryClient()
  const status = useQuery({
    queryKey: ['status', id],
    queryFn: ({ signal }) => fetchStatus(id, signal).then(() => id),
  })
  const context = useQuery({
    queryKey: ['context', id],
    queryFn: ({ signal }) => fetchContext(id, signal),
    refetchInterval: REFRESH_MS,
  })
  useEffect(
    () =>
      watchThreads((arrived) => {
        const repliedTo = arrived.in_reply_to_id
        if (repliedTo) addDescendant(client, id, arrived.id, repliedTo)
      }),
    [client, id],
  )
  return { status, context }
}

/** Appends an answer, if it belongs to this thread and is not there yet. */
function addDescendant(client: QueryClient, rootId: string, id: string, repliedTo: string): void {
  client.setQueryData<Context>(['context', rootId], (known) => {
    if (!known || known.descendants.includes(id)) return known
    const belongs = repliedTo === rootId || known.descendants.includes(repliedTo)
    return belongs ? { ...known, descendants: [...known.descendants, id] } : known
  })
}
