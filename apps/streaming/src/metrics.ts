import type { Ctx } from '@anancus/core/kernel/context'
import { counter, gauge } from '@anancus/core/kernel/metrics'
import type { Transport } from './message.ts'
import { STREAM_NAMES } from './streams.ts'

const TRANSPORTS: readonly Transport[] = ['websocket', 'eventsource']

export const connectedClients = gauge('connected_clients', 'Clients connected to this server', ['type'])
export const connectedChannels = gauge('connected_channels', 'Streams that clients listen to', [
  'type',
  'channel',
])
export const messagesReceived = counter('redis_messages_received_total', 'Messages received from Redis')
export const messagesSent = counter('messages_sent_total', 'Messages sent to clients', ['type'])
export const slowClients = counter('slow_clients_dropped_total', 'Clients dropped because they do not read', [
  'type',
])

interface Pool {
  numUsed(): number
  numFree(): number
  numPendingAcquires(): number
}

/** Metrics that are asked for when somebody reads them; series that nothing happened to yet start at 0. */
export function watch(ctx: Ctx, hub: { channels: readonly string[] }): void {
  for (const type of TRANSPORTS) {
    connectedClients.set({ type }, 0)
    messagesSent.inc({ type }, 0)
    for (const channel of [...STREAM_NAMES, 'system']) connectedChannels.set({ type, channel }, 0)
  }
  gauge('redis_subscriptions', 'Channels subscribed to', [], function () {
    this.set(hub.channels.length)
  })
  const pool = (ctx.db.client as { pool: Pool }).pool
  gauge('pg_pool_total_connections', 'Connections to the database', [], function () {
    this.set(pool.numUsed() + pool.numFree())
  })
  gauge('pg_pool_idle_connections', 'Connections to the database that are free', [], function () {
    this.set(pool.numFree())
  })
  gauge('pg_pool_waiting_queries', 'Queries that wait for a connection', [], function () {
    this.set(pool.numPendingAcquires())
  })
}
