import {
  feedAccess,
  filtersOfStreamed,
  isOpenTo,
  loadStreamSets,
  type StreamSets,
  wantsStreamed,
} from '@anancus/core/domain/timelines'
import type { Status } from '@anancus/core/entities/types'
import type { Ctx } from '@anancus/core/kernel/context'
import { systemChannel, tokenChannel } from '@anancus/core/streaming'
import type { ClientAddress } from './client-address.ts'
import type { Hub } from './hub.ts'
import { findIdentity, type Identity, StreamError } from './identity.ts'
import type { Message, Transport } from './message.ts'
import { connectedChannels, connectedClients, messagesSent } from './metrics.ts'
import type { Presence } from './presence.ts'
import { type OpenStream, openStream, type StreamParams } from './streams.ts'

const MOST_STREAMS = 100
const MOST_HELD_MESSAGES = 1_000
/** Messages for the session itself; they never leave the server. */
const SYSTEM_EVENTS = new Set(['kill', 'relationships_changed'])

/** The wire behind a session. */
export interface Wire {
  transport: Transport
  send(frame: Buffer): void
  /** Ends the connection because the server says so. */
  end(): void
}

export interface House {
  ctx: Ctx
  hub: Hub
  presence: Presence
  clientAddress: ClientAddress
}

interface Subscription {
  stream: OpenStream
  /** Halves of the network that are switched off for this listener. */
  closed: ReadonlySet<'local' | 'remote'>
  stop: (() => void)[]
}

/**
 * One connection and what it listens to. What the listener does not want to see is known in sets that are loaded when
 * first needed and again when a system message says so; no event asks the database.
 *
 * HOT PATH: streaming push.
 */
export class Session {
  readonly #house: House
  readonly #identity: Identity
  readonly #wire: Wire
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #system: (() => void)[] = []
  #sets: StreamSets | undefined
  /** While the sets are loaded again: events wait, so that nobody just blocked slips through. */
  #held: (() => void)[] | undefined
  #isClosed = false

  private constructor(house: House, identity: Identity, wire: Wire) {
    this.#house = house
    this.#identity = identity
    this.#wire = wire
  }

  /** Opens a session that hears when its token or account ends. */
  static async open(house: House, identity: Identity, wire: Wire): Promise<Session> {
    const session = new Session(house, identity, wire)
    const { transport: type } = wire
    connectedClients.inc({ type })
    connectedChannels.inc({ type, channel: 'system' })
    for (const channel of [systemChannel(identity.viewer.account.id), tokenChannel(identity.token.id)]) {
      const stop = await house.hub.listen(channel, (message) => session.#obey(message))
      if (session.#isClosed) stop()
      else session.#system.push(stop)
    }
    // The token may have been revoked between being looked up and being listened for.
    await session.verify()
    return session
  }

  /**
   * Starts a stream; one that runs already goes on as it is.
   *
   * @throws StreamError
   */
  async subscribe(name: string, params: StreamParams): Promise<void> {
    const { ctx, hub, presence } = this.#house
    const stream = await openStream(ctx, this.#identity, name, params)
    const key = stream.channels.join(' ')
    if (this.#isClosed || this.#subscriptions.has(key)) return
    if (this.#subscriptions.size >= MOST_STREAMS) throw new StreamError(400, 'Too many streams')
    const subscription: Subscription = { stream, closed: new Set(), stop: [] }
    this.#subscriptions.set(key, subscription)
    connectedChannels.inc({ type: this.#wire.transport, channel: stream.name })
    if (stream.family) {
      subscription.closed = await this.#closedHalves(stream.family)
      this.#sets ??= await loadStreamSets(ctx, this.#identity.viewer)
    }
    await presence.mark(stream.channels).catch((error: unknown) => {
      ctx.log.debug({ error }, 'presence not marked: Redis is away')
    })
    for (const channel of stream.channels) {
      const stop = await hub.listen(channel, (message) => this.#receive(subscription, message))
      // Unsubscribed or gone while Redis was asked.
      if (this.#subscriptions.get(key) === subscription) subscription.stop.push(stop)
      else stop()
    }
  }

  /** Ends a stream; one that does not run is no error. @throws StreamError */
  async unsubscribe(name: string, params: StreamParams): Promise<void> {
    const stream = await openStream(this.#house.ctx, this.#identity, name, params)
    this.#end(stream.channels.join(' '))
  }

  /** Ends the connection of a token that no longer lets its owner stream, where a `kill` may not have been heard. */
  async verify(): Promise<void> {
    const { ctx } = this.#house
    const identity = await findIdentity(ctx, this.#identity.secret)
    if (!identity) this.#wire.end()
    else if (this.#sets) await this.#reload()
  }

  /** Stops listening; the wire is closed by whoever owns it. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const key of this.#subscriptions.keys()) this.#end(key)
    for (const stop of this.#system.splice(0)) stop()
    const { transport: type } = this.#wire
    connectedClients.dec({ type })
    connectedChannels.dec({ type, channel: 'system' })
  }

  #end(key: string): void {
    const subscription = this.#subscriptions.get(key)
    if (!subscription) return
    this.#subscriptions.delete(key)
    for (const stop of subscription.stop) stop()
    connectedChannels.dec({ type: this.#wire.transport, channel: subscription.stream.name })
  }

  #obey(message: Message): void {
    if (message.event === 'kill') return this.#wire.end()
    if (message.event !== 'filters_changed' && message.event !== 'relationships_changed') return
    if (!this.#sets) return
    this.#reload().catch((error: unknown) => {
      // Rather no stream than one that shows what was just blocked.
      this.#house.ctx.log.error({ error }, 'a session could not load its sets: it ends')
      this.#wire.end()
    })
  }

  async #reload(): Promise<void> {
    if (this.#held) {
      // Changed again meanwhile: once more when the running load is through.
      this.#held.unshift(() => void this.#reload())
      return
    }
    this.#held = []
    this.#sets = await loadStreamSets(this.#house.ctx, this.#identity.viewer)
    const waiting = this.#held
    this.#held = undefined
    for (const work of waiting) work()
  }

  #receive(subscription: Subscription, message: Message): void {
    if (SYSTEM_EVENTS.has(message.event)) return
    const status = subscription.stream.family ? message.publicStatus : null
    if (!status) return this.#send(message.frame(this.#wire.transport, subscription.stream.label))
    if (!this.#held) return this.#judge(subscription, message, status)
    if (this.#held.length >= MOST_HELD_MESSAGES) return this.#wire.end()
    this.#held.push(() => this.#judge(subscription, message, status))
  }

  #judge(subscription: Subscription, message: Message, status: Status): void {
    const sets = this.#sets
    if (this.#isClosed || !sets) return
    const isLocal = status.account.acct === status.account.username
    if (subscription.closed.has(isLocal ? 'local' : 'remote')) return
    const now = this.#house.ctx.clock.now()
    if (!wantsStreamed(sets, status, now)) return
    const filtered = filtersOfStreamed(sets, status, now)
    this.#send(message.filteredFrame(this.#wire.transport, subscription.stream.label, filtered))
  }

  #send(frame: Buffer): void {
    if (this.#isClosed) return
    messagesSent.inc({ type: this.#wire.transport })
    this.#wire.send(frame)
  }

  async #closedHalves(family: 'live' | 'topic'): Promise<ReadonlySet<'local' | 'remote'>> {
    const access = await feedAccess(this.#house.ctx, family)
    const halves = ['local', 'remote'] as const
    return new Set(halves.filter((half) => !isOpenTo(this.#identity.viewer, access[half])))
  }
}
