import { Search, X } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useSearch } from 'wouter'
import { IconButton } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import './search-box.css'

/** Where one types what to look for; the search screen shows what was found. */
export function SearchBox({ autoFocus }: { autoFocus?: boolean }) {
  const say = useText()
  const asked = new URLSearchParams(useSearch()).get('q') ?? ''
  const [words, setWords] = useState(asked)
  useEffect(() => setWords(asked), [asked])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const q = words.trim()
    if (q) goTo(`/search?q=${encodeURIComponent(q)}`)
  }
  return (
    <form role="search" className="search-box" onSubmit={submit}>
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        className="field"
        value={words}
        placeholder={say('search.placeholder')}
        aria-label={say('search.label')}
        autoFocus={autoFocus}
        enterKeyHint="search"
        onChange={(event) => setWords(event.target.value)}
      />
      {words && <IconButton icon={X} size={16} label={say('search.clear')} onClick={() => setWords('')} />}
    </form>
  )
}
