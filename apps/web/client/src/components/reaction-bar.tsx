import type { Reaction } from '@anancus/core/entities/types'
import { SmilePlus } from 'lucide-react'
import { useText } from '../i18n/text.tsx'
import { errorWords } from './error-words.ts'
import { Menu } from './menu.tsx'
import { showToast } from '../state/toasts.ts'
import './reaction-bar.css'

/** What people reach for first; any other emoji can be given by whoever sees that it was given before. */
const COMMON = ['👍', '❤️', '🎉', '😂', '😮', '😢', '🙏', '👀']

interface Props {
  reactions: readonly Reaction[]
  /** Different ones; with as many there is no button for another. */
  most: number
  /** Gives a reaction or takes it back. */
  onToggle(name: string): Promise<void>
}

/** Reactions, each a switch with how many gave it, and a button for another one. */
export function ReactionBar({ reactions, most, onToggle }: Props) {
  const say = useText()
  const toggle = (name: string) => {
    onToggle(name).catch((error: unknown) => showToast(errorWords(say, error), { isError: true }))
  }
  const unused = COMMON.filter((name) => !reactions.some((reaction) => reaction.name === name))
  return (
    <div className="reactions">
      {reactions.map((reaction) => (
        <button
          key={reaction.name}
          type="button"
          className="reaction"
          aria-pressed={reaction.me === true}
          aria-label={say('reaction.given', { name: reaction.name, count: reaction.count })}
          title={reaction.name}
          onClick={() => toggle(reaction.name)}
        >
          <Face reaction={reaction} />
          <span>{reaction.count}</span>
        </button>
      ))}
      {reactions.length < most && unused.length > 0 && (
        <Menu
          label={say('reaction.add')}
          className="reaction reaction-more"
          items={() => unused.map((name) => ({ label: name, onSelect: () => toggle(name) }))}
        >
          <SmilePlus size={17} aria-hidden="true" />
        </Menu>
      )}
    </div>
  )
}

function Face({ reaction }: { reaction: Reaction }) {
  if (reaction.url) return <img className="emoji" src={reaction.static_url ?? reaction.url} alt="" />
  const [shortcode] = reaction.name.split('@')
  const isShortcode = /^\w+(@|$)/.test(reaction.name)
  return <span aria-hidden="true">{isShortcode ? `:${shortcode}:` : reaction.name}</span>
}
