import type { Account } from '@anancus/core/entities/types'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type CollectionFields, createCollection, editCollection } from '../../api/collections.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import type { Overlay } from '../../state/overlays.ts'
import { myId } from '../../state/session.ts'
import { showToast } from '../../state/toasts.ts'
import { ChoosePeople } from './choose-people.tsx'
import { Details } from './details.tsx'
import './collections.css'

interface Props {
  overlay: Extract<Overlay, { type: 'collection' }>
  onClose(): void
}

/** Makes a collection in two steps, people first; or changes what one says about itself. */
export function EditCollection({ overlay, onClose }: Props) {
  const say = useText()
  const client = useQueryClient()
  const { collection } = overlay
  const [people, setPeople] = useState<readonly Account[]>([])
  const [isAtDetails, setAtDetails] = useState(collection !== null)
  const [state, setState] = useState({ busy: false, error: '' })
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState({ busy: true, error: '' })
    try {
      const fields = fieldsIn(event.currentTarget)
      const ids = people.map((account) => account.id)
      const saved = collection
        ? await editCollection(collection.id, fields)
        : await createCollection(fields, ids)
      await client.invalidateQueries({ queryKey: ['collection', saved.id] })
      await client.invalidateQueries({ queryKey: ['collections', myId] })
      showToast(say('collections.saved'))
      onClose()
      if (!collection) goTo(`/collections/${saved.id}`)
    } catch (failure) {
      setState({ busy: false, error: errorWords(say, failure) })
    }
  }
  return (
    <Dialog title={say(collection ? 'collections.edit' : 'collections.new')} onClose={onClose}>
      {isAtDetails ? (
        <form onSubmit={(event) => void save(event)}>
          <div className="dialog-body">
            <Details collection={collection} />
            {state.error && (
              <p className="compose-error" role="alert">
                {state.error}
              </p>
            )}
          </div>
          <footer className="dialog-foot">
            <Button look="quiet" onClick={collection ? onClose : () => setAtDetails(false)}>
              {say(collection ? 'dialog.cancel' : 'collections.back')}
            </Button>
            <Button look="main" type="submit" busy={state.busy}>
              {say(collection ? 'collections.save' : 'collections.create')}
            </Button>
          </footer>
        </form>
      ) : (
        <>
          <div className="dialog-body">
            <ChoosePeople people={people} onChange={setPeople} />
          </div>
          <footer className="dialog-foot">
            <Button look="quiet" onClick={onClose}>
              {say('dialog.cancel')}
            </Button>
            <Button look="main" onClick={() => setAtDetails(true)}>
              {say('collections.next')}
            </Button>
          </footer>
        </>
      )}
    </Dialog>
  )
}

function fieldsIn(form: HTMLFormElement): CollectionFields {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  return {
    name: text('name'),
    description: text('description'),
    language: text('language'),
    tag_name: text('tag_name').replace(/^#/, ''),
    discoverable: data.has('discoverable'),
    sensitive: data.has('sensitive'),
  }
}
