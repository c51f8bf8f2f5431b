import { useLayoutEffect, useRef } from 'react'
import { Avatar } from '../../components/avatar.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { placeAt } from '../../components/place-menu.ts'
import { accounts } from '../../state/entities.ts'
import { placeOfCharacter } from './caret.ts'
import type { Suggestion } from './use-suggestions.ts'

// A combobox of a multi-line field: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
/* oxlint-disable jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/prefer-tag-over-role */

interface Props {
  id: string
  label: string
  list: readonly Suggestion[]
  active: number
  /** The field they are for, and where in it the word begins. */
  area: { current: HTMLTextAreaElement | null }
  start: number
  onChoose(suggestion: Suggestion): void
}

export function Suggestions({ id, label, list, active, area, start, onChoose }: Props) {
  const box = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    if (!box.current || !area.current) return
    if (!box.current.matches(':popover-open')) box.current.showPopover()
    placeAt(
      box.current,
      placeOfCharacter(area.current, start),
      getComputedStyle(area.current).direction === 'rtl',
    )
  }, [area, start, list])
  return (
    <ul ref={box} popover="manual" id={id} role="listbox" aria-label={label} className="suggestions">
      {list.map((suggestion, at) => (
        <li
          key={suggestion.insert}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          // Before the field loses the focus, which would close the list.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(suggestion)
          }}
        >
          <Face suggestion={suggestion} />
        </li>
      ))}
    </ul>
  )
}

function Face({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.kind === 'hashtag') return <strong>#{suggestion.name}</strong>
  if (suggestion.kind === 'emoji')
    return (
      <>
        <img className="emoji" src={suggestion.emoji.static_url} alt="" /> {suggestion.insert}
      </>
    )
  const account = accounts.get(suggestion.accountId)
  if (!account) return suggestion.insert
  return (
    <>
      <Avatar account={account} size={28} />
      <DisplayName account={account} />
      <Handle account={account} />
    </>
  )
}
