import type { Quote, ShallowQuote } from '@anancus/core/entities/types'
import { useId } from 'react'
import { AppLink } from '../../components/app-link.tsx'
import { Avatar } from '../../components/avatar.tsx'
import { RichText } from '../../components/rich-text/rich-text.tsx'
import { type MessageId, useText } from '../../i18n/text.tsx'
import { useStatus } from '../../state/entities.ts'
import { Byline } from './byline.tsx'
import { isLongText } from './long-text.ts'
import { MediaGallery } from './media/gallery.tsx'
import { statusPath } from './paths.ts'

/** Of a quoted post this much is shown without fading it out. */
const QUOTED = 420

const MISSING: Partial<Record<Quote['state'], MessageId>> = {
  pending: 'quote.pending',
  revoked: 'quote.revoked',
  deleted: 'quote.deleted',
  blocked_account: 'quote.blocked',
  blocked_domain: 'quote.blocked',
  muted_account: 'quote.muted',
}

/** A quoted post, small; or a word on why it is not here. A state we do not know counts as not allowed. */
export function QuoteView({ quote }: { quote: Quote | ShallowQuote }) {
  const say = useText()
  const id = 'quoted_status' in quote ? quote.quoted_status?.id : quote.quoted_status_id
  const quoted = useStatus(id)
  if (quote.state !== 'accepted' || !quoted)
    return <p className="quote quote-missing">{say(MISSING[quote.state] ?? 'quote.unavailable')}</p>
  return <Quoted id={quoted.id} />
}

function Quoted({ id }: { id: string }) {
  const say = useText()
  const nameId = useId()
  const status = useStatus(id)
  if (!status) return null
  return (
    <blockquote className="quote" aria-labelledby={nameId}>
      <div className="quote-head">
        <Avatar account={status.account} size={24} />
        <Byline id={nameId} status={status} author={status.account} />
      </div>
      {status.spoiler_text ? (
        <AppLink to={statusPath(status)}>{status.spoiler_text}</AppLink>
      ) : (
        <>
          <RichText
            html={status.content ?? ''}
            emojis={status.emojis}
            mentions={status.mentions}
            tags={status.tags}
            lang={status.language}
            className={`words ${isLongText(status.content ?? '', QUOTED) ? 'words-folded' : ''}`}
          />
          {status.media_attachments.length > 0 && <MediaGallery status={status} />}
        </>
      )}
      <AppLink to={statusPath(status)} className="quote-open">
        {say('quote.open')}
      </AppLink>
    </blockquote>
  )
}
