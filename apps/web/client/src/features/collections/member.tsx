import type { Collection, CollectionItem } from '@anancus/core/entities/types'
import { removeFromCollection } from '../../api/collections.ts'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { useAccount } from '../../state/entities.ts'
import { myId } from '../../state/session.ts'
import { AccountRow } from '../accounts/account-row.tsx'
import { useChange } from './use-change.ts'

/** Somebody in a collection; its owner can take them out, and sees who has not agreed yet. */
export function Member({ collection, item }: { collection: Collection; item: CollectionItem }) {
  const say = useText()
  const change = useChange(collection)
  const account = useAccount(item.account_id)
  if (!account) return null
  if (collection.account_id !== myId) return <AccountRow id={account.id} />
  return (
    <AccountRow
      id={account.id}
      action={
        <span className="account-actions">
          {item.state === 'pending' && (
            <span className="collection-waiting" title={say('collections.pending')}>
              {say('collections.waiting')}
            </span>
          )}
          <Button
            busy={change.isPending}
            aria-label={say('collections.remove_name', { name: `@${account.acct}` })}
            onClick={() => change.mutate(() => removeFromCollection(collection.id, item.id))}
          >
            {say('collections.remove')}
          </Button>
        </span>
      }
    />
  )
}
