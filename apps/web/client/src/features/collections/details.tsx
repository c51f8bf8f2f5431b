import type { Collection } from '@anancus/core/entities/types'
import { useId } from 'react'
import { useIntl } from 'react-intl'
import { useText } from '../../i18n/text.tsx'
import { initialState } from '../../state/session.ts'
import { MAX_DESCRIPTION, MAX_NAME } from './limits.ts'

/** What a collection says about itself. */
export function Details({ collection }: { collection: Collection | null }) {
  const say = useText()
  const id = useId()
  return (
    <>
      <label className="label" htmlFor={`${id}-name`}>
        {say('collections.name')}
      </label>
      <input
        id={`${id}-name`}
        name="name"
        className="field"
        dir="auto"
        required
        maxLength={MAX_NAME}
        defaultValue={collection?.name}
      />
      <label className="label" htmlFor={`${id}-description`}>
        {say('collections.description')}
      </label>
      <textarea
        id={`${id}-description`}
        name="description"
        className="field"
        dir="auto"
        rows={2}
        maxLength={MAX_DESCRIPTION}
        defaultValue={collection?.description ?? ''}
      />
      <label className="label" htmlFor={`${id}-topic`}>
        {say('collections.topic')}
      </label>
      <input
        id={`${id}-topic`}
        name="tag_name"
        className="field"
        dir="auto"
        defaultValue={collection?.tag?.name}
      />
      <LanguageField id={`${id}-language`} value={collection?.language ?? ''} />
      <Check
        name="discoverable"
        on={collection?.discoverable ?? true}
        label={say('collections.public')}
        hint={say('collections.public_hint')}
      />
      <Check
        name="sensitive"
        on={collection?.sensitive ?? false}
        label={say('collections.sensitive')}
        hint={say('collections.sensitive_hint')}
      />
    </>
  )
}

function LanguageField({ id, value }: { id: string; value: string }) {
  const say = useText()
  const { locale } = useIntl()
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const known = initialState.languages.map(([code, name]) => [code, name] as const)
  const codes =
    known.some(([code]) => code === value) || value === '' ? known : [[value, undefined] as const, ...known]
  return (
    <>
      <label className="label" htmlFor={id}>
        {say('collections.language')}
      </label>
      <select id={id} name="language" className="field" defaultValue={value}>
        <option value="">{say('collections.no_language')}</option>
        {codes.map(([code, name]) => (
          <option key={code} value={code}>
            {name ?? names.of(code) ?? code}
          </option>
        ))}
      </select>
    </>
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
