import type { Ctx } from '@anancus/core/kernel/context'
import { histogram, mayReadMetrics, readMetrics } from '@anancus/core/kernel/metrics'
import type { RequestHandler } from 'express'

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const duration = histogram(
  'http_request_duration_seconds',
  'Duration of requests by method, route and status.',
  ['method', 'route', 'status'],
  BUCKETS_SECONDS,
)

/** Counts and times every request under its route's pattern, never under what somebody typed. */
export function measureRequests(): RequestHandler {
  return (req, res, next) => {
    const end = duration.startTimer()
    res.once('close', () => {
      const path: unknown = (req.route as { path?: unknown } | undefined)?.path
      const route = typeof path === 'string' ? path : 'none'
      end({ method: req.method, route, status: String(res.statusCode) })
    })
    next()
  }
}

/** `/metrics` for this machine, or for whoever holds METRICS_TOKEN; to others there is no such page. */
export function metricsPage(ctx: Ctx): RequestHandler {
  return async (req, res, next) => {
    if (!mayReadMetrics(ctx.config, req)) return next()
    const { contentType, text } = await readMetrics()
    res.type(contentType).send(text)
  }
}
