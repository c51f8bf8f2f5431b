import { useQuery } from '@tanstack/react-query'
import { fetchTrendingTags } from '../../api/explore.ts'
import { Failed, StatusSkeletons } from '../../components/states.tsx'
import { TagRow } from '../search/tag-row.tsx'
import { NothingTrends } from './nothing-trends.tsx'
import '../search/search.css'

export function TrendingTags() {
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['trends', 'tags'],
    queryFn: fetchTrendingTags,
  })
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <StatusSkeletons />
  if (data.length === 0) return <NothingTrends />
  return data.map((tag) => <TagRow key={tag.name} tag={tag} />)
}
