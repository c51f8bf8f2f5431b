// The clients of `bench/streaming.ts`: they open, listen, and tell when all of them have heard an event. Node's own
// WebSocket, which is not the library of the server.
export type ToListeners = { url: string; stream: string; tokens: string[]; clients: number } | 'end'
export type FromListeners =
  | { kind: 'open' }
  | { kind: 'failed'; error: string }
  /** In milliseconds since 1970: both processes are on one machine. */
  | { kind: 'heard'; first: number; last: number; bytes: number }

const OPENING_AT_ONCE = 50
/** Asking for a stream that does not exist is answered after all that was asked before. */
const PROBE = JSON.stringify({ type: 'subscribe', stream: 'nothing' })

let heard = 0
let first = 0
const tell = (message: FromListeners) => process.send?.(message)

process.on('message', (message: ToListeners) => {
  if (message === 'end') process.exit(0)
  else openAll(message).catch((error: unknown) => tell({ kind: 'failed', error: String(error) }))
})
process.on('disconnect', () => process.exit(0))

async function openAll({ url, stream, tokens, clients }: Exclude<ToListeners, 'end'>): Promise<void> {
  let next = 0
  const openNext = async (): Promise<void> => {
    for (let number = next++; number < clients; number = next++)
      await open(`${url}?stream=${stream}&access_token=${tokens[number % tokens.length]}`, clients)
  }
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openNext))
  tell({ kind: 'open' })
}

function open(url: string, clients: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    let isListening = false
    socket.onopen = () => socket.send(PROBE)
    socket.onerror = () => reject(new Error(`A client could not connect, or was cut off: ${url}`))
    socket.onmessage = ({ data }: { data: string }) => {
      if (isListening) return count(data.length, clients)
      isListening = true
      resolve()
    }
  })
}

function count(bytes: number, clients: number): void {
  if (heard === 0) first = Date.now()
  heard += 1
  if (heard < clients) return
  heard = 0
  tell({ kind: 'heard', first, last: Date.now(), bytes })
}
