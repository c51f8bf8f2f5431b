import { Avatar } from '../../components/avatar.tsx'
import { DisplayName, Handle } from '../../components/names.tsx'
import { accounts } from '../../state/entities.ts'
import type { Suggestion } from './use-suggestions.ts'

interface Props {
  id: string
  label: string
  list: readonly Suggestion[]
  active: number
  onChoose(suggestion: Suggestion): void
}

export function Suggestions({ id, label, list, active, onChoose }: Props) {
  return (
    <ul id={id} role="listbox" aria-label={label} className="suggestions">
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
