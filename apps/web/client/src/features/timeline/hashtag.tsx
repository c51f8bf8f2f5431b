import type { Tag } from '@anancus/core/entities/types'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Hash } from 'lucide-react'
import { useMemo } from 'react'
import { fetchTag, followTag } from '../../api/search.ts'
import { tagSource } from '../../api/timelines.ts'
import { Button } from '../../components/button.tsx'
import { Column } from '../../components/column.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { isSignedIn } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { useLive } from '../../streaming/live.ts'
import { StatusItem } from '../status/status-item.tsx'
import { FeedList } from './feed-list.tsx'

export function HashtagScreen({ tag }: { tag: string }) {
  const say = useText()
  const source = useMemo(() => tagSource(tag), [tag])
  useLive(
    source,
    useMemo(() => ({ stream: 'hashtag', tag }) as const, [tag]),
  )
  return (
    <Column
      title={`#${tag}`}
      back
      subtitle={<Uses tag={tag} />}
      actions={isSignedIn && <FollowTag tag={tag} />}
    >
      <FeedList source={source} label={`#${tag}`} empty={<Empty icon={Hash} title={say('hashtag.empty')} />}>
        {(id) => <StatusItem key={id} id={id} context="public" />}
      </FeedList>
    </Column>
  )
}

function useTag(tag: string) {
  return useQuery({ queryKey: ['tag', tag], queryFn: () => fetchTag(tag) })
}

function Uses({ tag }: { tag: string }) {
  const say = useText()
  const { data } = useTag(tag)
  const accounts = data?.history.slice(0, 2).reduce((sum, day) => sum + Number(day.accounts), 0)
  return accounts ? say('hashtag.people', { count: accounts }) : null
}

function FollowTag({ tag }: { tag: string }) {
  const say = useText()
  const { data } = useTag(tag)
  const client = useQueryClient()
  const follow = useMutation({
    mutationFn: (wish: boolean) => followTag(tag, wish),
    onSuccess: (answer: Tag) => client.setQueryData(['tag', tag], answer),
    onError: (error) => showToast(errorWords(say, error), { isError: true }),
  })
  if (!data) return null
  return (
    <Button
      look={data.following ? 'plain' : 'main'}
      busy={follow.isPending}
      onClick={() => follow.mutate(!data.following)}
    >
      {say(data.following ? 'hashtag.unfollow' : 'hashtag.follow')}
    </Button>
  )
}
