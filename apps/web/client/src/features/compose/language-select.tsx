import { Languages } from 'lucide-react'
import { useIntl } from 'react-intl'
import { useText } from '../../i18n/text.tsx'
import { preferences, savePreferences } from '../../state/preferences.ts'
import { initialState } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'

const RECENT = 5
/** For a server that does not say which there are. */
const COMMON =
  'ar bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hr hu id is it ja ka ko lt lv nl no pl pt ro ru sk sl sr sv ta th tr uk ur vi zh'.split(
    ' ',
  )

export function LanguageSelect({ value, onChange }: { value: string; onChange(code: string): void }) {
  const say = useText()
  const { locale } = useIntl()
  const { recentLanguages } = useStore(preferences)
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const known = initialState.languages
  const nameOf = (code: string) => known.find(([one]) => one === code)?.[1] ?? names.of(code) ?? code
  const codes = known.length > 0 ? known.map(([code]) => code) : COMMON
  const recent = [...new Set([value, ...recentLanguages])].filter(Boolean)
  const choose = (code: string) => {
    savePreferences({
      recentLanguages: [code, ...recentLanguages.filter((one) => one !== code)].slice(0, RECENT),
    })
    onChange(code)
  }
  const option = (code: string) => (
    <option key={code} value={code}>
      {nameOf(code)}
    </option>
  )
  return (
    <label className="tool tool-language" title={say('compose.language')}>
      <Languages size={19} aria-hidden="true" />
      <span aria-hidden="true">{value.toUpperCase()}</span>
      <select
        aria-label={say('compose.language')}
        value={value}
        onChange={(event) => choose(event.target.value)}
      >
        <optgroup label={say('compose.languages_recent')}>{recent.map(option)}</optgroup>
        <optgroup label={say('compose.languages_all')}>
          {codes.filter((code) => !recent.includes(code)).map(option)}
        </optgroup>
      </select>
    </label>
  )
}
