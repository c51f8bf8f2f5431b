import { parseMessage, type StreamMessage, type StreamName, streamKey } from './messages.ts'

export type ConnectionState = 'idle' | 'connecting' | 'open' | 'waiting'

/** What the connection needs of the world; a test brings its own. */
export interface ConnectionOptions {
  url: string
  token: string
  onMessage(message: StreamMessage): void
  /** `wasOpen` tells a reconnection, after which something may have been missed. */
  onOpen(wasOpen: boolean): void
  onState(state: ConnectionState): void
  openSocket?(url: string, token: string): WebSocket
  random?(): number
}

export interface Connection {
  /** Listens to a stream until the returned function is called. Two listeners share one subscription. */
  subscribe(name: StreamName): () => void
  /** Tries again at once instead of waiting for the next attempt. */
  retryNow(): void
  close(): void
}

const FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 30_000

/** One socket for all streams, which comes back by itself; the token travels as the subprotocol. */
export function createConnection(options: ConnectionOptions): Connection {
  const { openSocket = (url, token) => new WebSocket(url, token), random = Math.random } = options
  const wanted = new Map<string, { name: StreamName; listeners: number }>()
  let socket: WebSocket | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let failures = 0
  let wasOpen = false

  const send = (type: 'subscribe' | 'unsubscribe', name: StreamName) => {
    if (socket?.readyState === 1) socket.send(JSON.stringify({ type, ...name }))
  }

  const connect = () => {
    timer = null
    options.onState('connecting')
    const opening = openSocket(options.url, options.token)
    socket = opening
    opening.onopen = () => {
      failures = 0
      for (const { name } of wanted.values()) send('subscribe', name)
      options.onState('open')
      options.onOpen(wasOpen)
      wasOpen = true
    }
    opening.onmessage = (event) => {
      const message = typeof event.data === 'string' ? parseMessage(event.data) : null
      if (message) options.onMessage(message)
    }
    opening.onclose = () => {
      if (socket !== opening) return
      socket = null
      options.onState('waiting')
      timer = setTimeout(connect, retryDelay(failures++, random))
    }
  }

  return {
    subscribe(name) {
      const key = streamKey(name)
      const entry = wanted.get(key) ?? { name, listeners: 0 }
      wanted.set(key, entry)
      if (entry.listeners++ === 0) send('subscribe', name)
      if (!socket && !timer) connect()
      return () => {
        if (--entry.listeners > 0) return
        wanted.delete(key)
        send('unsubscribe', name)
      }
    },
    retryNow() {
      if (!timer) return
      clearTimeout(timer)
      connect()
    },
    close() {
      if (timer) clearTimeout(timer)
      const closing = socket
      socket = timer = null
      closing?.close()
      options.onState('idle')
    },
  }
}

/** Doubles up to half a minute, with jitter, so that a restarted server is not met by everybody at once. */
export function retryDelay(failures: number, random: () => number): number {
  const full = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
  return Math.round(full / 2 + (full / 2) * random())
}
