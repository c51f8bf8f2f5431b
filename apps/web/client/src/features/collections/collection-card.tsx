import type { Collection } from '@anancus/core/entities/types'
import { EyeOff, SquareStack } from 'lucide-react'
import { AppLink } from '../../components/app-link.tsx'
import { plainWords } from '../../components/rich-text/rich-text.tsx'
import { useText } from '../../i18n/text.tsx'
import './collections.css'

/** One of a list of collections. */
export function CollectionCard({ collection }: { collection: Collection }) {
  const say = useText()
  const words = descriptionOf(collection)
  return (
    <AppLink to={`/collections/${collection.id}`} className="collection-card">
      <span className="collection-icon">
        <SquareStack size={22} aria-hidden="true" />
      </span>
      <span className="collection-words">
        <strong dir="auto">{collection.sensitive ? say('collections.sensitive') : collection.name}</strong>
        {words && !collection.sensitive && (
          <span className="collection-description" dir="auto">
            {words}
          </span>
        )}
        <span className="collection-facts">
          {say('collections.count', { count: collection.item_count })}
          {collection.tag && ` · #${collection.tag.name}`}
          {!collection.discoverable && (
            <>
              {' · '}
              <EyeOff size={14} aria-hidden="true" /> {say('collections.unlisted')}
            </>
          )}
        </span>
      </span>
    </AppLink>
  )
}

/** In plain words: remote ones are HTML. */
export function descriptionOf(collection: Collection): string {
  const { description, local } = collection
  return local ? (description ?? '') : plainWords(description ?? '')
}
