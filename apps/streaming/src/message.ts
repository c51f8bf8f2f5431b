import type { FilterResult, Status } from '@anancus/core/entities/types'

export type Transport = 'websocket' | 'eventsource'

/**
 * A message of a channel, parsed once however many listen. The bytes that go to clients are made once for all who get
 * the same.
 */
export class Message {
  readonly event: string
  readonly #payload: unknown
  #text: string | undefined
  readonly #frames = new Map<string, Buffer>()

  private constructor(event: string, payload: unknown) {
    this.event = event
    this.#payload = payload
  }

  /** @returns null for what is no message */
  static parse(text: string): Message | null {
    try {
      const { event, payload } = JSON.parse(text) as { event?: unknown; payload?: unknown }
      return typeof event === 'string' ? new Message(event, payload) : null
    } catch {
      return null
    }
  }

  /** The status of a public `update` or `status.update`; null for anything else, and for what is filtered already. */
  get publicStatus(): Status | null {
    if (this.event !== 'update' && this.event !== 'status.update') return null
    const status = this.#payload as Status | null
    if (typeof status !== 'object' || status === null || 'filtered' in status) return null
    return status
  }

  /** The bytes of this message for one stream. */
  frame(transport: Transport, label: readonly string[]): Buffer {
    return this.#cached(`${transport} ${JSON.stringify(label)}`, () =>
      encode(transport, label, this.event, this.#own()),
    )
  }

  /** The same with what the listener's filters say about the status. */
  filteredFrame(transport: Transport, label: readonly string[], filtered: readonly FilterResult[]): Buffer {
    const make = () =>
      encode(transport, label, this.event, JSON.stringify({ ...(this.#payload as Status), filtered }))
    return filtered.length > 0
      ? make()
      : this.#cached(`unfiltered ${transport} ${JSON.stringify(label)}`, make)
  }

  #own(): string | undefined {
    if (this.#payload === undefined || this.#payload === null) return undefined
    this.#text ??= typeof this.#payload === 'string' ? this.#payload : JSON.stringify(this.#payload)
    return this.#text
  }

  #cached(key: string, make: () => Buffer): Buffer {
    let frame = this.#frames.get(key)
    if (!frame) {
      frame = make()
      this.#frames.set(key, frame)
    }
    return frame
  }
}

/** A payload travels as text, also where it is JSON: clients parse it a second time. */
function encode(
  transport: Transport,
  label: readonly string[],
  event: string,
  payload: string | undefined,
): Buffer {
  if (transport === 'websocket') return Buffer.from(JSON.stringify({ stream: label, event, payload }))
  // An event without data would not reach the page.
  return Buffer.from(`event: ${event}\ndata: ${payload ?? 'undefined'}\n\n`)
}
