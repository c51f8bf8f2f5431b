import type { Collection } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { fetchCollection } from '../../api/collections.ts'
import { isNotFound } from '../../api/errors.ts'
import { AppLink } from '../../components/app-link.tsx'
import { Button } from '../../components/button.tsx'
import { Column } from '../../components/column.tsx'
import { AccountLink } from '../../components/names.tsx'
import { Empty, Failed, Spinner } from '../../components/states.tsx'
import { Text, useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { myId } from '../../state/session.ts'
import { Missing } from '../thread/missing.tsx'
import { AddPeople } from './add-people.tsx'
import { descriptionOf } from './collection-card.tsx'
import { CollectionMenu } from './collection-menu.tsx'
import { Leave } from './leave.tsx'
import { Member } from './member.tsx'
import { ORDERS, type Order, sortItems } from './sort-items.ts'
import './collections.css'

/** One collection: what it is about, and who is in it. */
export function CollectionScreen({ id }: { id: string }) {
  const say = useText()
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['collection', id],
    queryFn: () => fetchCollection(id),
    retry: false,
  })
  if (isError && isNotFound(error)) return <Missing />
  if (!data)
    return (
      <Column title={say('collections.title')} back>
        {isError ? <Failed error={error} onRetry={() => void refetch()} /> : <Spinner />}
      </Column>
    )
  return (
    <Column
      title={data.sensitive ? say('collections.title') : data.name}
      subtitle={say('collections.count', { count: data.item_count })}
      back
    >
      <Shown collection={data} />
    </Column>
  )
}

function Shown({ collection }: { collection: Collection }) {
  const say = useText()
  const isOwn = collection.account_id === myId
  const [isOpen, setOpen] = useState(!collection.sensitive || isOwn)
  if (!isOpen)
    return (
      <div className="empty">
        <p className="empty-title">{say('collections.hidden')}</p>
        <Button onClick={() => setOpen(true)}>{say('collections.show')}</Button>
      </div>
    )
  return (
    <>
      <Head collection={collection} />
      <Leave collection={collection} />
      {isOwn && <AddPeople collection={collection} />}
      <Members collection={collection} />
    </>
  )
}

function Head({ collection }: { collection: Collection }) {
  const say = useText()
  const owner = useAccount(collection.account_id)
  const words = descriptionOf(collection)
  const facts = [
    collection.discoverable ? null : say('collections.unlisted'),
    collection.sensitive ? say('collections.sensitive') : null,
  ].filter((fact) => fact !== null)
  return (
    <header className="collection-head">
      <div className="collection-title">
        <h2 dir="auto" lang={collection.language ?? undefined}>
          {collection.name}
        </h2>
        <CollectionMenu collection={collection} />
      </div>
      {owner && (
        <p className="collection-owner">
          <Text id="collections.by" values={{ name: <AccountLink key="name" account={owner} /> }} />
        </p>
      )}
      {words && (
        <p className="collection-text" dir="auto" lang={collection.language ?? undefined}>
          {words}
        </p>
      )}
      {(collection.tag || facts.length > 0) && (
        <p className="collection-facts">
          {collection.tag && (
            <AppLink to={`/tags/${encodeURIComponent(collection.tag.name)}`}>#{collection.tag.name}</AppLink>
          )}
          {facts.map((fact) => (
            <span key={fact} className="collection-fact">
              {fact}
            </span>
          ))}
        </p>
      )}
    </header>
  )
}

function Members({ collection }: { collection: Collection }) {
  const say = useText()
  const [order, setOrder] = useState<Order>('added')
  if (collection.items.length === 0) return <Empty icon={UsersRound} title={say('collections.empty')} />
  return (
    <section aria-label={say('collections.count', { count: collection.item_count })}>
      <label className="collection-sort">
        {say('collections.sort')}
        <select className="field" value={order} onChange={(event) => setOrder(event.target.value as Order)}>
          {ORDERS.map((one) => (
            <option key={one} value={one}>
              {say(`collections.sort_${one}`)}
            </option>
          ))}
        </select>
      </label>
      {sortItems(collection.items, order).map((item) => (
        <Member key={item.id} collection={collection} item={item} />
      ))}
    </section>
  )
}
