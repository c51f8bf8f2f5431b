import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.tsx'
import { Suggestions } from './suggestions.tsx'
import { completeToken, type Token, tokenAt } from './token.ts'
import { type Suggestion, useSuggestions } from './use-suggestions.ts'

interface Props {
  value: string
  label: string
  placeholder: string
  language: string
  onChange(text: string): void
  onFiles(files: Iterable<File>): void
}

/** Where the post is written; people, hashtags and emojis are suggested while one types them. */
export function Editor({ value, label, placeholder, language, onChange, onFiles }: Props) {
  const say = useText()
  const area = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [token, setToken] = useState<Token | null>(null)
  const [marked, setMarked] = useState<{ list: readonly Suggestion[]; at: number } | null>(null)
  const suggestions = useSuggestions(token)
  // Another list begins at its top.
  const active = marked?.list === suggestions ? marked.at : 0
  const setActive = (at: number) => setMarked({ list: suggestions, at })
  const caretAfter = useRef<number | null>(null)
  useGrow(area, value)
  useLayoutEffect(() => {
    if (caretAfter.current === null) return
    area.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = null
  })
  useEffect(() => {
    // Ready to write behind what is there already.
    area.current?.focus()
    area.current?.setSelectionRange(area.current.value.length, area.current.value.length)
  }, [])

  const look = () => {
    const { selectionStart: start, selectionEnd: end, value: text } = area.current ?? { value: '' }
    setToken(start === end && start !== undefined ? tokenAt(text, start) : null)
  }
  const choose = (suggestion: Suggestion) => {
    if (!token) return
    const completed = completeToken(value, token, suggestion.insert)
    caretAfter.current = completed.caret
    onChange(completed.text)
    setToken(null)
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = suggestions[active]
    if (!chosen || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') setActive((active + 1) % suggestions.length)
    else if (event.key === 'ArrowUp') setActive((active + suggestions.length - 1) % suggestions.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen)
    else if (event.key === 'Escape') setToken(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isOpen = suggestions.length > 0
  return (
    <div className="editor">
      <textarea
        ref={area}
        className="editor-text"
        dir="auto"
        lang={language}
        rows={4}
        value={value}
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          look()
        }}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => event.key.startsWith('Arrow') && !isOpen && look()}
        onClick={look}
        onBlur={() => setToken(null)}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles(event.clipboardData.files)
        }}
      />
      {isOpen && (
        <Suggestions
          id={listId}
          label={say('compose.suggestions')}
          list={suggestions}
          active={active}
          area={area}
          start={token?.start ?? 0}
          onChoose={choose}
        />
      )}
    </div>
  )
}

/** The field is as high as its text; browsers that do so by themselves need no help. */
function useGrow(area: { current: HTMLTextAreaElement | null }, value: string): void {
  useLayoutEffect(() => {
    if (area.current && !CSS.supports('field-sizing', 'content')) grow(area.current)
  }, [area, value])
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight}px`
}
