import { useQuery } from '@tanstack/react-query'
import { fetchPinned } from '../../api/timelines.ts'
import { StatusItem } from '../status/status-item.tsx'

/** What somebody wants read first. */
export function Pinned({ accountId }: { accountId: string }) {
  const { data } = useQuery({ queryKey: ['pinned', accountId], queryFn: () => fetchPinned(accountId) })
  return data?.ids.map((id) => <StatusItem key={id} id={id} context="account" pinned />)
}
