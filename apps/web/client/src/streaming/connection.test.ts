import { type Connection, createConnection, retryDelay } from './connection.ts'

class FakeSocket {
  readyState = 0
  sent: unknown[] = []
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  open() {
    this.readyState = 1
    this.onopen?.()
  }
  close() {
    this.readyState = 3
    this.onclose?.()
  }
}

function setUp() {
  const sockets: FakeSocket[] = []
  const opened: boolean[] = []
  const states: string[] = []
  const messages: unknown[] = []
  const connection: Connection = createConnection({
    url: 'wss://a.example/api/v1/streaming',
    token: 'secret',
    onMessage: (message) => messages.push(message),
    onOpen: (wasOpen) => opened.push(wasOpen),
    onState: (state) => states.push(state),
    openSocket: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    random: () => 0,
  })
  return { connection, sockets, opened, states, messages }
}

describe('the streaming connection', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('opens one socket for all streams and subscribes once it is open', () => {
    const { connection, sockets } = setUp()
    connection.subscribe({ stream: 'user' })
    connection.subscribe({ stream: 'hashtag', tag: 'cats' })
    expect(sockets).toHaveLength(1)
    sockets[0]?.open()
    expect(sockets[0]?.sent).toEqual([
      { type: 'subscribe', stream: 'user' },
      { type: 'subscribe', stream: 'hashtag', tag: 'cats' },
    ])
  })

  it('unsubscribes when the last listener leaves', () => {
    const { connection, sockets } = setUp()
    connection.subscribe({ stream: 'user' })
    const first = connection.subscribe({ stream: 'public' })
    const second = connection.subscribe({ stream: 'public' })
    sockets[0]?.open()
    first()
    expect(sockets[0]?.sent).toHaveLength(2)
    second()
    expect(sockets[0]?.sent.at(-1)).toEqual({ type: 'unsubscribe', stream: 'public' })
  })

  it('comes back after a loss, subscribes again and says that something may be missing', () => {
    const { connection, sockets, opened, states } = setUp()
    connection.subscribe({ stream: 'user' })
    sockets[0]?.open()
    sockets[0]?.close()
    expect(states.at(-1)).toBe('waiting')
    jest.advanceTimersByTime(500)
    expect(sockets).toHaveLength(2)
    sockets[1]?.open()
    expect(sockets[1]?.sent).toEqual([{ type: 'subscribe', stream: 'user' }])
    expect(opened).toEqual([false, true])
  })

  it('does not wait when asked to try at once', () => {
    const { connection, sockets } = setUp()
    connection.subscribe({ stream: 'user' })
    sockets[0]?.close()
    connection.retryNow()
    expect(sockets).toHaveLength(2)
    jest.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(2)
  })

  it('stays closed once closed', () => {
    const { connection, sockets, states } = setUp()
    connection.subscribe({ stream: 'user' })
    sockets[0]?.open()
    connection.close()
    jest.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(states.at(-1)).toBe('idle')
  })

  it('hands on events and drops the rest', () => {
    const { connection, sockets, messages } = setUp()
    connection.subscribe({ stream: 'user' })
    sockets[0]?.open()
    sockets[0]?.onmessage?.({ data: '{"stream":["user"],"event":"delete","payload":"7"}' })
    sockets[0]?.onmessage?.({ data: '{"error":"no"}' })
    expect(messages).toEqual([{ stream: 'user', message: { event: 'delete', payload: '7' } }])
  })

  it('waits longer after each failure, up to half a minute', () => {
    const delays = [0, 1, 2, 3, 10].map((failures) => retryDelay(failures, () => 1))
    expect(delays).toEqual([1000, 2000, 4000, 8000, 30_000])
    expect(retryDelay(0, () => 0)).toBe(500)
  })
})
