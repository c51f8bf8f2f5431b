import type { Collection } from '@anancus/core/entities/types'
import { addToCollection } from '../../api/collections.ts'
import { useText } from '../../i18n/text.tsx'
import { FindPeople } from './find-people.tsx'
import { MAX_ACCOUNTS } from './limits.ts'
import { useChange } from './use-change.ts'

/** Lets the owner of a collection put somebody more into it. */
export function AddPeople({ collection }: { collection: Collection }) {
  const say = useText()
  const change = useChange(collection)
  const inIt = new Set(collection.items.flatMap((item) => item.account_id ?? []))
  if (inIt.size >= MAX_ACCOUNTS)
    return <p className="notice">{say('collections.full', { count: MAX_ACCOUNTS })}</p>
  return (
    <details className="collection-add">
      <summary>{say('collections.add')}</summary>
      <FindPeople
        chosen={inIt}
        onChoose={(account) => change.mutate(() => addToCollection(collection.id, account.id))}
      />
    </details>
  )
}
