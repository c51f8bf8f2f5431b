import type { Status } from '@anancus/core/entities/types'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useId, useState } from 'react'
import { EmojiText } from '../../components/rich-text/emoji-text.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { Button } from '../../components/button.tsx'
import { useText } from '../../i18n/text.tsx'
import { useTranslation } from '../../state/translations.ts'
import { isLongText } from './long-text.ts'
import { MediaGallery } from './media/gallery.tsx'
import { PollView } from './poll.tsx'
import { PreviewCardView } from './preview-card.tsx'
import { QuoteView } from './quote.tsx'
import { TranslateLine } from './translate-line.tsx'
import { translated } from './translation.ts'

interface Props {
  status: Status
  /** Whether the content warning is open. */
  isOpen: boolean
  onToggle(open: boolean): void
  focused?: boolean
}

/** Text beyond this many characters is folded in a timeline. */
const LONG = 1_100

/** What a status says and shows; behind its content warning, if it has one. */
export function StatusBody({ status: original, isOpen, onToggle, focused }: Props) {
  const say = useText()
  const known = useTranslation(original)
  const status = known?.isShown && known.translation ? translated(original, known.translation) : original
  const bodyId = useId()
  const isWarned = status.spoiler_text !== ''
  const shown = !isWarned || isOpen
  return (
    <>
      {isWarned && (
        <div className="warning">
          <p dir="auto" lang={status.language ?? undefined}>
            <EmojiText text={status.spoiler_text} emojis={status.emojis} />
          </p>
          <button
            type="button"
            className="warning-toggle"
            aria-expanded={shown}
            aria-controls={bodyId}
            onClick={() => onToggle(!shown)}
          >
            {shown ? (
              <ChevronUp size={16} aria-hidden="true" />
            ) : (
              <ChevronDown size={16} aria-hidden="true" />
            )}
            {say(shown ? 'status.show_less' : 'status.show_more')}
          </button>
        </div>
      )}
      <div id={bodyId} className="body" hidden={!shown}>
        {shown && <Inside status={status} focused={focused} />}
        {shown && <TranslateLine status={original} />}
      </div>
    </>
  )
}

function Inside({ status, focused }: { status: Status; focused?: boolean }) {
  return (
    <>
      {status.content && <Words status={status} focused={focused} />}
      {status.poll && <PollView statusId={status.id} poll={status.poll} />}
      {status.media_attachments.length > 0 && <MediaGallery status={status} />}
      {status.quote && <QuoteView quote={status.quote} />}
      {status.card && status.media_attachments.length === 0 && !status.quote && (
        <PreviewCardView card={status.card} />
      )}
    </>
  )
}

function Words({ status, focused }: { status: Status; focused?: boolean }) {
  const say = useText()
  const content = status.content ?? ''
  const [isUnfolded, unfold] = useState(focused || !isLongText(content, LONG))
  return (
    <>
      <RichText
        html={content}
        emojis={status.emojis}
        mentions={status.mentions}
        tags={status.tags}
        lang={status.language}
        className={`words ${isUnfolded ? '' : 'words-folded'} ${status.quote ? 'with-quote' : ''}`}
      />
      {!isUnfolded && (
        <Button look="quiet" className="unfold" onClick={() => unfold(true)}>
          {say('status.read_more')}
        </Button>
      )}
    </>
  )
}
