import { type IncomingMessage, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { CallStep, CaseFile, ConsentStep, HearStep, Step } from './case-file.ts'
import { frameReader } from './frames.ts'
import { parsed, payloadOf } from './json.ts'
import { PlaceholderWriter } from './placeholders.ts'

/** What of a request is sent again: the rest is the library's own. */
const SENT_HEADERS = ['authorization', 'content-type', 'idempotency-key', 'sec-websocket-protocol']
/** What of an answer clients read. */
const GIVEN_HEADERS = ['content-type', 'link', 'location']

/** An answer as it went out. */
export interface SeenCall {
  method: string
  path: string
  status: number
  text: string
}

/** Listens at the doors of an instance and writes down what a client does there. */
export interface Recorder {
  /** Goes before the handler of the web server. */
  tap(handler: RequestListener, onAnswer: (seen: SeenCall) => void): RequestListener
  /** Listens to the sockets of the streaming server. */
  tapSockets(server: Server, onFrame: (frame: HearStep['frame']) => void): void
  consented(step: ConsentStep): void
  caseFile(client: string, people: string[]): CaseFile
}

type Raw = { step: Step; learn?: unknown }

/** @param addresses placeholder → what it stands for: the hosts of the instance */
export function createRecorder(addresses: Readonly<Record<string, string>>): Recorder {
  const raw: Raw[] = []
  /** What is heard while a request is answered comes after it: the request may be its cause. */
  const later: Raw[] = []
  let running = 0
  let sockets = 0
  const note = (step: Step, learn?: unknown) =>
    ('hear' in step && running > 0 ? later : raw).push({ step, learn })
  return {
    tap: (handler, onAnswer) => (request, response) => {
      running += 1
      delete request.headers['accept-encoding']
      const sent = passing(request)
      const chunks: Buffer[] = []
      const keep = (chunk: unknown) => {
        if (typeof chunk === 'string' || chunk instanceof Uint8Array)
          chunks.push(Buffer.from(chunk as string))
      }
      const { write, end } = response
      response.write = function (this: typeof response, ...args: unknown[]) {
        keep(args[0])
        return (write as (...all: unknown[]) => boolean).apply(this, args)
      } as typeof write
      response.end = function (this: typeof response, ...args: unknown[]) {
        keep(args[0])
        return (end as (...all: unknown[]) => typeof response).apply(this, args)
      } as typeof end
      const { method = 'GET', url: path = '/' } = request
      response.once('close', () => {
        const text = Buffer.concat(chunks).toString()
        const status = response.statusCode
        const answer = parsed(text)
        const given = GIVEN_HEADERS.flatMap((name) => {
          const value = response.getHeader(name)
          return value === undefined ? [] : [[name, String(value)]]
        })
        const step: CallStep = {
          call: `${method} ${path}`,
          headers: headersOf(request),
          ...bodyOf(Buffer.concat(sent)),
          status,
          gives: Object.fromEntries(given),
          answer,
        }
        note(step, answer)
        running -= 1
        if (running === 0) raw.push(...later.splice(0))
        onAnswer({ method, path, status, text })
      })
      handler(request, response)
    },
    tapSockets(server, onFrame) {
      server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
        const number = sockets++
        note({ open: number, url: request.url ?? '/', headers: headersOf(request) })
        const say = frameReader((text) => {
          if (text === null) note({ hangUp: number })
          else note({ say: number, message: parsed(text) })
        })
        const hear = frameReader((text) => {
          const frame = text === null ? null : (parsed(text) as HearStep['frame'] | { error: string })
          if (!frame || 'error' in frame) return
          onFrame(frame)
          const payload = payloadOf(frame.payload)
          note({ hear: number, frame: { ...frame, payload } }, payload)
        })
        tapBytes(socket, say, hear)
      })
    },
    consented: (step) => note(step, { code: step.code }),
    caseFile(client, people) {
      const writer = new PlaceholderWriter(addresses)
      for (const { learn } of raw) writer.learn(learn)
      return { client, people, steps: raw.map(({ step }) => writer.value(step) as Step) }
    },
  }
}

/** Gathers the body as it comes in, without taking it from whoever reads it. */
function passing(request: IncomingMessage): Buffer[] {
  const chunks: Buffer[] = []
  const push = request.push.bind(request)
  request.push = (chunk, encoding) => {
    if (chunk) chunks.push(Buffer.from(chunk))
    return push(chunk, encoding)
  }
  return chunks
}

function tapBytes(socket: Duplex, onSaid: (bytes: Buffer) => void, onHeard: (bytes: Buffer) => void): void {
  const push = socket.push.bind(socket)
  socket.push = (chunk, encoding) => {
    if (chunk) onSaid(Buffer.from(chunk))
    return push(chunk, encoding)
  }
  let isUpgraded = false
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  socket.write = ((...args: unknown[]) => {
    const bytes = Buffer.from(args[0] as string)
    if (isUpgraded) onHeard(bytes)
    else isUpgraded = bytes.toString('latin1').startsWith(`HTTP/1.1 101 ${STATUS_CODES[101]}`)
    return write(...args)
  }) as typeof socket.write
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const sent = SENT_HEADERS.filter((name) => headers[name] !== undefined)
  return Object.fromEntries(sent.map((name) => [name, String(headers[name])]))
}

function bodyOf(body: Buffer): { body?: string; base64?: string } {
  if (body.length === 0) return {}
  const text = body.toString()
  return Buffer.from(text).equals(body) ? { body: text } : { base64: body.toString('base64') }
}
