import type { CredentialAccount } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { fetchOwnAccount, updateProfile } from '../../api/accounts.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { errorWords } from '../../components/error-words.ts'
import { Failed, Spinner } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import { showToast } from '../../state/toasts.ts'
import { PictureInput } from './picture-input.tsx'
import './edit-profile.css'

const FIELDS = 4

/** What others see of oneself. */
export function EditProfile({ onClose }: { onClose(): void }) {
  const say = useText()
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['own-account'],
    queryFn: fetchOwnAccount,
    gcTime: 0,
  })
  return (
    <Dialog title={say('profile.edit')} onClose={onClose}>
      {data && <Form account={data} onClose={onClose} />}
      {isError && <Failed error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <Spinner />}
    </Dialog>
  )
}

function Form({ account, onClose }: { account: CredentialAccount; onClose(): void }) {
  const say = useText()
  const [state, setState] = useState({ busy: false, error: '' })
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setState({ busy: true, error: '' })
    try {
      await updateProfile(formData(event.currentTarget))
      showToast(say('edit_profile.saved'))
      onClose()
    } catch (failure) {
      setState({ busy: false, error: errorWords(say, failure) })
    }
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <div className="dialog-body">
        <PictureInput name="header" label={say('edit_profile.header')} current={account.header} />
        <PictureInput name="avatar" label={say('edit_profile.avatar')} current={account.avatar} />
        <label className="label" htmlFor="edit-name">
          {say('edit_profile.name')}
        </label>
        <input
          id="edit-name"
          name="display_name"
          className="field"
          dir="auto"
          maxLength={40}
          defaultValue={account.display_name}
        />
        <label className="label" htmlFor="edit-note">
          {say('edit_profile.note')}
        </label>
        <textarea
          id="edit-note"
          name="note"
          className="field"
          dir="auto"
          rows={4}
          defaultValue={account.source.note}
        />
        <fieldset className="edit-fields">
          <legend className="label">{say('edit_profile.fields')}</legend>
          {Array.from({ length: FIELDS }, (_, at) => (
            <div key={at}>
              <input
                className="field"
                dir="auto"
                name={`fields_attributes[${at}][name]`}
                aria-label={say('edit_profile.field_name', { at: at + 1 })}
                placeholder={say('edit_profile.field_label')}
                defaultValue={account.source.fields[at]?.name}
              />
              <input
                className="field"
                dir="auto"
                name={`fields_attributes[${at}][value]`}
                aria-label={say('edit_profile.field_value', { at: at + 1 })}
                placeholder={say('edit_profile.field_content')}
                defaultValue={account.source.fields[at]?.value}
              />
            </div>
          ))}
        </fieldset>
        <Check
          name="locked"
          on={account.locked}
          label={say('edit_profile.locked')}
          hint={say('edit_profile.locked_hint')}
        />
        <Check
          name="discoverable"
          on={account.discoverable ?? false}
          label={say('edit_profile.discoverable')}
          hint={say('edit_profile.discoverable_hint')}
        />
        <Check
          name="bot"
          on={account.bot}
          label={say('edit_profile.bot')}
          hint={say('edit_profile.bot_hint')}
        />
        {state.error && (
          <p className="compose-error" role="alert">
            {state.error}
          </p>
        )}
      </div>
      <footer className="dialog-foot">
        <Button look="quiet" onClick={onClose}>
          {say('dialog.cancel')}
        </Button>
        <Button look="main" type="submit" busy={state.busy}>
          {say('edit_profile.save')}
        </Button>
      </footer>
    </form>
  )
}

function Check({ name, on, label, hint }: { name: string; on: boolean; label: string; hint: string }) {
  return (
    <label className="check">
      <input type="checkbox" name={name} defaultChecked={on} />
      <span>
        {label}
        <small>{hint}</small>
      </span>
    </label>
  )
}

/** A form leaves out unticked boxes and sends empty files; the server wants it the other way round. */
function formData(form: HTMLFormElement): FormData {
  const data = new FormData(form)
  for (const name of ['locked', 'discoverable', 'bot']) data.set(name, String(data.has(name)))
  for (const name of ['avatar', 'header']) {
    const file = data.get(name)
    if (!(file instanceof File) || file.size === 0) data.delete(name)
  }
  return data
}
