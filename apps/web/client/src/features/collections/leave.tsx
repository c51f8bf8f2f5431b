import type { Collection } from '@anancus/core/entities/types'
import { revokeFromCollection } from '../../api/collections.ts'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { myId } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { useChange } from './use-change.ts'

/** Tells whoever is in a collection so, and lets them leave it. */
export function Leave({ collection }: { collection: Collection }) {
  const say = useText()
  const change = useChange(collection)
  const item = collection.items.find((one) => myId !== null && one.account_id === myId)
  if (!item) return null
  const leave = async () => {
    await revokeFromCollection(collection.id, item.id)
    showToast(say('collections.left'))
  }
  return (
    <div className="notice collection-leave">
      <span>{say('collections.leave_hint')}</span>
      <Button look="danger" busy={change.isPending} onClick={() => change.mutate(leave)}>
        {say('collections.leave')}
      </Button>
    </div>
  )
}
