import { Search, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useSearch } from 'wouter'
import { IconButton } from '../../components/button.tsx'
import { useInitialFocus } from '../../components/use-initial-focus.ts'
import { useText } from '../../i18n/text.tsx'
import { goTo } from '../../state/navigation.ts'
import './search-box.css'

interface Props {
  takesFocus?: boolean
}

/** Where one types what to look for; the search screen shows what was found. */
export function SearchBox({ takesFocus = false }: Props) {
  const asked = new URLSearchParams(useSearch()).get('q') ?? ''
  return <Box key={asked} asked={asked} takesFocus={takesFocus} />
}

function Box({ asked, takesFocus }: { asked: string; takesFocus: boolean }) {
  const say = useText()
  const input = useInitialFocus<HTMLInputElement>(takesFocus)
  const [words, setWords] = useState(asked)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const q = words.trim()
    if (q) goTo(`/search?q=${encodeURIComponent(q)}`)
  }
  return (
    <search>
      <form className="search-box" onSubmit={submit}>
        <Search size={18} aria-hidden="true" />
        <input
          ref={input}
          type="search"
          className="field"
          value={words}
          placeholder={say('search.placeholder')}
          aria-label={say('search.label')}
          enterKeyHint="search"
          onChange={(event) => setWords(event.target.value)}
        />
        {words && <IconButton icon={X} size={16} label={say('search.clear')} onClick={() => setWords('')} />}
      </form>
    </search>
  )
}
