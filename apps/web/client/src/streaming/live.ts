import { useEffect } from 'react'
import { homeSource } from '../api/timelines.ts'
import { notificationSource } from '../api/notifications.ts'
import { catchUp, type FeedSource } from '../state/feeds/feeds.ts'
import { accessToken, initialState, isSignedIn } from '../state/session.ts'
import { createStore } from '../state/store.ts'
import { applyEvent } from './apply-event.ts'
import { type Connection, type ConnectionState, createConnection } from './connection.ts'
import type { StreamName } from './messages.ts'

/** Without a stream a page on the screen asks this often, plus up to as much again. */
const POLL_MS = 20_000
/** After a pause this long (a closed lid, a frozen tab) the socket may be dead without knowing it. */
const ASLEEP_MS = 60_000

export const connectionState = createStore<ConnectionState>('idle')

/** Feeds on the screen, to be brought up to date after a pause. */
const followed = new Set<FeedSource>()
let connection: Connection | null = null

/** Opens the stream of the signed-in user, once for the life of the page. */
export function startLive(): void {
  if (!isSignedIn || !accessToken || connection) return
  connection = createConnection({
    url: streamingUrl(),
    token: accessToken,
    onMessage: applyEvent,
    onOpen: (wasOpen) => wasOpen && catchUpAll(),
    onState: (state) => connectionState.set(state),
  })
  connection.subscribe({ stream: 'user' })
  addEventListener('online', () => connection?.retryNow())
  watchSleep()
}

function streamingUrl(): string {
  const base = initialState.meta.streaming_api_base_url ?? location.origin
  return `${base.replace(/^http/, 'ws').replace(/\/$/, '')}/api/v1/streaming`
}

function catchUpAll(): void {
  // A feed that cannot be reached now is asked again by its own timer or at the next reconnection.
  for (const source of new Set([homeSource, notificationSource('all'), ...followed]))
    void catchUp(source).catch(() => undefined)
}

function watchSleep(): void {
  let last = Date.now()
  const look = () => {
    if (Date.now() - last > ASLEEP_MS && document.visibilityState === 'visible') {
      connection?.retryNow()
      catchUpAll()
    }
    last = Date.now()
  }
  setInterval(look, ASLEEP_MS / 4)
  document.addEventListener('visibilitychange', look)
}

/** Keeps a feed on the screen up to date: by a stream for the signed-in, by asking now and then for everyone else. */
export function useLive(source: FeedSource, stream?: StreamName): void {
  const name = stream?.stream
  const tag = stream?.tag
  useEffect(() => {
    followed.add(source)
    const unsubscribe = name && connection ? connection.subscribe({ stream: name, tag }) : undefined
    const timer = setInterval(
      () => {
        const isStreaming = connectionState.get() === 'open' && name !== undefined
        if (!isStreaming && document.visibilityState === 'visible')
          void catchUp(source).catch(() => undefined)
      },
      POLL_MS * (1 + Math.random()),
    )
    return () => {
      followed.delete(source)
      unsubscribe?.()
      clearInterval(timer)
    }
  }, [source, name, tag])
}
