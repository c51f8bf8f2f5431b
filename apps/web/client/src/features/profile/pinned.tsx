import { useQuery } from '@tanstack/react-query'
import { fetchPinned } from '../../api/timelines.ts'
import { StatusItem } from '../status/status-item.tsx'

/** What somebody wants read first. */
export function usePinned(accountId: string, isWanted: boolean) {
  const { data, isLoading } = useQuery({
    queryKey: ['pinned', accountId],
    queryFn: () => fetchPinned(accountId),
    enabled: isWanted,
    retry: false,
  })
  return { pinned: isWanted ? (data?.ids ?? []) : [], isLoading }
}

export function Pinned({ ids }: { ids: readonly string[] }) {
  return ids.map((id) => <StatusItem key={id} id={id} context="account" pinned />)
}
