import type { Announcement } from '@anancus/core/entities/types'
import { ChevronLeft, ChevronRight, Megaphone, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import { IconButton } from '../../components/button.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { useText } from '../../i18n/text.tsx'
import { Reactions } from './reactions.tsx'
import { markRead, useAnnouncements } from './use-announcements.ts'
import './announcements.css'

/** What the server announces, one at a time, above the home timeline; open by itself while something is unread. */
export function Announcements() {
  const say = useText()
  const list = useAnnouncements()
  const hasUnread = list.some(({ read }) => !read)
  const [choice, setChoice] = useState<boolean | null>(null)
  const [at, setAt] = useState(0)
  // What opened by itself stays open when it has been read.
  const [wasUnread, setWasUnread] = useState(hasUnread)
  if (hasUnread && !wasUnread) setWasUnread(true)
  const isOpen = choice ?? wasUnread
  const shown = list[Math.min(at, list.length - 1)]
  useEffect(() => {
    if (isOpen && shown) markRead(shown)
  }, [isOpen, shown])
  if (!shown) return null
  if (!isOpen)
    return (
      <button type="button" className="announcements-closed" onClick={() => setChoice(true)}>
        <Megaphone size={17} aria-hidden="true" />
        {say('announcement.show', { count: list.length })}
      </button>
    )
  const step = (by: number) => setAt((list.indexOf(shown) + by + list.length) % list.length)
  return (
    <section className="announcements" aria-label={say('announcement.title')}>
      <header>
        <Megaphone size={18} aria-hidden="true" />
        <h2>{say('announcement.title')}</h2>
        {list.length > 1 && (
          <span className="announcements-steps">
            <IconButton icon={ChevronLeft} label={say('announcement.previous')} onClick={() => step(-1)} />
            <span aria-live="polite">
              {list.indexOf(shown) + 1} / {list.length}
            </span>
            <IconButton icon={ChevronRight} label={say('announcement.next')} onClick={() => step(1)} />
          </span>
        )}
        <IconButton icon={X} label={say('announcement.hide')} onClick={() => setChoice(false)} />
      </header>
      <AnnouncementBody announcement={shown} />
    </section>
  )
}

function AnnouncementBody({ announcement }: { announcement: Announcement }) {
  const { content, emojis, mentions, tags } = announcement
  return (
    <>
      <When announcement={announcement} />
      <RichText html={content} emojis={emojis} mentions={mentions} tags={tags} />
      <Reactions announcement={announcement} />
    </>
  )
}

/** From when to when, in the reader's words; days alone where the times are days. */
function When({ announcement }: { announcement: Announcement }) {
  const { formatDateTimeRange } = useIntl()
  const { starts_at: from, ends_at: to, all_day: isDays } = announcement
  if (!from || !to) return null
  const options: Intl.DateTimeFormatOptions = isDays
    ? { dateStyle: 'medium' }
    : { dateStyle: 'medium', timeStyle: 'short' }
  return <p className="announcements-when">{formatDateTimeRange(new Date(from), new Date(to), options)}</p>
}
