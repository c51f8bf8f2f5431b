import type { Announcement, Reaction } from '@anancus/core/entities/types'
import { SmilePlus } from 'lucide-react'
import { errorWords } from '../../components/error-words.ts'
import { Menu } from '../../components/menu.tsx'
import { useText } from '../../i18n/text.tsx'
import { showToast } from '../../state/toasts.ts'
import { toggleReaction } from './use-announcements.ts'

/** What people reach for first; any other emoji can be given by whoever gave it before. */
const COMMON = ['👍', '❤️', '🎉', '😂', '😮', '😢', '🙏', '👀']
const MOST = 8

/** The reactions to an announcement, each a switch, and a button for another one. */
export function Reactions({ announcement }: { announcement: Announcement }) {
  const say = useText()
  const toggle = (name: string) => {
    toggleReaction(announcement, name).catch((error: unknown) =>
      showToast(errorWords(say, error), { isError: true }),
    )
  }
  const { reactions } = announcement
  const unused = COMMON.filter((name) => !reactions.some((reaction) => reaction.name === name))
  return (
    <div className="reactions">
      {reactions.map((reaction) => (
        <button
          key={reaction.name}
          type="button"
          className="reaction"
          aria-pressed={reaction.me === true}
          aria-label={say('announcement.reaction', { name: reaction.name, count: reaction.count })}
          onClick={() => toggle(reaction.name)}
        >
          <Face reaction={reaction} />
          <span>{reaction.count}</span>
        </button>
      ))}
      {reactions.length < MOST && unused.length > 0 && (
        <Menu
          label={say('announcement.react')}
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
  if (!reaction.url) return <span aria-hidden="true">{reaction.name}</span>
  return <img className="emoji" src={reaction.static_url ?? reaction.url} alt="" />
}
