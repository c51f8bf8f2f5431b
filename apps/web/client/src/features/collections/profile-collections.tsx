import type { Account } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { Plus, SquareStack } from 'lucide-react'
import { fetchCollections } from '../../api/collections.ts'
import { Button } from '../../components/button.tsx'
import { Empty, Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { openOverlay } from '../../state/overlays.ts'
import { isMe } from '../../state/session.ts'
import { CollectionCard } from './collection-card.tsx'

/** The collections somebody made. */
export function ProfileCollections({ account }: { account: Account }) {
  const say = useText()
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['collections', account.id],
    queryFn: () => fetchCollections(account.id),
  })
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <Spinner />
  const isOwn = isMe(account)
  return (
    <>
      {isOwn && (
        <p className="collections-new">
          <Button look="main" onClick={() => openOverlay({ type: 'collection', collection: null })}>
            <Plus size={18} aria-hidden="true" />
            {say('collections.new')}
          </Button>
        </p>
      )}
      {data.length === 0 ? (
        <Empty icon={SquareStack} title={say('collections.none')}>
          {isOwn && <p>{say('collections.none_own')}</p>}
        </Empty>
      ) : (
        data.map((collection) => <CollectionCard key={collection.id} collection={collection} />)
      )}
    </>
  )
}
