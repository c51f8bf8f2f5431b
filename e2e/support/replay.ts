import { WebSocket } from 'ws'
import type { CallStep, CaseFile, HearStep, OpenStep, Step } from './case-file.ts'
import type { House } from './house.ts'
import { parsed, payloadOf } from './json.ts'
import { type Bindings, differenceTo, fillIn } from './placeholders.ts'
import { eventually } from './wait.ts'

/** A request that a stream cannot answer but with an error: once that is there, all before it was done. */
const PROBE = JSON.stringify({ type: 'subscribe', stream: 'nothing' })
const PROBE_ERROR = 'Unknown stream type'

interface Line {
  socket: WebSocket
  /** Frames that no step has asked for yet. */
  frames: HearStep['frame'][]
  probes: number
}

/**
 * Plays a recorded session against an instance where its people are, step by step.
 *
 * @throws Error the first thing that is other than it was, with the step
 */
export async function replay(house: House, { steps }: CaseFile): Promise<void> {
  const bindings: Bindings = new Map(Object.entries(house.addresses))
  const lines = new Map<number, Line>()
  try {
    for (const [number, step] of steps.entries())
      await play(house, step, bindings, lines).catch((error: unknown) => {
        const what = JSON.stringify(step).slice(0, 500)
        throw new Error(`Step ${number}: ${error instanceof Error ? error.message : error}\n${what}`)
      })
  } finally {
    for (const { socket } of lines.values()) socket.terminate()
  }
}

async function play(house: House, step: Step, bindings: Bindings, lines: Map<number, Line>): Promise<void> {
  if ('call' in step) return call(house, step, bindings)
  if ('consent' in step) {
    const code = await house.consent(step.consent, fillIn(step.to, bindings))
    return expectSame(step.code, code, bindings)
  }
  if ('open' in step) return void lines.set(step.open, await open(house, step, bindings))
  const line = lines.get('say' in step ? step.say : 'hear' in step ? step.hear : step.hangUp)
  if (!line) throw new Error('This socket was never opened.')
  if ('say' in step) {
    line.socket.send(fillIn(JSON.stringify(step.message), bindings))
    await probe(line)
  } else if ('hear' in step) await hear(line, step.frame, bindings)
  else line.socket.close()
}

async function call(house: House, step: CallStep, bindings: Bindings): Promise<void> {
  const [method = 'GET', path = '/'] = fillIn(step.call, bindings).split(' ')
  const body = step.base64 ? Buffer.from(step.base64, 'base64') : step.body && fillIn(step.body, bindings)
  const response = await fetch(house.baseUrl + path, {
    method,
    redirect: 'manual',
    headers: filled(step.headers, bindings),
    ...(body ? { body } : {}),
  })
  const text = await response.text()
  expectSame(step.status, response.status, bindings)
  expectSame(step.answer, parsed(text), bindings)
  expectSame(step.gives, Object.fromEntries(response.headers), bindings)
}

async function open(house: House, step: OpenStep, bindings: Bindings): Promise<Line> {
  const { 'sec-websocket-protocol': protocol, ...headers } = filled(step.headers, bindings)
  const url = house.streamingUrl + fillIn(step.url, bindings)
  const socket = new WebSocket(url, protocol ? [protocol] : [], { headers })
  const line: Line = { socket, frames: [], probes: 0 }
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as HearStep['frame'] & { error?: string }
    if (frame.error === PROBE_ERROR) line.probes -= 1
    else line.frames.push({ ...frame, payload: payloadOf(frame.payload) })
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  await probe(line)
  return line
}

/** Waits until all that was asked on this socket is done. */
async function probe(line: Line): Promise<void> {
  line.probes += 1
  line.socket.send(PROBE)
  await eventually('an answer of the streaming server', async () => line.probes === 0)
}

/** Streams of one socket do not wait for each other: only within a stream is there an order. */
async function hear(line: Line, recorded: HearStep['frame'], bindings: Bindings): Promise<void> {
  const stream = fillIn(JSON.stringify(recorded.stream), bindings)
  const isNext = (frame: HearStep['frame']) =>
    frame.event === recorded.event && JSON.stringify(frame.stream) === stream
  const frame = await eventually(`${recorded.event} on ${stream}`, async () => line.frames.find(isNext))
  line.frames.splice(line.frames.indexOf(frame), 1)
  expectSame(recorded.payload, frame.payload, bindings)
}

function expectSame(recorded: unknown, actual: unknown, bindings: Bindings): void {
  const difference = differenceTo(recorded, actual, bindings)
  if (difference) throw new Error(difference)
}

function filled(headers: Record<string, string>, bindings: Bindings): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fillIn(value, bindings)]))
}
