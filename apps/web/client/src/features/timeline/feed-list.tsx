import { ArrowUp, Hourglass } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua'
import { Button } from '../../components/button.tsx'
import { Empty, Failed, Spinner, StatusSkeletons } from '../../components/states.tsx'
import { useText } from '../../i18n/text.tsx'
import {
  type FeedSource,
  loadFeed,
  loadMore,
  openFeed,
  refresh,
  reveal,
  useFeed,
} from '../../state/feeds/feeds.ts'
import type { Feed } from '../../state/feeds/reducer.ts'
import { cameBack } from '../../state/navigation.ts'
import { isReaderIdleAtTop } from './reader.ts'
import { recallPlace, useRememberPlace } from './scroll-memory.ts'
import './feed-list.css'

interface Props {
  source: FeedSource
  label: string
  empty: ReactNode
  /** Drawn once for each id; stable identity spares rendering. */
  children(id: string, index: number): ReactElement
  /** Words for the pill above entries held back. */
  pill?: 'feed.new_posts' | 'feed.new_notifications'
}

/** From here to the end of the list, older entries are fetched. */
const AHEAD = 8

/** A list that grows at both ends. Only what is near the screen is in the document. */
export function FeedList(props: Props) {
  const { source, empty } = props
  const feed = useFeed(source.key)
  const list = useRef<HTMLDivElement>(null)
  useOpenFeed(source, list)
  if (feed.ids.length > 0 || feed.pending.length > 0) return <LoadedList {...props} feed={feed} list={list} />
  if (feed.phase === 'failed') return <Failed error={feed.error} onRetry={() => void loadFeed(source)} />
  if (feed.phase !== 'ready') return <StatusSkeletons />
  if (feed.partial) return <Preparing />
  return empty
}

function Preparing() {
  const say = useText()
  return (
    <Empty icon={Hourglass} title={say('feed.preparing')}>
      <p>{say('feed.preparing_hint')}</p>
    </Empty>
  )
}

interface LoadedProps extends Props {
  feed: Feed
  list: { current: HTMLDivElement | null }
}

function LoadedList({ source, label, children, pill = 'feed.new_posts', feed, list }: LoadedProps) {
  const handle = useRef<WindowVirtualizerHandle>(null)
  const [place] = useState(() => recallPlace(feed.ids.length))
  useRememberPlace(handle, feed.ids.length)
  useLayoutEffect(() => {
    if (place) scrollTo({ top: place.scrollY, behavior: 'instant' })
  }, [place])
  const fetchAhead = () => {
    const bottom = (handle.current?.scrollOffset ?? 0) + (handle.current?.viewportSize ?? 0)
    if ((handle.current?.findItemIndex(bottom) ?? 0) >= feed.ids.length - AHEAD && feed.more !== 'failed')
      void loadMore(source)
  }
  return (
    <>
      <NewPill feed={feed} source={source} words={pill} />
      <div ref={list} role="feed" aria-label={label} aria-busy={feed.more === 'loading'} className="feed">
        <WindowVirtualizer
          ref={handle}
          data={feed.ids}
          cache={place?.cache}
          bufferSize={600}
          itemSize={180}
          onScroll={fetchAhead}
          onResize={fetchAhead}
        >
          {children}
        </WindowVirtualizer>
      </div>
      <FeedEnd feed={feed} source={source} onReady={fetchAhead} />
    </>
  )
}

/** Fetches the feed when it comes onto the screen; whoever comes by a link gets to see what is new. */
function useOpenFeed(source: FeedSource, list: { current: HTMLElement | null }): void {
  const feed = useFeed(source.key)
  const isIdle = feed.phase === 'idle'
  useEffect(() => {
    if (isIdle) void loadFeed(source)
  }, [source, isIdle])
  useEffect(() => {
    if (!cameBack()) refresh(source)
    const close = openFeed(source.key, () => isReaderIdleAtTop(list.current))
    const toTop = () => reveal(source)
    addEventListener('anancus:top', toTop)
    return () => {
      close()
      removeEventListener('anancus:top', toTop)
    }
  }, [source, list])
}

function NewPill({
  feed,
  source,
  words,
}: {
  feed: Feed
  source: FeedSource
  words: NonNullable<Props['pill']>
}) {
  const say = useText()
  const count = feed.pending.length
  const text = feed.behind ? say('feed.many_new') : say(words, { count })
  const show = () => {
    reveal(source)
    scrollTo({ top: 0, behavior: 'instant' })
  }
  return (
    <div className="pill-place" aria-live="polite">
      {(count > 0 || feed.behind) && (
        <Button look="main" className="pill" onClick={show}>
          <ArrowUp size={16} aria-hidden="true" />
          {text}
        </Button>
      )}
    </div>
  )
}

function FeedEnd({ feed, source, onReady }: { feed: Feed; source: FeedSource; onReady(): void }) {
  const say = useText()
  useEffect(() => {
    // A first page shorter than the screen never scrolls.
    if (feed.phase === 'ready' && feed.more === 'idle') onReady()
  })
  if (feed.more === 'loading') return <Spinner />
  if (feed.more === 'failed') return <Failed error={feed.error} onRetry={() => void loadMore(source)} />
  if (feed.next) return <div className="feed-end" />
  return <p className="feed-end">{say('feed.end')}</p>
}
