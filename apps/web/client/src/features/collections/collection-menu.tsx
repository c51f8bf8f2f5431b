import type { Collection } from '@anancus/core/entities/types'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, ExternalLink, Link, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { deleteCollection } from '../../api/collections.ts'
import { Confirm } from '../../components/confirm.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Menu, type MenuItem } from '../../components/menu.tsx'
import { safeUrl } from '../../components/safe-url.ts'
import { type Say, useText } from '../../i18n/text.tsx'
import { accounts } from '../../state/entities.ts'
import { goTo } from '../../state/navigation.ts'
import { openOverlay } from '../../state/overlays.ts'
import { myId } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'

/** What one can do with a collection. */
export function CollectionMenu({ collection }: { collection: Collection }) {
  const say = useText()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const items = (): MenuItem[] => [
    { label: say('collections.share'), icon: Link, onSelect: () => void copyLink(say, collection) },
    ...(collection.local
      ? []
      : [
          {
            label: say('profile.open_original'),
            icon: ExternalLink,
            href: safeUrl(collection.url ?? collection.uri) ?? '',
            external: true,
          },
        ]),
    ...(collection.account_id === myId
      ? ([
          'line',
          {
            label: say('collections.edit'),
            icon: PencilLine,
            onSelect: () => openOverlay({ type: 'collection', collection }),
          },
          {
            label: say('collections.delete'),
            icon: Trash2,
            danger: true,
            onSelect: () => setAsking(true),
          },
        ] satisfies MenuItem[])
      : []),
  ]
  const remove = async () => {
    try {
      await deleteCollection(collection.id)
      await client.invalidateQueries({ queryKey: ['collections', collection.account_id] })
      showToast(say('collections.deleted'))
      const owner = accounts.get(collection.account_id)
      goTo(owner ? `/@${owner.acct}/collections` : '/', { replace: true })
    } catch (error) {
      showToast(errorWords(say, error), { isError: true })
    }
  }
  return (
    <>
      <Menu label={say('collections.more')} items={items} className="icon-button">
        <Ellipsis size={20} aria-hidden="true" />
      </Menu>
      {isAsking && (
        <Confirm
          title={say('collections.delete_sure', { name: collection.name })}
          action={say('collections.delete')}
          danger
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        >
          <p>{say('collections.delete_hint')}</p>
        </Confirm>
      )}
    </>
  )
}

async function copyLink(say: Say, collection: Collection): Promise<void> {
  const url = collection.url ?? collection.uri
  try {
    await navigator.clipboard.writeText(url)
    showToast(say('collections.copied'))
  } catch {
    // No leave to use the clipboard: show what was to be copied.
    showToast(url)
  }
}
