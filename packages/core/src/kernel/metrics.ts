import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Config } from './config.ts'

/** The metrics of this process. */
export const registry: Registry = new Registry()

/** Adds memory, CPU, event-loop delay, garbage collection and open handles; once a process. */
export function collectProcessMetrics(): void {
  if (!registry.getSingleMetric('process_cpu_user_seconds_total'))
    collectDefaultMetrics({ register: registry })
}

export function counter<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
}

/** @param collect is called before each reading, for values that are cheaper to ask for than to follow */
export function gauge<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  collect?: (this: Gauge<Label>) => void | Promise<void>,
): Gauge<Label> {
  return new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    ...(collect ? { collect } : {}),
  })
}

/** @param buckets upper bounds, in seconds */
export function histogram<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: readonly number[],
): Histogram<Label> {
  return new Histogram({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [registry],
  })
}

/** All metrics as Prometheus text, with its content type. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  return { contentType: registry.contentType, text: await registry.metrics() }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/**
 * Whether a request may read metrics: with METRICS_TOKEN its bearer, else this machine alone. What a proxy passes on
 * comes from outside, even when the proxy runs here.
 */
export function mayReadMetrics(config: Pick<Config, 'env'>, request: IncomingMessage): boolean {
  const token = config.env.METRICS_TOKEN
  if (token) return isEqual(request.headers.authorization ?? '', `Bearer ${token}`)
  const wasForwarded =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !wasForwarded && LOOPBACK.has(request.socket.remoteAddress ?? '')
}

function isEqual(given: string, expected: string): boolean {
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
