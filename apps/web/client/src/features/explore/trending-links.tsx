import type { TrendsLink } from '@anancus/core/entities/types'
import { useQuery } from '@tanstack/react-query'
import { Newspaper } from 'lucide-react'
import { fetchTrendingLinks } from '../../api/explore.ts'
import { AppLink } from '../../components/app-link.tsx'
import { Blurhash } from '../../components/blurhash/blurhash.tsx'
import { safeUrl } from '../../components/safe-url.ts'
import { Failed, StatusSkeletons } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useText } from '../../i18n/text.tsx'
import { NothingTrends } from './nothing-trends.tsx'

/** The news that many share. */
export function TrendingLinks() {
  const { data, isError, error, refetch } = useQuery({
    queryKey: ['trends', 'links'],
    queryFn: fetchTrendingLinks,
  })
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <StatusSkeletons />
  if (data.length === 0) return <NothingTrends />
  return data.map((link) => <Story key={link.url} link={link} />)
}

function Story({ link }: { link: TrendsLink }) {
  const say = useText()
  const people = link.history.slice(0, 2).reduce((sum, day) => sum + Number(day.accounts), 0)
  const author = link.authors[0]
  const name = author?.account?.display_name || author?.name
  return (
    <article className="story">
      <span className="story-words" dir="auto" lang={link.language ?? undefined}>
        <small>
          {link.provider_name}
          {link.published_at && (
            <>
              {' · '}
              <TimeAgo date={link.published_at} />
            </>
          )}
        </small>
        <a href={safeUrl(link.url)} target="_blank" rel="nofollow noopener">
          <strong>{link.title}</strong>
        </a>
        <small>
          {name && `${say('card.by', { name })} · `}
          <AppLink to={`/links/${encodeURIComponent(link.url)}`}>
            {say(people > 0 ? 'hashtag.people' : 'link.title', { count: people })}
          </AppLink>
        </small>
      </span>
      <a
        className="story-picture"
        href={safeUrl(link.url)}
        target="_blank"
        rel="nofollow noopener"
        tabIndex={-1}
        aria-hidden="true"
      >
        {link.blurhash && <Blurhash hash={link.blurhash} />}
        {link.image ? (
          <img src={link.image} alt="" loading="lazy" decoding="async" />
        ) : (
          <Newspaper size={28} aria-hidden="true" />
        )}
      </a>
    </article>
  )
}
