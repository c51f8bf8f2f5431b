import { UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import { fetchInteractors } from '../../api/statuses.ts'
import { Column } from '../../components/column.tsx'
import { Empty } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import type { FeedSource } from '../../state/feeds/feeds.ts'
import { FeedList } from '../timeline/feed-list.tsx'
import { AccountRow } from './account-row.tsx'

const ENDPOINTS = { reblogs: 'reblogged_by', favourites: 'favourited_by' } as const

/** Who reblogged a post, or marked it as a favourite. */
export function InteractionsScreen({ id, kind }: { id: string; kind: keyof typeof ENDPOINTS }) {
  const say = useText()
  const source = useMemo<FeedSource>(
    () => ({ key: `${kind}:${id}`, load: (cursor) => fetchInteractors(id, ENDPOINTS[kind], cursor) }),
    [id, kind],
  )
  const title = say(`interactions.${kind}`)
  return (
    <Column title={title} back>
      <FeedList
        source={source}
        label={title}
        empty={<Empty icon={UsersRound} title={say('interactions.none')} />}
      >
        {(account) => <AccountRow key={account} id={account} />}
      </FeedList>
    </Column>
  )
}
