import type { PreviewCard } from '@anancus/core/entities/types'
import { Link2 } from 'lucide-react'
import { safeUrl } from '../../components/safe-url.ts'
import { Blurhash } from '../../components/blurhash/blurhash.tsx'
import { useText } from '../../i18n/text.tsx'

/** Where a link in a post leads. Embedded players are not run here; the link opens them. */
export function PreviewCardView({ card }: { card: PreviewCard }) {
  const say = useText()
  const author = card.authors[0]
  const name = author?.account?.display_name || author?.account?.acct || author?.name
  const isWide = card.image !== null && card.width > card.height && card.width >= 400
  return (
    <a
      className={`card ${isWide ? 'card-wide' : ''}`}
      href={safeUrl(card.url)}
      target="_blank"
      rel="nofollow noopener"
    >
      <span className="card-picture">
        {card.blurhash && <Blurhash hash={card.blurhash} />}
        {card.image ? (
          <img src={card.image} alt={card.image_description} loading="lazy" decoding="async" />
        ) : (
          <Link2 size={26} aria-hidden="true" />
        )}
      </span>
      <span className="card-words" dir="auto" lang={card.language ?? undefined}>
        <small>{card.provider_name || hostOf(card.url)}</small>
        <strong>{card.title}</strong>
        {card.description && <span className="card-description">{card.description}</span>}
        {name && <small>{say('card.by', { name })}</small>}
      </span>
    </a>
  )
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
